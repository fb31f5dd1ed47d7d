import { type Problem, type ProblemCode, PROBLEMS, problemType } from '../../contracts/problem';
import { placeOf, refusal as refusalIn } from '../../storefront/problems';
import { english } from '../../storefront/words/english';
import { german } from '../../storefront/words/german';

const refusal = (problem: Problem) => refusalIn(problem, english.words);

test('a fault names the field as the form does', () => {
  expect(placeOf({ pointer: '#/shippingAddress/postalCode', detail: 'must not be empty' }, english.words)).toBe('Postal code');
  expect(placeOf({ parameter: 'cursor', detail: 'is of another list' }, english.words)).toBe('cursor');
  expect(placeOf({ detail: 'is no object' }, english.words)).toBeUndefined();
});

test('a refusal nobody foresaw is left to the words of the one who refused', () => {
  expect(refusal({ type: 'about:blank', title: 'Too odd', status: 418, detail: 'Short and stout' })).toBeUndefined();
  expect(refusal({ type: '/problems/constructor', title: 'Too odd', status: 418 })).toBeUndefined();
  expect(refusal({ type: 'about:blank', title: 'Bad gateway', status: 502 })).toContain('on our side');
});

test.each([
  [17, 'in 17 seconds'],
  [60, 'in a minute'],
  [1, 'in a moment'],
  [undefined, 'in a moment'],
])('who was too fast is told when to try again, after %s', (retryAfter, when) => {
  expect(refusal({ type: '/problems/too-many-requests', title: 'Too many requests', status: 429, ...(retryAfter && { retryAfter }) })).toBe(`That was a little fast. Try again ${when}.`);
});

test('who sends too much is told to send less, whoever refused it', () => {
  for (const type of ['/problems/body-too-large', 'about:blank']) expect(refusal({ type, title: '', status: 413 })).toContain('Make it shorter');
});

/** What only operators, webhooks and programs are refused with. */
const NOT_FOR_SHOPPERS: ProblemCode[] = [
  'malformed-json',
  'idempotency-key-missing',
  'bad-signature',
  'not-through-the-edge',
  'not-found',
  'report-not-found',
  'method-not-allowed',
  'nothing-captured',
  'lines-not-there',
  'order-in-progress',
  'nothing-to-retry',
  'mail-not-due',
  'unsupported-media-type',
];

test.each([english, german])('whatever a shopper is refused with, the shop has words for it in $code', ({ words }) => {
  const codes = Object.keys(PROBLEMS) as ProblemCode[];
  const wordless = codes.filter((code) => refusalIn({ type: problemType(code), ...PROBLEMS[code] }, words) === undefined);
  expect(wordless).toEqual(NOT_FOR_SHOPPERS);
});

test('who is stopped on the way to the shop is told in its words', () => {
  expect(refusalIn({ type: 'about:blank', title: 'The shop could not do that', status: 403 }, german.words)).toContain('konnte der Shop nicht');
});
