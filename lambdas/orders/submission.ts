import { v7 as uuidv7 } from 'uuid';
import { OrderId } from '../../contracts/ids';
import { toInstant } from '../../contracts/instant';
import { euros } from '../../contracts/money';
import { Order } from '../../contracts/order';
import { openShardOf } from '../../contracts/order-record';
import type { OrderRecord } from '../../contracts/order-record';
import { refuseBeyond } from '../shared/person-limit';
import type { PersonLimit } from '../shared/person-limit';
import { ProblemError } from '../shared/problem-error';
import { availableIn } from './product-stock';
import type { ProductStock } from './product-stock';
import type { OrderRequestsTable, RequestIdentity } from './order-requests-table';
import type { OrdersTable } from './orders-table';
import type { QuotesTable, StoredQuote } from './quotes-table';
import type { Transact } from './transaction';

export interface Submission {
  readonly orders: Pick<OrdersTable, 'add'>;
  readonly requests: Pick<OrderRequestsTable, 'earlier' | 'record'>;
  readonly quotes: Pick<QuotesTable, 'find' | 'spend'>;
  readonly stock: Pick<ProductStock, 'take'>;
  readonly transact: Transact;
  readonly limit: Pick<PersonLimit, 'count'>;
  readonly now: () => Date;
}

export interface SubmittedOrder extends RequestIdentity {
  /** Whether the gate's own shopper orders, whom no report may count. */
  readonly synthetic: boolean;
}

export interface Accepted {
  readonly orderId: OrderId;
  /** The order as JSON: to a repeated request the very text of the first answer. */
  readonly answer: string;
  readonly repeated: boolean;
}

/**
 * Turns a quote into an order, its stock taken, or writes nothing. A repeated request gets the first one's answer,
 * whatever has become of quote, stock and the customer's limit since.
 * @throws ProblemError `too-many-requests`, `idempotency-key-reused`, `quote-not-found`, `quote-used`, `quote-expired`,
 *   `address-differs-from-quote`, `out-of-stock`, `try-again` when others kept the same products busy all the time
 */
export async function submitOrder(submission: Submission, submitted: SubmittedOrder): Promise<Accepted> {
  const { requests, quotes, limit, now } = submission;
  const [earlier, quote, verdict] = await Promise.all([requests.earlier(submitted, now()), quotes.find(submitted.request.quoteId), limit.count(submitted.customerId)]);
  if (earlier.is === 'same') return { ...earlier, repeated: true };
  refuseBeyond(verdict);
  if (earlier.is === 'other') throw keyReused();
  // The quote may have been read after the same request, sent twice, had spent it.
  if (quote?.orderId) return afterRace(submission, submitted);
  return place(submission, submitted, usable(quote, submitted, now()));
}

async function place({ orders, requests, quotes, stock, transact, now }: Submission, submitted: SubmittedOrder, quote: StoredQuote): Promise<Accepted> {
  const at = now();
  const record = orderFrom(quote, submitted, at);
  const order = Order.parse(record);
  const outcome = await transact([
    requests.record(submitted, order, at),
    quotes.spend(quote.quoteId, record.orderId, record.createdAt),
    orders.add(record),
    ...quote.lines.map(({ productId, quantity }) => stock.take(productId, quantity, record.createdAt)),
  ]);
  if (outcome.done) return { orderId: order.orderId, answer: JSON.stringify(order), repeated: false };

  // Which of the writes refused, in the order of the list above.
  const [request, spending, , ...taking] = outcome.refusals;
  if (request || spending) return afterRace({ requests, quotes, now }, submitted);
  const missing = quote.lines.flatMap((line, index) => {
    const refusal = taking[index];
    return refusal ? [{ line, available: availableIn(refusal.item) }] : [];
  });
  throw new ProblemError('out-of-stock', undefined, {
    errors: missing.map(({ line: { productId, name, quantity }, available }) => ({
      detail: `${quantity} of ${name} were asked for, ${available} are left`,
      productId,
      available,
    })),
  });
}

/** Somebody was faster between reading and writing: the same request, or another one with the same quote. */
async function afterRace({ requests, quotes, now }: Pick<Submission, 'requests' | 'quotes' | 'now'>, submitted: SubmittedOrder): Promise<Accepted> {
  const earlier = await requests.earlier(submitted, now());
  if (earlier.is === 'same') return { ...earlier, repeated: true };
  if (earlier.is === 'other') throw keyReused();
  usable(await quotes.find(submitted.request.quoteId), submitted, now());
  throw new ProblemError('try-again', undefined, { headers: { 'retry-after': '1' } });
}

/** @throws ProblemError when nobody can order by this quote, or not to this address */
function usable(quote: StoredQuote | undefined, { request }: SubmittedOrder, now: Date): StoredQuote {
  if (!quote) throw new ProblemError('quote-not-found', undefined, { errors: [{ pointer: '#/quoteId', detail: 'there is no such quote' }] });
  if (quote.orderId) throw new ProblemError('quote-used', undefined, { errors: [{ pointer: '#/quoteId', detail: 'has become an order already' }] });
  if (quote.expiresAt <= toInstant(now)) {
    throw new ProblemError('quote-expired', 'Ask for a new quote.', { errors: [{ pointer: '#/quoteId', detail: `was valid until ${quote.expiresAt}` }] });
  }
  if (request.shippingAddress.country !== quote.shippingCountry) {
    throw new ProblemError('address-differs-from-quote', undefined, {
      errors: [{ pointer: '#/shippingAddress/country', detail: `the quote is for ${quote.shippingCountry}` }],
    });
  }
  return quote;
}

const keyReused = (): ProblemError =>
  new ProblemError('idempotency-key-reused', undefined, { errors: [{ header: 'idempotency-key', detail: 'take a new key for a new request' }] });

function orderFrom(quote: StoredQuote, { customerId, idempotencyKey, request, synthetic }: SubmittedOrder, at: Date): OrderRecord {
  const now = toInstant(at);
  const { quoteId, lines, subtotal, shipping, taxBasisPoints, tax, total } = quote;
  const orderId = OrderId.parse(uuidv7({ msecs: at.getTime() }));
  return {
    orderId,
    quoteId,
    status: 'ACCEPTED',
    lines,
    subtotal,
    shipping,
    taxBasisPoints,
    tax,
    total,
    shippingAddress: request.shippingAddress,
    email: request.email,
    language: request.language,
    paymentMethod: request.paymentMethod,
    payment: { status: 'PENDING', captured: euros(0), refunded: euros(0) },
    timeline: [{ at: now, event: 'ACCEPTED' }],
    undone: [],
    concerns: [],
    acts: [],
    work: openShardOf(orderId),
    createdAt: now,
    updatedAt: now,
    version: 1,
    customerId,
    idempotencyKey,
    itemCount: lines.reduce((count, { quantity }) => count + quantity, 0),
    synthetic,
  };
}
