import { SHIPPING_COUNTRIES } from '../../contracts/quote';
import { euros } from '../../contracts/money';
import { fault, price, refusal, shippingCountries, stock } from '../../storefront/words';

test('a price shows its currency and its minor units', () => {
  expect(price(euros(1999))).toBe('€19.99');
  expect(price(euros(0))).toBe('€0.00');
  expect(price(euros(123_456_00))).toBe('€123,456.00');
});

test('every country of the contract can be chosen, by name', () => {
  expect(shippingCountries.map(({ code }) => code).toSorted()).toEqual([...SHIPPING_COUNTRIES].toSorted());
  expect(shippingCountries[0]).toEqual({ code: 'AT', name: 'Austria' });
});

test('stock is said in words, with a number once it runs short', () => {
  expect([0, 5, 6].map(stock)).toEqual(['Sold out', 'Only 5 left', 'In stock']);
});

test('a fault names the field as the form does', () => {
  expect(fault({ pointer: '#/shippingAddress/postalCode', detail: 'must not be empty' })).toBe('Postal code: must not be empty');
  expect(fault({ detail: 'is no object' })).toBe('is no object');
});

test('a refusal nobody foresaw is told in the words of the one who refused', () => {
  expect(refusal({ type: 'about:blank', title: 'Too odd', status: 418, detail: 'Short and stout' })).toBe('Short and stout');
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
