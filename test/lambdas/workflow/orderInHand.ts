import { CustomerId, IdempotencyKey, OrderId, ProductId, QuoteId } from '../../../contracts/ids';
import { toInstant } from '../../../contracts/instant';
import { euros } from '../../../contracts/money';
import { OrderRecord, openShardOf } from '../../../contracts/order-record';
import type { OrderChange } from '../../../lambdas/workflow/order-changes';

export const ORDER_ID = OrderId.parse('0193aa6b-0000-7000-8000-0000000000a7');
export const PAN = ProductId.parse('pan');
export const POT = ProductId.parse('pot');
export const at = (text: string) => toInstant(new Date(text));

/** Two pans and a pot, paid and on their way; no tax and no shipping, so that sums are plain. */
export const orderInHand = (changes: Partial<OrderRecord> = {}): OrderRecord =>
  OrderRecord.parse({
    orderId: ORDER_ID,
    quoteId: QuoteId.parse('2f1e3c4a-1111-4222-8333-444455556666'),
    status: 'CONFIRMED',
    lines: [
      { productId: PAN, name: 'Pan', quantity: 2, unitPrice: euros(2_000), lineTotal: euros(4_000) },
      { productId: POT, name: 'Pot', quantity: 1, unitPrice: euros(3_000), lineTotal: euros(3_000) },
    ],
    subtotal: euros(7_000),
    shipping: euros(0),
    taxBasisPoints: 0,
    tax: euros(0),
    total: euros(7_000),
    shippingAddress: { name: 'Ada Byron', line1: 'Hauptstrasse 1', postalCode: '10115', city: 'Berlin', country: 'DE' },
    payment: { status: 'CAPTURED', captured: euros(7_000), refunded: euros(0), intentId: 'pi_1' },
    shipment: { trackingNumber: 'T1', status: 'BOOKED' },
    paymentMethod: 'pm_card_visa',
    timeline: [{ at: at('2026-11-23T08:00:00Z'), event: 'ACCEPTED' }],
    undone: [],
    concerns: [],
    acts: [],
    work: openShardOf(ORDER_ID),
    createdAt: at('2026-11-23T08:00:00Z'),
    updatedAt: at('2026-11-23T08:01:00Z'),
    version: 5,
    customerId: CustomerId.parse('ada'),
    idempotencyKey: IdempotencyKey.parse('a-key-of-adas'),
    itemCount: 3,
    synthetic: false,
    ...changes,
  });

/** The orders table of one order, without a table; each change is made a second after the one before. */
export class OneOrder {
  #changes = 0;

  constructor(
    public order: OrderRecord,
    private readonly now: Date = new Date('2026-11-23T09:00:00Z'),
  ) {}

  readonly find = async (orderId: OrderId): Promise<OrderRecord | undefined> => (orderId === this.order.orderId ? this.order : undefined);

  readonly change = async (_: OrderId, changes: OrderChange | readonly OrderChange[]): Promise<OrderRecord> => {
    const now = toInstant(new Date(this.now.getTime() + 1_000 * this.#changes++));
    const changed = [changes].flat().reduce((order, change) => change(order, now) ?? order, this.order);
    if (changed !== this.order) this.order = { ...changed, version: this.order.version + 1, updatedAt: now };
    return this.order;
  };
}
