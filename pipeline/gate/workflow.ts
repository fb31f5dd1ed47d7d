import { randomUUID } from 'node:crypto';
import pRetry from 'p-retry';
import type { Order, OrderWithAction } from '../../contracts/order';
import type { TimelineEvent } from '../../contracts/order-status';
import { expect, type Checks } from './checks';
import { shippingAddress, type OrderChecksProps, type OrderPlan } from './orders';
import { expectStockBack, Stock } from './stock';

/** Stripe's test methods (https://docs.stripe.com/testing): live mode refuses them. */
const CARDS = { good: 'pm_card_visa', declined: 'pm_card_chargeDeclined', secondFactor: 'pm_card_authenticationRequired' } as const;

/** Longer than the workflow's own patience with a provider that does not answer. */
const PATIENCE_MS = 8 * 60_000;

/** Follows synthetic orders to their end: the accepted one, which is paid; a declined, a cancelled, and one that needs the customer's second factor. */
export async function checkWorkflow(checks: Checks, props: OrderChecksProps, order: Order | undefined): Promise<void> {
  const stock = new Stock(props);
  await checks.check('a paid order is shipped, captured and confirmed', async () => {
    expect(order !== undefined, 'There is no order to follow: it was not accepted.');
    const ended = await until(props, order, ({ status }) => !isUnderWay(status), 'is confirmed');
    expect(['CONFIRMED', 'HANDED_OVER', 'DELIVERED'].includes(ended.status), `It ended as ${ended.status}: ${told(ended)}.`);
    expect(ended.payment.captured.amount === order.total.amount, `${ended.payment.captured.amount} were captured of ${order.total.amount}.`);
    expectInOrder(ended, ['ACCEPTED', 'PAYMENT_AUTHORIZED', 'SHIPMENT_BOOKED', 'PAYMENT_CAPTURED', 'CONFIRMED']);
  });

  await checks.check('a declined order costs nothing and gives its goods back', async () => {
    await expectStockBack(stock, async (productId) => {
      const order = await place(props, productId, CARDS.declined, 'is declined');
      const ended = await until(props, order, ({ status }) => status === 'PAYMENT_DECLINED', 'is declined');
      expect(ended.payment.captured.amount === 0, `${ended.payment.captured.amount} were captured.`);
    });
  });

  await checks.check('an order that is cancelled after it was paid is refunded and gives its goods back', async () => {
    await expectStockBack(stock, async (productId) => {
      const order = await place(props, productId, CARDS.good, 'is cancelled');
      await until(props, order, ({ status }) => !isUnderWay(status), 'is confirmed');
      await cancel(props, order);
      const ended = await until(props, order, ({ status }) => status === 'CANCELLED', 'is cancelled');
      expect(ended.payment.refunded.amount === ended.payment.captured.amount, `${ended.payment.refunded.amount} of ${ended.payment.captured.amount} were refunded.`);
    });
  });

  // Cancelled, because only a browser passes the page on which a bank asks for it.
  await checks.check('an order that needs a second factor says what with, and ends when it is cancelled', async () => {
    await expectStockBack(stock, async (productId) => {
      const order = await place(props, productId, CARDS.secondFactor, 'is cancelled');
      const waiting = await until(props, order, ({ action }) => action !== undefined, 'asks for the second factor');
      expect(waiting.status === 'ACTION_REQUIRED' && (waiting.action?.clientSecret.length ?? 0) > 0, `It is ${waiting.status} without anything to confirm it with.`);
      await cancel(props, order);
      const ended = await until(props, order, ({ status }) => status === 'CANCELLED', 'is cancelled');
      expect(ended.payment.captured.amount === 0, `${ended.payment.captured.amount} were captured.`);
    });
  });
}

const isUnderWay = (status: OrderWithAction['status']): boolean => ['ACCEPTED', 'ACTION_REQUIRED', 'PAYMENT_AUTHORIZED', 'SHIPMENT_BOOKED', 'PAYMENT_CAPTURED', 'UNDOING'].includes(status);

async function place({ shop, shopper, onAccepted }: OrderChecksProps, productId: string, paymentMethod: string, plan: OrderPlan): Promise<Order> {
  const quote = await shop.call('createQuote', { body: { lines: [{ productId, quantity: 1 }], shippingCountry: 'DE' } });
  const body = { quoteId: quote.quoteId, shippingAddress, email: shopper.email, paymentMethod };
  const at = Date.now();
  const order = await shop.call('submitOrder', { token: shopper.accessToken, idempotencyKey: randomUUID(), body });
  onAccepted({ id: order.orderId, at }, plan);
  return order;
}

const cancel = ({ shop, shopper }: OrderChecksProps, { orderId }: Pick<OrderWithAction, 'orderId'>) =>
  shop.call('cancelOrder', { token: shopper.accessToken, pathParameters: { orderId }, body: { reason: 'Synthetic' } });

/** @throws Error that says how far the order came */
function until({ shop, shopper }: OrderChecksProps, { orderId }: Pick<OrderWithAction, 'orderId'>, holds: (order: OrderWithAction) => boolean, what: string): Promise<OrderWithAction> {
  const deadline = Date.now() + PATIENCE_MS;
  return pRetry(
    async () => {
      const order = await shop.call('getOrder', { token: shopper.accessToken, pathParameters: { orderId } });
      expect(holds(order), `Order ${orderId} never ${what}; it is ${order.status}: ${told(order)}.`);
      return order;
    },
    { retries: 1_000, minTimeout: 300, maxTimeout: 5_000, factor: 1.3, shouldRetry: () => Date.now() < deadline },
  );
}

const told = ({ timeline }: OrderWithAction): string => timeline.map(({ event, detail }) => (detail ? `${event} (${detail})` : event)).join(', ');

function expectInOrder(order: OrderWithAction, events: readonly TimelineEvent[]): void {
  const found = order.timeline.map(({ event }) => event).filter((event) => events.includes(event));
  expect(found.join() === events.join(), `Its timeline is ${told(order)}.`);
}
