import * as z from 'zod/mini';

/** The one currency of the shop: a second one needs prices and shipping fees of its own, never a conversion. */
export const Currency = z.literal('EUR');
export type Currency = z.infer<typeof Currency>;

/** A whole number of the currency's smallest unit (cents). The ceiling keeps every sum of an order a safe integer. */
export const MinorUnits = z.int().check(z.gte(0), z.lte(10_000_000_000)).brand<'MinorUnits'>();
export type MinorUnits = z.infer<typeof MinorUnits>;

/** `{ amount: 1999, currency: 'EUR' }` is 19.99 €. */
export const Money = z.strictObject({ amount: MinorUnits, currency: Currency });
export type Money = z.infer<typeof Money>;

/** @throws ZodError when `amount` is no whole number of minor units that an order can carry. */
export const euros = (amount: number): Money => ({ amount: MinorUnits.parse(amount), currency: 'EUR' });

export const sum = (amounts: readonly Money[]): Money => euros(amounts.reduce((total, money) => total + money.amount, 0));

export const times = (price: Money, quantity: number): Money => euros(price.amount * quantity);

/** The part that `basisPoints` (1 = 0.01 %) take of `money`, rounded half up to a whole minor unit. */
export const share = (money: Money, basisPoints: number): Money => euros(Math.floor((money.amount * basisPoints + 5_000) / 10_000));
