import type { Locator } from 'playwright-core';
import { OPERATORS_GROUP } from '../../../contracts/operations';
import type { FakeOperators } from '../../storefront/fakeOperators';
import { type Shopper, shopperOfEachTest } from './shopper';

export const orderPage = (orderId: string): string => `/operators/orders/${orderId}`;

/** Where an operator looks, and what they do again and again. */
export interface Operator {
  readonly region: (name: string) => Locator;
  readonly dialog: () => Locator;
  /** What the page says of an act that was taken. */
  readonly taken: () => Locator;
  readonly arrive: (address?: string) => Promise<void>;
  /** The order's page is there. */
  readonly shown: (name?: string) => Promise<void>;
  /** What was asked to be done by this route. */
  readonly asked: (act: string) => FakeOperators['asked'];
  readonly openRefund: () => Promise<void>;
}

/** A new shopper for each test of a file, who is an operator once they arrive. */
export function operatorOfEachTest(): Operator & { readonly given: () => Shopper } {
  const given = shopperOfEachTest();
  const region = (name: string) => given().page.getByRole('region', { name });
  const dialog = () => given().page.getByRole('dialog');
  return {
    given,
    region,
    dialog,
    taken: () => given().page.getByRole('main').locator('.note[role=status]'),
    arrive: (address = '/operators/orders') => given().arriveAs([OPERATORS_GROUP], address),
    shown: (name = 'Grace Hopper') => given().heading(`Order for ${name}`).waitFor(),
    asked: (act) => given().shop.operators.asked.filter((one) => one.act === act),
    openRefund: async () => {
      await given().button('Refund').click();
      await dialog().getByLabel('Back into stock').check();
      await dialog().getByLabel(/^Why\?/).fill('Never arrived');
    },
  };
}
