import { choose, hasRefused, mayFollow, onChoice } from '../../../storefront/clicks/consent';

let kept: Map<string, string>;
let full: boolean;
const storage = () => ({
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, text: string) => {
    if (full) throw new Error('QuotaExceededError');
    kept.set(key, text);
  },
  removeItem: (key: string) => void kept.delete(key),
});
const wish = (of: object): unknown => Object.defineProperty(globalThis, 'navigator', { value: of, configurable: true });

beforeEach(() => {
  const page = new EventTarget();
  Object.assign(globalThis, { addEventListener: page.addEventListener.bind(page), removeEventListener: page.removeEventListener.bind(page), dispatchEvent: page.dispatchEvent.bind(page) });
  kept = new Map();
  full = false;
  wish({});
});
afterEach(() => choose(true, storage));

test('nobody is asked: who has said nothing is recorded, and nothing is kept of that', () => {
  expect(mayFollow(storage)).toBe(true);
  expect(kept.size).toBe(0);
});

test('a refusal is one word in the browser, and agreeing removes it', () => {
  choose(false, storage);
  expect([...kept]).toEqual([['shop.consent', 'refused']]);
  expect(mayFollow(storage)).toBe(false);
  choose(true, storage);
  expect(kept.size).toBe(0);
  expect(mayFollow(storage)).toBe(true);
});

test('where nothing can be kept, a refusal holds as long as the page', () => {
  full = true;
  choose(false, storage);
  expect(hasRefused(storage)).toBe(true);
});

test('agreeing does not outweigh what the browser says', () => {
  wish({ globalPrivacyControl: true });
  choose(true, storage);
  expect(mayFollow(storage)).toBe(false);
});

test('whoever listens is told of a choice made here or in another tab, until they no longer listen', () => {
  let heard = 0;
  const end = onChoice(() => (heard += 1));
  choose(false, storage);
  dispatchEvent(Object.assign(new Event('storage'), { key: 'shop.consent' }));
  dispatchEvent(Object.assign(new Event('storage'), { key: 'shop.basket' }));
  expect(heard).toBe(2);
  end();
  choose(true, storage);
  expect(heard).toBe(2);
});
