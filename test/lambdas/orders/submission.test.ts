import { CustomerId, IdempotencyKey, QuoteId } from '../../../contracts/ids';
import { Instant } from '../../../contracts/instant';
import { euros } from '../../../contracts/money';
import { SubmitOrderRequest } from '../../../contracts/order';
import { PricedLine } from '../../../contracts/quote';
import { totalsFor } from '../../../lambdas/orders/destinations';
import type { Earlier } from '../../../lambdas/orders/order-requests-table';
import { submitOrder } from '../../../lambdas/orders/submission';
import type { Submission } from '../../../lambdas/orders/submission';
import type { Outcome } from '../../../lambdas/orders/transaction';
import type { StoredQuote } from '../../../lambdas/orders/quotes-table';
import type { Verdict } from '../../../lambdas/shared/person-limit';
import { OrderId } from '../../../contracts/ids';

const quoteId = QuoteId.parse('8e03978e-40d5-43e8-bc93-6894a57f9324');
const line = PricedLine.parse({ productId: 'pan', name: 'Pan', quantity: 1, unitPrice: euros(1_000), lineTotal: euros(1_000) });
const quote: StoredQuote = {
  quoteId,
  lines: [line],
  shippingCountry: 'DE',
  ...totalsFor('DE', [line.lineTotal]),
  createdAt: Instant.parse('2026-11-23T08:00:00.000Z'),
  expiresAt: Instant.parse('2026-11-23T08:15:00.000Z'),
};
const submitted = {
  customerId: CustomerId.parse('ada'),
  idempotencyKey: IdempotencyKey.parse('key-of-ada'),
  request: SubmitOrderRequest.parse({ quoteId, shippingAddress: { name: 'Ada', line1: 'Street 1', postalCode: '1', city: 'Berlin', country: 'DE' }, paymentMethod: 'pm_card_visa' }),
  synthetic: false,
};
const orderId = OrderId.parse('01890a5d-ac96-774b-bcce-b302099a8057');

/** A shop whose tables answer what a race made of them, one answer after the other. */
function shopWhere(given: { earlier: Earlier[]; quotes: StoredQuote[]; outcome?: Outcome; verdict?: Verdict }): Submission {
  const write = () => ({});
  return {
    orders: { add: write },
    requests: { record: write, earlier: async () => given.earlier.shift() ?? { is: 'none' } },
    quotes: { spend: write, find: async () => given.quotes.shift() },
    stock: { take: write },
    transact: async () => given.outcome ?? { done: true },
    limit: { count: async () => given.verdict ?? { within: true } },
    now: () => new Date('2026-11-23T08:10:00.000Z'),
  };
}
const same: Earlier = { is: 'same', orderId, answer: '{"the":"answer"}' };

it('answers a repeated request although its quote has meanwhile been deleted', async () => {
  await expect(submitOrder(shopWhere({ earlier: [same], quotes: [] }), submitted)).resolves.toEqual({ is: 'same', orderId, answer: '{"the":"answer"}', repeated: true });
});

it('gives the answer of the same request that spent the quote between the two reads', async () => {
  const shop = shopWhere({ earlier: [{ is: 'none' }, same], quotes: [{ ...quote, orderId }] });
  await expect(submitOrder(shop, submitted)).resolves.toMatchObject({ repeated: true, orderId });
});

it('gives the answer of the same request that was written first', async () => {
  const outcome: Outcome = { done: false, refusals: [{}, {}, undefined, undefined] };
  await expect(submitOrder(shopWhere({ earlier: [{ is: 'none' }, same], quotes: [quote], outcome }), submitted)).resolves.toMatchObject({ repeated: true });
});

it('says that the quote is used when another request spent it first', async () => {
  const outcome: Outcome = { done: false, refusals: [undefined, {}, undefined, undefined] };
  const shop = shopWhere({ earlier: [], quotes: [quote, { ...quote, orderId }], outcome });
  await expect(submitOrder(shop, submitted)).rejects.toMatchObject({ code: 'quote-used' });
});

it('refuses a quote at the very moment at which it expires', async () => {
  const shop = shopWhere({ earlier: [], quotes: [{ ...quote, expiresAt: Instant.parse('2026-11-23T08:10:00.000Z') }] });
  await expect(submitOrder(shop, submitted)).rejects.toMatchObject({ code: 'quote-expired' });
});

it('keeps the language of the request with the order, and says so in the answer', async () => {
  const add = jest.fn(() => ({}));
  const shop = { ...shopWhere({ earlier: [], quotes: [quote] }), orders: { add } };
  const { answer } = await submitOrder(shop, { ...submitted, request: { ...submitted.request, language: 'de' } });
  expect(add).toHaveBeenCalledWith(expect.objectContaining({ language: 'de' }));
  expect(JSON.parse(answer)).toMatchObject({ language: 'de' });
});

describe('beyond the limit of its customer', () => {
  const verdict: Verdict = { within: false, retryAfterSeconds: 17 };

  it('an order is refused before anything is written, and told when to come back', async () => {
    const transact = jest.fn();
    const shop = { ...shopWhere({ earlier: [], quotes: [quote], verdict }), transact };
    await expect(submitOrder(shop, submitted)).rejects.toMatchObject({ code: 'too-many-requests', options: { headers: { 'retry-after': '17' } } });
    expect(transact).not.toHaveBeenCalled();
  });

  it('a repeated request gets its order all the same', async () => {
    await expect(submitOrder(shopWhere({ earlier: [same], quotes: [quote], verdict }), submitted)).resolves.toMatchObject({ repeated: true, orderId });
  });
});
