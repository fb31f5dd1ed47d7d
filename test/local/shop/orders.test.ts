import { randomUUID } from 'node:crypto';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { Order, OrderEvent, OrderPage } from '../../../contracts/order';
import { Problem } from '../../../contracts/problem';
import { Quote } from '../../../contracts/quote';
import { toItem } from '../../../lambdas/shared/dynamodb';
import { call, GATE_CLIENT_ID, ORDERS_A_MINUTE, ShopServer } from './shopServer';
import type { Answer, Call, Customer, Handler } from './shopServer';

const paymentMethod = 'pm_card_visa';
const shippingAddress = { name: 'Ada Byron', line1: 'Hauptstrasse 1', postalCode: '10115', city: 'Berlin', country: 'DE' };

describe('orders on a real table', () => {
  let shop: ShopServer;
  let handlers: Record<'createQuote' | 'submitOrder' | 'listOrders' | 'getOrder', Handler>;
  beforeAll(async () => {
    shop = await ShopServer.start();
    // The functions read their configuration when they are loaded.
    const [createQuote, submitOrder, listOrders, getOrder] = await Promise.all([
      import('../../../lambdas/orders/create-quote'),
      import('../../../lambdas/orders/submit-order'),
      import('../../../lambdas/orders/list-orders'),
      import('../../../lambdas/orders/get-order'),
    ]);
    handlers = { createQuote: createQuote.handler, submitOrder: submitOrder.handler, listOrders: listOrders.handler, getOrder: getOrder.handler };
  });
  afterAll(() => shop?.stop());

  const newCustomer = (): Customer => ({ sub: randomUUID() });
  const quoteFor = async (...lines: { productId: string; quantity: number }[]): Promise<Quote> => {
    const answer = await call(handlers.createQuote, { body: { lines, shippingCountry: 'DE' } });
    expect(answer.status).toBe(201);
    return Quote.parse(answer.json);
  };
  const submit = ({ quoteId }: Pick<Quote, 'quoteId'>, more: Call = {}): Promise<Answer> =>
    call(handlers.submitOrder, { customer: newCustomer(), idempotencyKey: randomUUID(), body: { quoteId, shippingAddress, paymentMethod }, ...more });
  const everything = async () => ({ orders: await shop.items('orders'), requests: await shop.items('requests'), products: await shop.items('products') });

  it('takes the stock, stores the order and answers 201 with it', async () => {
    await shop.stockUp('pan', 5);
    const quote = await quoteFor({ productId: 'pan', quantity: 2 });
    const customer = newCustomer();
    const answer = await submit(quote, { customer });
    expect(answer).toMatchObject({ status: 201, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } });
    const order = Order.parse(answer.json);
    expect(order).toMatchObject({ status: 'ACCEPTED', version: 1, total: quote.total, shippingAddress, timeline: [{ event: 'ACCEPTED' }], payment: { status: 'PENDING' } });
    expect(answer.headers.location).toBe(`/api/orders/${order.orderId}`);
    expect(await shop.product('pan')).toMatchObject({ stock: 3, version: 2 });
    const stored = (await shop.items('orders')).map((item) => OrderEvent.parse(item)).find(({ orderId }) => orderId === order.orderId);
    expect(stored).toMatchObject({ customerId: customer.sub, itemCount: 2, synthetic: false });
  });

  it('marks what the gate orders, and nothing else, as synthetic', async () => {
    await shop.stockUp('kettle', 5);
    const answer = await submit(await quoteFor({ productId: 'kettle', quantity: 1 }), { customer: { sub: randomUUID(), clientId: GATE_CLIENT_ID } });
    const { orderId } = Order.parse(answer.json);
    expect((await shop.items('orders')).find((item) => item.orderId === orderId)).toMatchObject({ synthetic: true });
  });

  it('keeps the quoted price although the catalogue has become dearer', async () => {
    await shop.stockUp('lamp', 5);
    const quote = await quoteFor({ productId: 'lamp', quantity: 1 });
    await shop.stockUp('lamp', 5, { price: { amount: 99_900, currency: 'EUR' } });
    expect(Order.parse((await submit(quote)).json).total).toEqual(quote.total);
  });

  it('gives a repeated request the very same answer, also when the stock is gone, and takes nothing twice', async () => {
    await shop.stockUp('rug', 1);
    const quote = await quoteFor({ productId: 'rug', quantity: 1 });
    const request = { customer: newCustomer(), idempotencyKey: randomUUID() };
    const first = await submit(quote, request);
    const again = await submit(quote, request);
    expect(again).toMatchObject({ status: 201, text: first.text });
    expect(await shop.product('rug')).toMatchObject({ stock: 0 });
  });

  it('makes one order of the same request sent ten times at once', async () => {
    await shop.stockUp('towel', 50);
    const quote = await quoteFor({ productId: 'towel', quantity: 1 });
    const request = { customer: newCustomer(), idempotencyKey: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => submit(quote, request)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(await shop.product('towel')).toMatchObject({ stock: 49 });
  });

  it('refuses another request under the same key, but not the same key of another customer', async () => {
    await shop.stockUp('bowl', 5);
    const request = { customer: newCustomer(), idempotencyKey: randomUUID() };
    const quote = await quoteFor({ productId: 'bowl', quantity: 1 });
    await submit(quote, request);
    const other = await submit(quote, { ...request, body: { quoteId: quote.quoteId, shippingAddress: { ...shippingAddress, city: 'Hamburg' }, paymentMethod } });
    expect(other).toMatchObject({ status: 422, problem: 'idempotency-key-reused' });
    const elsewhere = await submit(await quoteFor({ productId: 'bowl', quantity: 1 }), { ...request, customer: newCustomer() });
    expect(elsewhere.status).toBe(201);
  });

  it('lets exactly fifty of two hundred customers have one of fifty pieces, and loses none', async () => {
    await shop.stockUp('bear', 50);
    const quotes: Quote[] = [];
    while (quotes.length < 200) {
      // oxlint-disable-next-line no-await-in-loop
      quotes.push(...(await Promise.all(Array.from({ length: 40 }, () => quoteFor({ productId: 'bear', quantity: 1 })))));
    }
    const answers: Answer[] = [];
    // As many at once as one process has sockets for; functions have one customer each.
    while (quotes.length > 0) {
      // oxlint-disable-next-line no-await-in-loop
      answers.push(...(await Promise.all(quotes.splice(0, 40).map((quote) => submit(quote)))));
    }
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(50);
    expect(answers.filter(({ problem }) => problem === 'out-of-stock')).toHaveLength(150);
    expect(await shop.product('bear')).toMatchObject({ stock: 0 });
  });

  it('takes so many orders a minute from one customer, tells the rest when to come back, and writes nothing for them', async () => {
    await shop.stockUp('candle', 99);
    const customer = newCustomer();
    const quotes: Quote[] = [];
    // One more than two minutes take, should they meet.
    while (quotes.length < 2 * ORDERS_A_MINUTE + 1) quotes.push(await quoteFor({ productId: 'candle', quantity: 1 }));
    const answers = await Promise.all(quotes.map((quote) => submit(quote, { customer })));
    const [accepted, refused] = [answers.filter(({ status }) => status === 201), answers.filter(({ status }) => status === 429)];
    expect([accepted.length + refused.length, accepted.length >= ORDERS_A_MINUTE, refused.length > 0]).toEqual([answers.length, true, true]);
    for (const { problem, headers } of refused) expect([problem, headers['retry-after']]).toEqual(['too-many-requests', expect.stringMatching(/^\d+$/)]);
    expect((await shop.items('orders')).filter(({ customerId }) => customerId === customer.sub)).toHaveLength(accepted.length);
    expect(await shop.product('candle')).toMatchObject({ stock: 99 - accepted.length });
    const left = quotes.filter((_, index) => answers[index]?.status === 429);
    for (const quote of left) expect((await submit(quote)).status).toBe(201);
  });

  it('names every product that is short, and what is left of it', async () => {
    await shop.stockUp('plate', 9);
    await shop.stockUp('glass', 9);
    const quote = await quoteFor({ productId: 'plate', quantity: 8 }, { productId: 'glass', quantity: 1 });
    await shop.stockUp('plate', 3);
    const before = await everything();
    const answer = await submit(quote);
    expect(answer).toMatchObject({ status: 409, problem: 'out-of-stock' });
    expect(Problem.parse(answer.json).errors).toEqual([{ detail: '8 of The plate were asked for, 3 are left', productId: 'plate', available: 3 }]);
    expect(await everything()).toEqual(before);
  });

  it('says that nothing is left of a product that is no longer for sale', async () => {
    await shop.stockUp('vase', 9);
    const quote = await quoteFor({ productId: 'vase', quantity: 1 });
    await shop.stockUp('vase', 9, { active: false });
    expect(Problem.parse((await submit(quote)).json).errors).toMatchObject([{ productId: 'vase', available: 0 }]);
  });

  it('takes a quote once', async () => {
    await shop.stockUp('pot', 5);
    const quote = await quoteFor({ productId: 'pot', quantity: 1 });
    const answers = await Promise.all([submit(quote), submit(quote)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
    expect(await submit(quote)).toMatchObject({ status: 409, problem: 'quote-used' });
    expect(await shop.product('pot')).toMatchObject({ stock: 4 });
  });

  it('refuses an expired quote and one that there never was, and writes nothing', async () => {
    await shop.stockUp('jar', 5);
    const quote = await quoteFor({ productId: 'jar', quantity: 1 });
    await shop.dynamo.send(
      new UpdateItemCommand({
        TableName: 'quotes',
        Key: toItem({ quoteId: quote.quoteId }),
        UpdateExpression: 'SET expiresAt = :then',
        ExpressionAttributeValues: toItem({ ':then': '2026-01-01T00:00:00.000Z' }),
      }),
    );
    const before = await everything();
    expect(await submit(quote)).toMatchObject({ status: 410, problem: 'quote-expired' });
    expect(await call(handlers.submitOrder, { customer: newCustomer(), idempotencyKey: randomUUID(), body: { quoteId: randomUUID(), shippingAddress, paymentMethod } })).toMatchObject({
      status: 422,
      problem: 'quote-not-found',
    });
    expect(await everything()).toEqual(before);
  });

  it('refuses every malformed submission by name and writes nothing', async () => {
    await shop.stockUp('mug', 5);
    const { quoteId } = await quoteFor({ productId: 'mug', quantity: 1 });
    const body = { quoteId, shippingAddress, paymentMethod };
    const before = await everything();
    const refused: [Call, number, string, object][] = [
      [{ body: { ...body, price: 1 } }, 422, 'invalid-body', { errors: [{ pointer: '#/price' }] }],
      [{ body: { ...body, shippingAddress: { ...shippingAddress, city: '' } } }, 422, 'invalid-body', { errors: [{ pointer: '#/shippingAddress/city' }] }],
      [{ body: { ...body, shippingAddress: { ...shippingAddress, name: 'A\u0007da' } } }, 422, 'invalid-body', { errors: [{ pointer: '#/shippingAddress/name' }] }],
      [{ body: { ...body, shippingAddress: { ...shippingAddress, country: 'AT' } } }, 422, 'address-differs-from-quote', { errors: [{ pointer: '#/shippingAddress/country' }] }],
      [{ body: { shippingAddress, paymentMethod } }, 422, 'invalid-body', { errors: [{ pointer: '#/quoteId' }] }],
      [{ body: [] }, 422, 'invalid-body', { errors: [{ pointer: '#' }] }],
      [{ rawBody: '{"quoteId":' }, 400, 'malformed-json', { errors: [{ pointer: '#' }] }],
      [{ rawBody: '' }, 400, 'malformed-json', { errors: [{ pointer: '#' }] }],
      [{ rawBody: JSON.stringify({ ...body, email: 'x'.repeat(70_000) }) }, 413, 'body-too-large', {}],
      [{ headers: { 'content-type': 'text/plain' } }, 415, 'unsupported-media-type', { errors: [{ header: 'content-type' }] }],
      [{ idempotencyKey: undefined }, 400, 'idempotency-key-missing', { errors: [{ header: 'idempotency-key' }] }],
      [{ idempotencyKey: 'short' }, 400, 'invalid-parameter', { errors: [{ header: 'idempotency-key' }] }],
      [{ customer: undefined }, 401, 'not-signed-in', {}],
      [{ headers: { 'x-origin-verify': 'guessed' } }, 403, 'not-through-the-edge', {}],
    ];
    for (const [request, status, problem, where] of refused) {
      // One after the other, so that what one of them wrote would be seen beside its name.
      // oxlint-disable-next-line no-await-in-loop
      const answer = await submit({ quoteId }, { body: request.rawBody === undefined ? body : undefined, ...request });
      expect(answer).toMatchObject({ status, problem, json: where, headers: { 'content-type': 'application/problem+json' } });
    }
    expect(await everything()).toEqual(before);
  });

  it('shows customers their own orders, newest first and page by page, and never another one', async () => {
    await shop.stockUp('spoon', 20);
    const customer = newCustomer();
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      // oxlint-disable-next-line no-await-in-loop
      const answer = await submit(await quoteFor({ productId: 'spoon', quantity: 1 }), { customer });
      made.unshift(Order.parse(answer.json).orderId);
    }
    const page = async (query: Record<string, string>): Promise<OrderPage> => OrderPage.parse((await call(handlers.listOrders, { customer, query })).json);
    const first = await page({ limit: '3' });
    const second = await page({ limit: '3', cursor: first.nextCursor ?? '' });
    expect([...first.orders, ...second.orders].map(({ orderId }) => orderId)).toEqual(made);
    expect(second.nextCursor).toBeUndefined();

    const stranger = newCustomer();
    const path = { orderId: made[0] ?? '' };
    expect((await call(handlers.getOrder, { customer, path })).status).toBe(200);
    expect(await call(handlers.getOrder, { customer: stranger, path })).toMatchObject({ status: 404, problem: 'order-not-found' });
    expect(await call(handlers.getOrder, { customer, path: { orderId: 'nonsense' } })).toMatchObject({ status: 404, problem: 'order-not-found' });
    expect((await call(handlers.listOrders, { customer: stranger })).json).toEqual({ orders: [] });
    expect(await call(handlers.listOrders, { customer: stranger, query: { cursor: first.nextCursor ?? '' } })).toMatchObject({ status: 400, problem: 'invalid-cursor' });
  });

  it('refuses quotes that no order could follow, naming the line', async () => {
    await shop.stockUp('last', 1);
    await shop.stockUp('hidden', 9, { active: false });
    const line = { productId: 'last', quantity: 1 };
    const refused: [unknown, number, string, string][] = [
      [{ lines: [{ ...line, quantity: 2 }], shippingCountry: 'DE' }, 409, 'out-of-stock', '#/lines/0/quantity'],
      [{ lines: [line, { productId: 'nowhere', quantity: 1 }], shippingCountry: 'DE' }, 422, 'unknown-product', '#/lines/1/productId'],
      [{ lines: [{ productId: 'hidden', quantity: 1 }], shippingCountry: 'DE' }, 422, 'unknown-product', '#/lines/0/productId'],
      [{ lines: [line], shippingCountry: 'AQ' }, 422, 'country-not-served', '#/shippingCountry'],
      [{ lines: [line, line], shippingCountry: 'DE' }, 422, 'invalid-body', '#/lines/1/productId'],
      [{ lines: [{ ...line, quantity: 0 }], shippingCountry: 'DE' }, 422, 'invalid-body', '#/lines/0/quantity'],
      [{ lines: [{ ...line, quantity: -1 }], shippingCountry: 'DE' }, 422, 'invalid-body', '#/lines/0/quantity'],
      [{ lines: [{ ...line, quantity: 1.5 }], shippingCountry: 'DE' }, 422, 'invalid-body', '#/lines/0/quantity'],
      [{ lines: [{ ...line, unitPrice: 1 }], shippingCountry: 'DE' }, 422, 'invalid-body', '#/lines/0/unitPrice'],
      [{ lines: Array.from({ length: 21 }, (_, index) => ({ productId: `p-${index}`, quantity: 1 })), shippingCountry: 'DE' }, 422, 'invalid-body', '#/lines'],
    ];
    const before = await shop.items('quotes');
    const answers = await Promise.all(refused.map(([body]) => call(handlers.createQuote, { body })));
    expect(answers.map(({ status, problem, json }) => [status, problem, Problem.parse(json).errors?.map(({ pointer }) => pointer)])).toEqual(
      refused.map(([, status, problem, pointer]) => [status, problem, [pointer]]),
    );
    expect(await shop.items('quotes')).toHaveLength(before.length);
  });
});
