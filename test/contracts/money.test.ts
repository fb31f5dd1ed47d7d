import * as fc from 'fast-check';
import { euros, share, sum, times } from '../../contracts/money';

const amount = fc.integer({ min: 0, max: 100_000_00 });

it('adds up without losing a cent', () => {
  fc.assert(fc.property(fc.array(amount, { maxLength: 20 }), (amounts) => {
    expect(sum(amounts.map(euros)).amount).toBe(amounts.reduce((a, b) => a + b, 0));
  }));
});

it('makes as much of a price as adding it so many times', () => {
  fc.assert(fc.property(amount, fc.integer({ min: 1, max: 99 }), (price, quantity) => {
    expect(times(euros(price), quantity)).toEqual(sum(Array.from({ length: quantity }, () => euros(price))));
  }));
});

it('takes a share that is a whole number of cents and never half a cent off', () => {
  fc.assert(fc.property(amount, fc.integer({ min: 0, max: 10_000 }), (money, basisPoints) => {
    const taken = share(euros(money), basisPoints).amount;
    expect(Number.isInteger(taken)).toBe(true);
    expect(Math.abs(taken * 10_000 - money * basisPoints)).toBeLessThanOrEqual(5_000);
  }));
});

it('rounds half a cent up', () => {
  expect(share(euros(250), 1_900).amount).toBe(48);
});

it.each([-1, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER])('does not take %p for an amount', (value) => {
  expect(() => euros(value)).toThrow(expect.objectContaining({ issues: [expect.anything()] }));
});
