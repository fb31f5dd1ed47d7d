import * as fc from 'fast-check';
import type { SubmitOrderRequest } from '../../../contracts/order';
import type { CONCERNS } from '../../../contracts/order-record';
import type { OrderStatus } from '../../../contracts/order-status';

/** What somebody does about an order besides ordering. */
export type Act = 'passes second factor' | 'fails second factor' | 'forgets second factor' | 'cancels' | 'is refunded' | 'is refunded a piece';

export interface Kind {
  /** Of about a hundred orders. */
  readonly share: number;
  /** One of Stripe's test methods. @default a card that pays */
  readonly paymentMethod?: `pm_card_${string}`;
  readonly address?: Partial<SubmitOrderRequest['shippingAddress']>;
  /** Instead of the customer's own address. */
  readonly email?: string;
  readonly act?: Act;
  /** How it ends if nobody gives up. */
  readonly ends: readonly OrderStatus[];
  /** What brings such an order to the operators' list by rights. */
  readonly concern?: (typeof CONCERNS)[number];
}

const ASKS_FOR_SECOND_FACTOR = 'pm_card_authenticationRequired';

const KINDS_OF_ORDERS = {
  'pays': { share: 36, ends: ['DELIVERED'] },
  'is declined': { share: 5, paymentMethod: 'pm_card_chargeDeclined', ends: ['PAYMENT_DECLINED'] },
  'has too little money': { share: 5, paymentMethod: 'pm_card_chargeDeclinedInsufficientFunds', ends: ['PAYMENT_DECLINED'] },
  'passes the second factor': { share: 8, paymentMethod: ASKS_FOR_SECOND_FACTOR, act: 'passes second factor', ends: ['DELIVERED'] },
  'fails the second factor': { share: 5, paymentMethod: ASKS_FOR_SECOND_FACTOR, act: 'fails second factor', ends: ['PAYMENT_DECLINED'] },
  'forgets the second factor': { share: 3, paymentMethod: ASKS_FOR_SECOND_FACTOR, act: 'forgets second factor', ends: ['PAYMENT_EXPIRED'] },
  'lives nowhere': { share: 5, address: { postalCode: '00000' }, ends: ['SHIPMENT_REFUSED'] },
  'cancels': { share: 12, act: 'cancels', ends: ['CANCELLED', 'DELIVERED'] },
  'is refunded': { share: 6, act: 'is refunded', ends: ['REFUNDED'] },
  'is refunded a piece': { share: 6, act: 'is refunded a piece', ends: ['DELIVERED', 'REFUNDED'] },
  'sends it back': { share: 5, address: { name: 'Returned Sender' }, ends: ['RETURNED'] },
  'has a mailbox that is gone': { share: 4, email: 'bounce@simulator.amazonses.com', ends: ['DELIVERED'], concern: 'MAIL_BOUNCED' },
} as const satisfies Readonly<Record<string, Kind>>;
export type KindName = keyof typeof KINDS_OF_ORDERS;
export const KINDS: Readonly<Record<KindName, Kind>> = KINDS_OF_ORDERS;

/** How many products there are to choose from. */
export const PRODUCTS = 12;
const LONGEST_WAIT_MS = 15_000;

/** One customer's order and what becomes of it, as far as the customer decides. */
export interface Plan {
  readonly kind: KindName;
  /** Products by number. */
  readonly lines: readonly { readonly product: number; readonly quantity: number }[];
  /** How long after the order, or after it can be acted on, somebody acts. */
  readonly actsAfterMs: number;
  /** The request is sent twice at once, or once more after its answer. */
  readonly repeated: 'not' | 'at once' | 'later';
  /** What becomes of goods that are refunded. */
  readonly goods: 'RESTOCK' | 'WRITE_OFF';
}

const names = Object.keys(KINDS).filter((name): name is KindName => name in KINDS);
const plan: fc.Arbitrary<Plan> = fc.record({
  kind: fc.oneof(...names.map((name) => ({ weight: KINDS[name].share, arbitrary: fc.constant(name) }))),
  lines: fc.uniqueArray(fc.record({ product: fc.integer({ min: 0, max: PRODUCTS - 1 }), quantity: fc.integer({ min: 1, max: 3 }) }), { minLength: 1, maxLength: 3, selector: ({ product }) => product }),
  actsAfterMs: fc.integer({ min: 0, max: LONGEST_WAIT_MS }),
  repeated: fc.constantFrom('not', 'not', 'not', 'at once', 'later'),
  goods: fc.constantFrom('RESTOCK', 'WRITE_OFF'),
});

/** The same seed gives the same orders. */
export const plansFor = (count: number, seed: number): Plan[] => fc.sample(fc.noBias(plan), { numRuns: count, seed });
