import { askShop } from './connection';

const RELOADED = 'shop.reloadedFor';

/**
 * A release may take away files of the one before, which pages that were open then go on asking for: such a page is
 * loaded anew, once for each file. https://vite.dev/guide/build#load-error-handling
 */
export function reloadForGoneFiles(): void {
  addEventListener('vite:preloadError', ({ payload }) => void reloadFor(payload.message));
}

async function reloadFor(file: string): Promise<void> {
  // Where the shop itself does not answer, the page that is there is better than none.
  if (!(await askShop())?.ok) return;
  try {
    if (sessionStorage.getItem(RELOADED) === file) return;
    sessionStorage.setItem(RELOADED, file);
  } catch {
    // Nothing would keep a second time from coming.
    return;
  }
  location.reload();
}
