import { randomUUID } from 'node:crypto';
import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { OrderEvent, type Order } from '../../contracts/order';
import { MAX_QUANTITY, Quote } from '../../contracts/quote';
import { expect, type Checks } from './checks';
import type { Sent } from './hops/sink';
import type { Shop } from './shop';
import type { Shopper } from './shoppers';
import { Stock } from './stock';

/** What a synthetic order is meant to come to. */
export type OrderPlan = 'is paid' | 'is declined' | 'is cancelled';

export interface OrderChecksProps {
  readonly shop: Shop;
  /** The shop past CloudFront, at the API's own address. */
  readonly apiPastTheEdge: Shop;
  readonly tables: DynamoDBDocumentClient;
  readonly ordersTable: string;
  readonly productsTable: string;
  readonly shopper: Shopper;
  readonly stranger: Shopper;
  /** Told of each order that the shop accepts, and of what it was sent for. */
  readonly onAccepted: (order: Sent, plan: OrderPlan) => void;
}

export const shippingAddress = { name: 'Synthetic Shopper', line1: 'Teststrasse 1', postalCode: '10115', city: 'Berlin', country: 'DE' };

/** Sends synthetic orders, good and bad, and checks what the shop answers. @returns the one that was accepted, to be followed to its end */
export async function checkOrders(checks: Checks, props: OrderChecksProps): Promise<Order | undefined> {
  const { shop, apiPastTheEdge, shopper, stranger } = props;
  const stock = new Stock(props);
  const token = shopper.accessToken;
  const idempotencyKey = randomUUID();

  const order = await checks.check('an order for quoted goods is accepted at the quoted price and stored', async () => {
    const [product] = await stock.most();
    const quote = await shop.call('createQuote', { body: { lines: [{ productId: product.productId, quantity: 1 }], shippingCountry: 'DE' } });
    const body = { quoteId: quote.quoteId, shippingAddress, email: shopper.email, paymentMethod: 'pm_card_visa' };
    const at = Date.now();
    const accepted = await shop.call('submitOrder', { token, idempotencyKey, body });
    props.onAccepted({ id: accepted.orderId, at }, 'is paid');
    expect(accepted.total.amount === quote.total.amount, `Quoted at ${quote.total.amount}, ordered at ${accepted.total.amount}.`);
    await expectStored(props, stock, accepted);
    return { accepted, body };
  });
  const orderOrFail = (): NonNullable<typeof order> => {
    expect(order !== undefined, 'There is no order to check: it was not accepted.');
    return order;
  };

  await checks.check('the same request again gives the same order', async () => {
    const { accepted, body } = orderOrFail();
    const again = await shop.call('submitOrder', { token, idempotencyKey, body });
    expect(again.orderId === accepted.orderId, `The first answer was order ${accepted.orderId}, the second ${again.orderId}.`);
  });
  await checks.check('another request under the same key is refused', () => {
    const { body } = orderOrFail();
    const other = { ...body, shippingAddress: { ...shippingAddress, line1: 'Teststrasse 2' } };
    return shop.refusal('submitOrder', { token, idempotencyKey, body: other }, 422, 'idempotency-key-reused');
  });
  await checks.check('an order for more than is in stock is refused', async () => {
    const { products } = await shop.call('listProducts', { query: { limit: '100' } });
    const scarce = products.find(({ stock }) => stock < MAX_QUANTITY);
    expect(scarce !== undefined, `Every product has ${MAX_QUANTITY} or more in stock, so none can be ordered beyond it.`);
    const quote = await shop.send('createQuote', { body: { lines: [{ productId: scarce.productId, quantity: MAX_QUANTITY }], shippingCountry: 'DE' } });
    if (quote.status === 409) return;
    const { quoteId } = Quote.parse(await quote.json());
    await shop.refusal('submitOrder', { token, idempotencyKey: randomUUID(), body: { quoteId, shippingAddress, paymentMethod: 'pm_card_visa' } }, 409, 'out-of-stock');
  });
  await checks.check('customers find their own orders and nobody else does', async () => {
    const { accepted } = orderOrFail();
    const pathParameters = { orderId: accepted.orderId };
    const own = await shop.call('getOrder', { token, pathParameters });
    expect(own.orderId === accepted.orderId, `Asked for ${accepted.orderId}, got ${own.orderId}.`);
    const { orders } = await shop.call('listOrders', { token });
    expect(orders.some(({ orderId }) => orderId === accepted.orderId), 'It is not in the list of orders.');
    await shop.refusal('getOrder', { token: stranger.accessToken, pathParameters }, 404, 'order-not-found');
  });
  await checks.check('an id token opens nothing', async () => {
    const { status } = await shop.send('listOrders', { token: shopper.idToken });
    expect(status === 401 || status === 403, `With an id token, GET /api/orders answered ${status}.`);
  });
  await checks.check('the API does not answer past CloudFront', () => apiPastTheEdge.refusal('listProducts', {}, 403, 'not-through-the-edge'));
  return order?.accepted;
}

async function expectStored({ tables, ordersTable }: OrderChecksProps, stock: Stock, order: Order): Promise<void> {
  const { Item: item } = await tables.send(new GetCommand({ TableName: ordersTable, Key: { orderId: order.orderId }, ConsistentRead: true }));
  expect(item !== undefined, `Order ${order.orderId} is not in the table.`);
  const stored = OrderEvent.parse(item);
  expect(stored.total.amount === order.total.amount, `The stored total is ${stored.total.amount}, the answer's ${order.total.amount}.`);
  expect(stored.synthetic, 'It is not marked as synthetic, so reports would count it.');
  for (const { productId } of order.lines) {
    const left = await stock.of(productId);
    expect(left >= 0, `The stock of ${productId} is ${left}.`);
  }
}
