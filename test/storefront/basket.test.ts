import { quantityOf, withQuantity } from '../../storefront/basket';

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
