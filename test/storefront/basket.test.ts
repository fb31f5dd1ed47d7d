import { euros } from '../../contracts/money';
import { formerPrice, linesIn, quantityOf, withQuantity } from '../../storefront/basket';

const lines = [
  { productId: 'board', quantity: 2 },
  { productId: 'apron', quantity: 1 },
];

test('a line keeps its place when its quantity changes', () => {
  expect(withQuantity(lines, 'board', 5)).toEqual([
    { productId: 'board', quantity: 5 },
    { productId: 'apron', quantity: 1 },
  ]);
});

test('a product that is not in the basket is added at its end', () => {
  expect(withQuantity(lines, 'tea', 1).map(({ productId }) => productId)).toEqual(['board', 'apron', 'tea']);
});

test.each([0, -3, 0.4])('a quantity of %s removes the line', (quantity) => {
  expect(quantityOf(withQuantity(lines, 'board', quantity), 'board')).toBe(0);
});

test('no line holds more than the shop sells at once', () => {
  expect(quantityOf(withQuantity(lines, 'board', 500), 'board')).toBe(99);
});

test('a line keeps what its customer saw when they added it, until they add it again', () => {
  const added = withQuantity([], 'tea', 1, { name: 'Sencha', price: euros(1450) });
  expect(withQuantity(added, 'tea', 3)).toEqual([{ productId: 'tea', quantity: 3, name: 'Sencha', price: euros(1450) }]);
  expect(withQuantity(added, 'tea', 2, { name: 'Sencha', price: euros(1600) })).toEqual([{ productId: 'tea', quantity: 2, name: 'Sencha', price: euros(1600) }]);
});

test('a former price is one that differs from today’s, and that is known', () => {
  expect(formerPrice({ price: euros(1000) }, euros(1200))).toEqual(euros(1000));
  expect(formerPrice({ price: euros(1000) }, euros(900))).toEqual(euros(1000));
  expect(formerPrice({ price: euros(1000) }, euros(1000))).toBeUndefined();
  expect(formerPrice({}, euros(1000))).toBeUndefined();
});

test('a stored basket is read as far as it is one, with or without names and prices', () => {
  const kept = { productId: 'tea', quantity: 1, name: 'Sencha', price: euros(1450) };
  expect(linesIn([...lines, kept])).toEqual([...lines, kept]);
  const spoilt = [{ amount: '12' }, { amount: -1, currency: 'EUR' }, { amount: 1000, currency: 'XX' }, 10, null].map((price) => ({ productId: 'tea', quantity: 1, name: 7, price, other: true }));
  expect(linesIn(spoilt)).toEqual(spoilt.map(() => ({ productId: 'tea', quantity: 1 })));
  expect(linesIn([{ productId: 'tea' }, { productId: 'tea', quantity: 0 }, null, 'tea'])).toEqual([]);
  expect(linesIn({ tea: 1 })).toEqual([]);
});
