import * as fc from 'fast-check';
import { euros } from '../../../contracts/money';
import { SHIPPING_COUNTRIES } from '../../../contracts/quote';
import { totalsFor } from '../../../lambdas/orders/destinations';

const lines = fc.array(fc.integer({ min: 0, max: 100_000_00 }).map(euros), { minLength: 1, maxLength: 20 });
const country = fc.constantFrom(...SHIPPING_COUNTRIES);

it('makes a total that is its parts, to the cent, for every country', () => {
  fc.assert(
    fc.property(country, lines, (to, lineTotals) => {
      const { subtotal, shipping, tax, total } = totalsFor(to, lineTotals);
      expect(subtotal.amount + shipping.amount + tax.amount).toBe(total.amount);
      expect(subtotal.amount).toBe(lineTotals.reduce((all, { amount }) => all + amount, 0));
    }),
  );
});

it('asks for no more shipping when there is more in the basket', () => {
  fc.assert(fc.property(country, lines, fc.integer({ min: 0, max: 10_000 }), (to, lineTotals, more) => {
    const [less, all] = [totalsFor(to, lineTotals), totalsFor(to, [...lineTotals, euros(more)])];
    expect(all.subtotal.amount).toBeGreaterThanOrEqual(less.subtotal.amount);
    expect(all.shipping.amount).toBeLessThanOrEqual(less.shipping.amount);
  }));
});

it('charges the German rate on goods and shipping', () => {
  expect(totalsFor('DE', [euros(1_000)])).toEqual({ subtotal: euros(1_000), shipping: euros(490), taxBasisPoints: 1_900, tax: euros(283), total: euros(1_773) });
});

it('charges half percents', () => {
  expect(totalsFor('FI', [euros(10_000)])).toMatchObject({ shipping: euros(0), taxBasisPoints: 2_550, tax: euros(2_550) });
});
