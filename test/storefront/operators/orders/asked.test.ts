import { OrdersSearchQuery } from '../../../../contracts/order-search';
import { ORDER_STATUSES } from '../../../../contracts/order-status';
import { addressOf, type Asked, askedIn, wayTo } from '../../../../storefront/operators/orders/asked';

const read = (address: string): Asked => askedIn(new URL(address, 'https://shop').searchParams);

test('what is looked for stands in the address, and the API takes it', () => {
  for (const status of [undefined, ...ORDER_STATUSES]) {
    for (const synthetic of [undefined, 'include' as const]) {
      const asked = { q: 'Åsa & <b>', status, synthetic };
      expect(read(addressOf(asked))).toEqual(asked);
      OrdersSearchQuery.parse(Object.fromEntries(new URL(addressOf(asked), 'https://shop').searchParams));
    }
  }
});

test('an address that no page has made asks for everything', () => {
  expect(read('/operators/orders?status=__proto__&synthetic=maybe&q=%20%20')).toEqual({});
  expect(addressOf({})).toBe('/operators/orders');
});

test('a whole number leads to its order, anything else to what is found', () => {
  expect(wayTo({ q: '0193AA6B-0000-7000-8000-0000000000A7', status: 'CONFIRMED' })).toBe('/operators/orders/0193aa6b-0000-7000-8000-0000000000a7');
  expect(wayTo({ q: '0193aa6b-0000' })).toBe('/operators/orders?q=0193aa6b-0000');
  expect(wayTo({ q: 'ada@example.com' })).toBe('/operators/orders?q=ada%40example.com');
});
