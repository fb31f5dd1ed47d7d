import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { ClickEvent, type ClickType } from '../../contracts/click';
import { toInstant } from '../../contracts/instant';
import { OrderRecord } from '../../contracts/order-record';
import { address } from '../orders/shoppers';
import { catalogue } from '../search/catalogue';

/** What ten visitors do, four of whom buy: forty clicks. */
const VISITS: readonly (readonly ClickType[])[] = [
  ...Array.from({ length: 4 }, () => ['View', 'View', 'AddToCart', 'StartCheckout', 'Purchase'] as const),
  ...Array.from({ length: 2 }, () => ['View', 'View', 'AddToCart', 'StartCheckout'] as const),
  ...Array.from({ length: 2 }, () => ['View', 'View', 'AddToCart'] as const),
  ...Array.from({ length: 2 }, () => ['View', 'View', 'View'] as const),
];
const STATUSES = ['CONFIRMED', 'HANDED_OVER', 'DELIVERED'] as const;
const PRODUCTS = catalogue(200);
const HOUR_MS = 3_600_000;
const STEP_MS = 2_000;
/** The last 24 hours of a dashboard begin with a whole one, and the bench may run past it. */
const SPREAD_MS = 22 * HOUR_MS;

export interface ShopDay {
  readonly clicks: readonly ClickEvent[];
  readonly orders: readonly OrderRecord[];
}

/** What so many visitors did up to `now`, one after the other: four clicks each, and an order of every tenth click. No one is synthetic: those are not shown. */
export function shopDay(visitors: number, now: Date): ShopDay {
  const clicks: ClickEvent[] = [];
  const orders: OrderRecord[] = [];
  for (let visitor = 0; visitor < visitors; visitor += 1) {
    const began = now.getTime() - SPREAD_MS * ((visitors - visitor) / visitors);
    const who = { anonymousId: randomUUID(), sessionId: randomUUID() };
    for (const [step, type] of (VISITS[visitor % VISITS.length] ?? []).entries()) {
      const at = new Date(began + step * STEP_MS);
      const order = type === 'Purchase' ? paidOrder(visitor, at) : undefined;
      if (order) orders.push(order);
      clicks.push(ClickEvent.parse({ eventId: v7({ msecs: at.getTime() }), type, eventTime: toInstant(at), receiveTime: toInstant(at), ...who, page: '/', productId: product(visitor + step).productId, orderId: order?.orderId, synthetic: false }));
    }
  }
  return { clicks, orders };
}

function paidOrder(visitor: number, at: Date): OrderRecord {
  const euros = (amount: number) => ({ amount, currency: 'EUR' });
  const lines = [product(visitor), product(visitor + 1)].map(({ productId, name, vendor, price }, index) => ({ productId, name, vendor, quantity: index + 1, unitPrice: price, lineTotal: euros(price.amount * (index + 1)) }));
  const subtotal = lines.reduce((sum, { lineTotal }) => sum + lineTotal.amount, 0);
  const tax = Math.round((subtotal + 490) * 0.19);
  const total = euros(subtotal + 490 + tax);
  const created = toInstant(at);
  return OrderRecord.parse({
    orderId: v7({ msecs: at.getTime() }),
    quoteId: randomUUID(),
    status: STATUSES[visitor % STATUSES.length],
    lines,
    subtotal: euros(subtotal),
    shipping: euros(490),
    taxBasisPoints: 1_900,
    tax: euros(tax),
    total,
    shippingAddress: address,
    paymentMethod: 'pm_card_visa',
    payment: { status: 'CAPTURED', captured: total, refunded: euros(0) },
    timeline: [{ at: created, event: 'ACCEPTED' }],
    undone: [],
    concerns: [],
    acts: [],
    createdAt: created,
    updatedAt: created,
    version: 1,
    customerId: randomUUID(),
    idempotencyKey: randomUUID(),
    itemCount: 3,
    synthetic: false,
  });
}

function product(index: number): (typeof PRODUCTS)[number] {
  const found = PRODUCTS[index % PRODUCTS.length];
  if (!found) throw new Error('The catalogue is empty.');
  return found;
}
