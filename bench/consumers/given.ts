import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { toItem } from '../../lambdas/shared/dynamodb';
import { visits } from '../clicks/visits';

/** As many as consumers are given at once. */
export const EVENTS = 100;
const VISITORS = 20;

const NOW = new Date().toISOString();
const SEQUENCE_NUMBER = '49590338271490256608559692538361571095921575989136588898';

/** A batch of one browser's, as it is posted. */
export const clickBatch = (): string => JSON.stringify({ events: visits(1, EVENTS) });

/** Clicks of several visitors, as Lambda gives them to a reader of the stream of clicks. */
export function clickRecords(): string {
  const clicks = visits(VISITORS, EVENTS / VISITORS).map((click) => ({ ...click, receiveTime: NOW }));
  return records(clicks.map((click) => ({ kinesis: { sequenceNumber: SEQUENCE_NUMBER, data: Buffer.from(JSON.stringify(click)).toString('base64') } })));
}

/** Products whose price has changed, as Lambda gives them to a reader of their table's stream. */
export function productRecords(): string {
  const product = (index: number) => ({
    productId: `stoneware-mug-${index}`,
    name: 'Stoneware mug, sage',
    description: 'Thrown by hand and glazed twice. Holds a third of a litre, and is at home in the dishwasher.',
    category: 'Kitchen',
    vendor: 'Holt & Sons',
    price: { amount: 1_999, currency: 'EUR' },
    stock: 12,
    active: true,
    image: '/products/stoneware-mug-sage.svg',
    version: 7,
    updatedAt: NOW,
  });
  return records(Array.from({ length: EVENTS }, (_, index) => changed('MODIFY', product(index), { ...product(index), price: { amount: 2_199, currency: 'EUR' }, version: 6 })));
}

/** New orders of two lines, as Lambda gives them to a reader of their table's stream. */
export function orderRecords(): string {
  const euros = (amount: number) => ({ amount, currency: 'EUR' });
  const order = () => ({
    orderId: v7(),
    quoteId: randomUUID(),
    status: 'ACCEPTED',
    lines: [
      { productId: 'stoneware-mug-sage', name: 'Stoneware mug, sage', quantity: 2, unitPrice: euros(1_999), lineTotal: euros(3_998) },
      { productId: 'walnut-serving-board', name: 'Walnut serving board', quantity: 1, unitPrice: euros(4_900), lineTotal: euros(4_900) },
    ],
    subtotal: euros(8_898),
    shipping: euros(490),
    taxBasisPoints: 1_900,
    tax: euros(1_784),
    total: euros(11_172),
    shippingAddress: { name: 'Bench Shopper', line1: 'Teststrasse 1', postalCode: '10115', city: 'Berlin', country: 'DE' },
    paymentMethod: 'pm_card_visa',
    payment: { status: 'PENDING', captured: euros(0), refunded: euros(0) },
    timeline: [{ at: NOW, event: 'ACCEPTED' }],
    undone: [],
    concerns: [],
    acts: [],
    work: 'OPEN#0',
    createdAt: NOW,
    updatedAt: NOW,
    version: 1,
    customerId: randomUUID(),
    idempotencyKey: randomUUID(),
    itemCount: 3,
    synthetic: true,
  });
  return records(Array.from({ length: EVENTS }, () => changed('INSERT', order())));
}

const records = (Records: readonly object[]): string => JSON.stringify({ Records });

const changed = (eventName: string, now: object, before?: object): object => ({
  eventName,
  dynamodb: { NewImage: toItem({ ...now }), ...(before && { OldImage: toItem({ ...before }) }), SequenceNumber: SEQUENCE_NUMBER },
});
