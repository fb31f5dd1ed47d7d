import { useEffect, useState } from 'preact/hooks';
import { keepPlaces, leavePlace } from './place';

const MOVED = 'shop:moved';

export const currentPath = (): string => location.pathname + location.search;

/** Goes to another page of the shop without loading it anew. */
export function navigate(path: string, { replace = false } = {}): void {
  leavePlace();
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  dispatchEvent(new Event(MOVED));
  if (!replace) scrollTo(0, 0);
}

/** The page's address; links within the shop change it in place. */
export function useRoute(): { path: string; query: URLSearchParams } {
  const [path, setPath] = useState(currentPath);
  useEffect(() => {
    const moved = () => setPath(currentPath());
    const forgetPlaces = keepPlaces();
    addEventListener('popstate', moved);
    addEventListener(MOVED, moved);
    document.addEventListener('click', followLink);
    return () => {
      forgetPlaces();
      removeEventListener('popstate', moved);
      removeEventListener(MOVED, moved);
      document.removeEventListener('click', followLink);
    };
  }, []);
  const url = new URL(path, location.origin);
  return { path: url.pathname, query: url.searchParams };
}

function followLink(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const otherwise = event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!link || otherwise || link.target || link.origin !== location.origin || link.hash) return;
  event.preventDefault();
  navigate(link.pathname + link.search);
}
