import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface Follow {
  on: boolean;
  set: (on: boolean) => void;
  /** Something else leads to a place of its own. */
  end: () => void;
  /** For the element that scrolls. */
  handlers: { onScroll: () => void; onWheel: () => void; onKeyDown: () => void; onPointerDown: () => void };
}

/** How near to the end still counts as the end, in pixels. */
const NEAR = 8;

/** Keeps the end of what grows in sight until one scrolls up, and again from when one has come back to it. */
export function useFollow(box: RefObject<HTMLElement | null>, { shown, initially }: { shown: boolean; initially: boolean }): Follow {
  const [on, set] = useState(initially);
  const before = useRef(0);
  // What the page itself scrolls to may be the end of what is there by chance.
  const byHand = useRef(false);
  useEffect(() => {
    const element = box.current;
    if (!on || !element?.firstElementChild) return undefined;
    const observer = new ResizeObserver(() => element.scrollTo({ top: element.scrollHeight }));
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
  };
  const end = () => {
    byHand.current = false;
    set(false);
  };
  return { on, set, end, handlers: { onScroll, onWheel: touched, onKeyDown: touched, onPointerDown: touched } };
}
