import type { SuggestionList } from '../../../contracts/search';
import { type Suggester, suggester } from '../../../storefront/search/suggester';

let asked: { text: string; answer: (list: SuggestionList) => void; fail: () => void }[];
let shown: string[][];
let suggestions: Suggester;
const answerWith = (text: string) => ({ suggestions: [{ text, productId: 'any' }] }) as SuggestionList;

beforeEach(() => {
  jest.useFakeTimers();
  asked = [];
  shown = [];
  suggestions = suggester(
    (text) => new Promise((answer, fail) => asked.push({ text, answer, fail: () => fail(new Error('away')) })),
    (found) => shown.push(found.map(({ text }) => text)),
  );
});
afterEach(() => jest.useRealTimers());

const type = (...texts: string[]) => texts.forEach((text) => suggestions.typed(text));
const pause = () => jest.advanceTimersByTimeAsync(200);

test('the shop is asked once the typing pauses, not at each key', async () => {
  type('w', 'wa', 'wal');
  await jest.advanceTimersByTimeAsync(100);
  type('waln');
  await jest.advanceTimersByTimeAsync(100);
  expect(asked).toEqual([]);
  await pause();
  expect(asked.map(({ text }) => text)).toEqual(['waln']);
});

test('the answer to what was typed last counts, in whatever order they come', async () => {
  type('wal');
  await pause();
  type('waln');
  await pause();
  asked[1]?.answer(answerWith('Walnut'));
  await pause();
  asked[0]?.answer(answerWith('Wall clock'));
  await pause();
  expect(shown).toEqual([['Walnut']]);
});

test('nothing is suggested for nothing, nor once it is no longer wanted, nor by a shop that does not answer', async () => {
  type('wal');
  await pause();
  type('');
  asked[0]?.answer(answerWith('Walnut'));
  await pause();
  expect(shown).toEqual([[]]);
  type('wal');
  await pause();
  suggestions.stop();
  asked[1]?.answer(answerWith('Walnut'));
  await pause();
  expect(shown).toEqual([[]]);
  type('waln');
  await pause();
  asked[2]?.fail();
  await pause();
  expect(shown).toEqual([[], []]);
});
