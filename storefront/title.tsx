import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

const TITLED = 'shop:titled';

/** The page's own title, once it is known. */
let own: string | undefined;
let shop: string | undefined;

/** As index.html says. */
const shopName = (): string => (shop ??= document.title);

const show = (title: string | undefined): void => {
  own = title;
  document.title = title ? `${title} · ${shopName()}` : shopName();
};

/** Names the page in the browser's tab and history: undefined while it is not known, empty where it is the shop itself. */
export function useTitle(title: string | undefined): void {
  useLayoutEffect(() => {
    show(title);
    dispatchEvent(new Event(TITLED));
    return () => show(undefined);
  }, [title]);
}

/**
 * What is different on each page. Nobody but the shop tells of a page that was come to within it: the keyboard goes on
 * from its beginning, and a screen reader says its title once it is known.
 *
 * @param page whatever tells it from others; the same page in another order or with other filters is no other
 */
export function Main({ page, children }: { page: string; children: ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  const before = useRef(page);
  const [said, setSaid] = useState('');
  useLayoutEffect(() => {
    if (before.current === page) return;
    before.current = page;
    main.current?.focus({ preventScroll: true });
    const say = () => {
      if (own === undefined) return;
      removeEventListener(TITLED, say);
      setSaid(document.title);
    };
    addEventListener(TITLED, say);
    say();
    return () => removeEventListener(TITLED, say);
  }, [page]);
  return (
    <>
      <div class="visually-hidden" role="status">
        {said}
      </div>
      <main ref={main} tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
