/*
 * Stands alone, so that it comes where the pages' own scripts do not: then it loads the page again, a few times, and
 * says so in the end. What it says cannot come from where all other words are.
 */
const TRIES = 'shop.opening';
const PAUSES = [1_000, 4_000, 15_000];
/** Whatever has not come by then counts as not coming, in milliseconds. */
const TOO_LONG = 30_000;

const WORDS = navigator.language.startsWith('de')
  ? { cannotBeOpened: 'Der Shop ist gerade nicht erreichbar. Bitte prüfen Sie Ihre Verbindung und ob etwas in Ihrem Browser die Skripte des Shops blockiert.', loadAgain: 'Noch einmal laden' }
  : { cannotBeOpened: 'The shop cannot be opened just now. Check your connection, and whether something in your browser blocks the shop’s scripts.', loadAgain: 'Load it again' };

const tries = {
  read: (): number => {
    try {
      return Number(sessionStorage.getItem(TRIES) ?? 0);
    } catch {
      // Without a count there is no end: no second try.
      return PAUSES.length;
    }
  },
  write: (count: number): void => {
    try {
      if (count > 0) sessionStorage.setItem(TRIES, String(count));
      else sessionStorage.removeItem(TRIES);
    } catch {
      // As above.
    }
  },
};

const overdue = setTimeout(look, TOO_LONG);
addEventListener('load', look);

function look(): void {
  clearTimeout(overdue);
  removeEventListener('load', look);
  const shop = document.getElementById('shop');
  // main.tsx says so of itself.
  if (!shop || 'opened' in shop.dataset) return tries.write(0);
  const count = tries.read();
  const pause = PAUSES[count];
  tries.write(pause === undefined ? 0 : count + 1);
  if (pause === undefined) shop.replaceChildren(...refusal());
  else setTimeout(() => location.reload(), pause);
}

function refusal(): Element[] {
  const words = document.createElement('p');
  words.setAttribute('role', 'alert');
  words.textContent = WORDS.cannotBeOpened;
  const again = document.createElement('a');
  again.href = location.href;
  again.textContent = WORDS.loadAgain;
  return [words, again];
}
