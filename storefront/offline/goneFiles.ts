const RELOADED = 'shop.reloadedFor';

/**
 * A release may take away files of the one before, which pages that were open then go on asking for: such a page is
 * loaded anew, once for each file. https://vite.dev/guide/build#load-error-handling
 */
export function reloadForGoneFiles(): void {
  addEventListener('vite:preloadError', ({ payload }) => {
    try {
      if (sessionStorage.getItem(RELOADED) === payload.message) return;
      sessionStorage.setItem(RELOADED, payload.message);
    } catch {
      // Nothing would keep a second time from coming.
      return;
    }
    location.reload();
  });
}
