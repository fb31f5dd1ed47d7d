import { PROBLEMS, type ProblemCode, problemType } from '../../contracts/problem';
import { Refused } from '../../storefront/api';
import { intend, isFinal, placement } from '../../storefront/placement';

const refusedWith = (code: ProblemCode) => new Refused({ type: problemType(code), ...PROBLEMS[code] });
const refusedByStatus = (status: number) => new Refused({ type: 'about:blank', title: '', status });

test.each<ProblemCode>(['out-of-stock', 'quote-expired', 'quote-used', 'invalid-body', 'idempotency-key-reused'])(
  'the intention to buy ends when the shop says %s, since it has judged the request',
  (code) => expect(isFinal(refusedWith(code))).toBe(true),
);

test.each<ProblemCode>(['internal-error', 'try-again', 'not-signed-in'])(
  'the intention to buy stays open after %s: the same key is sent again',
  (code) => expect(isFinal(refusedWith(code))).toBe(false),
);

test.each([0, 401, 408, 429, 502, 504])('the intention to buy stays open after status %i', (status) => {
  expect(isFinal(refusedByStatus(status))).toBe(false);
});

describe('an intention that the browser keeps', () => {
  const kept = new Map<string, string>();
  const body = (paymentMethod: string, quoteId = 'quote-1') => ({
    quoteId,
    paymentMethod,
    shippingAddress: { name: 'Ada', line1: 'Street 1', postalCode: '10117', city: 'Berlin', country: 'DE' as const },
  });

  beforeEach(() => {
    kept.clear();
    const localStorage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, text: string) => void kept.set(key, text) };
    Object.assign(globalThis, { localStorage, dispatchEvent: () => true });
  });

  test('stays the first one when the same quote is ordered twice, whatever token the second click has made', () => {
    const first = intend('ada', body('ctoken_1'));
    expect(intend('ada', body('ctoken_2'))).toEqual(first);
    expect(placement.read()).toEqual(first);
  });

  test('keeps the language it was made in, which is a part of what its key stands for', () => {
    const first = intend('ada', { ...body('ctoken_1'), language: 'de' });
    expect(intend('ada', { ...body('ctoken_1'), language: 'en' })).toEqual(first);
    expect(placement.read()?.body).toEqual(first.body);
  });

  test('is another one for another quote, and for another customer', () => {
    const first = intend('ada', body('ctoken_1'));
    const keys = [first, intend('ada', body('ctoken_2', 'quote-2')), intend('grace', body('ctoken_3', 'quote-2'))].map(({ key }) => key);
    expect(new Set(keys).size).toBe(3);
  });

  test('is forgotten when an earlier release has left it without a card', () => {
    const { paymentMethod: _, ...old } = body('ctoken_1');
    kept.set('shop.placement', JSON.stringify({ key: 'key', customerId: 'ada', body: old }));
    expect(placement.read()).toBeNull();
  });
});
