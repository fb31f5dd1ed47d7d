import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface Follow {
  on: boolean;
  set: (on: boolean) => void;
  /** Leads to a part of it instead, by its id. */
  lead: (id: string) => void;
  /** For the element that scrolls. */
  handlers: { onScroll: () => void; onWheel: () => void; onKeyDown: () => void; onPointerDown: () => void };
}

/** How near to the end still counts as the end, in pixels. */
const NEAR = 8;

/**
 * Keeps the end of what grows in sight until one scrolls up, and again from when one has come back to it; or the part that
 * the page has led to, whose place changes while what is around it is laid out, until one scrolls at all.
 */
export function useFollow(box: RefObject<HTMLElement | null>, { shown, initially }: { shown: boolean; initially: boolean }): Follow {
  const [on, set] = useState(initially);
  const before = useRef(0);
  // What the page itself scrolls to may be the end of what is there by chance.
  const byHand = useRef(false);
  const ledTo = useRef<string>(undefined);
  useEffect(() => {
    const element = box.current;
    if (!element?.firstElementChild) return undefined;
    const observer = new ResizeObserver(() => {
      if (on) element.scrollTo({ top: element.scrollHeight });
      else if (ledTo.current !== undefined) centre(ledTo.current);
    });
    observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [on, shown]);

  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    if (byHand.current && atEnd) set(true);
    else if (byHand.current && element.scrollTop < before.current) set(false);
    before.current = element.scrollTop;
  };
  const touched = () => {
    byHand.current = true;
    ledTo.current = undefined;
  };
  const lead = (id: string) => {
    byHand.current = false;
    ledTo.current = id;
    set(false);
    centre(id);
  };
  return { on, set, lead, handlers: { onScroll, onWheel: touched, onKeyDown: touched, onPointerDown: touched } };
}

const centre = (id: string): void => document.getElementById(id)?.scrollIntoView({ block: 'center' });
