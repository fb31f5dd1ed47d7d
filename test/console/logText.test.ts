import { painter } from '../../console/page/ansi';
import { appended, BLOCK, marked, search } from '../../console/page/logText';

const E = '\u001B';
const at = '2026-11-20T08:00:06.000Z';
const events = (...texts: string[]) => texts.map((text) => ({ at, text }));
const log = (...texts: string[]) => appended([], events(...texts), painter());
const many = (count: number, from = 1) => events(...Array.from({ length: count }, (_, index) => `line ${from + index}`));

test('lines are counted on over blocks and reads, and what was full stays the very same', () => {
  const paint = painter();
  const first = appended([], many(BLOCK + 10), paint);
  const second = appended(first, many(BLOCK, BLOCK + 11), paint);
  expect(first.map(({ length }) => length)).toEqual([BLOCK, 10]);
  expect(second.map(({ length }) => length)).toEqual([BLOCK, BLOCK, 10]);
  expect(second[0]).toBe(first[0]);
  expect(second.flat().every(({ number, text }) => text === `line ${number}`)).toBe(true);
});

test('a read that ends on a full block begins a new one, and an empty one changes nothing', () => {
  const full = appended([], many(BLOCK), painter());
  expect(appended(full, many(1, BLOCK + 1), painter()).map(({ length }) => length)).toEqual([BLOCK, 1]);
  expect(appended(full, [], painter())).toEqual(full);
});

test('an event of several lines is several lines', () => {
  expect(log('one\ntwo', 'three').flat().map(({ number, text }) => `${number} ${text}`)).toEqual(['1 one', '2 two', '3 three']);
});

test('a search finds every place in whatever case, also across colours, and takes signs as they are', () => {
  const blocks = log(`Err${E}[31mor: e${E}[0mrror`, 'fine', '[error] (a+b)');
  expect(search(blocks, 'error')).toEqual([
    { line: 1, from: 0, to: 5 },
    { line: 1, from: 7, to: 12 },
    { line: 3, from: 1, to: 6 },
  ]);
  expect(search(blocks, '(a+b)')).toEqual([{ line: 3, from: 8, to: 13 }]);
  expect(search(blocks, '')).toEqual([]);
});

test('a match is marked without losing the colours it runs across', () => {
  const [line] = log(`Err${E}[31mor: bad${E}[0m`).flat();
  const match = { line: 1, from: 1, to: 5 };
  expect(marked(line?.pieces ?? [], [match])).toEqual([
    { text: 'E' },
    { text: 'rr', match },
    { text: 'or', classes: 'ansi-red', match },
    { text: ': bad', classes: 'ansi-red' },
  ]);
});
