import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderChecksProps } from '../orders';
import type { Sink } from './sink';

/** Where the shop keeps its orders. */
export const orderTable = ({ tables, ordersTable }: OrderChecksProps): Sink => ({
  from: 'order',
  to: 'table',
  deadlineSeconds: 60,
  find: (ids) => those(ids, async (orderId) => (await tables.send(new GetCommand({ TableName: ordersTable, Key: { orderId }, ConsistentRead: true }))).Item !== undefined),
});

/** What the shopper finds of their own orders by searching. */
export const ownOrderSearch = ({ shop, shopper }: Pick<OrderChecksProps, 'shop' | 'shopper'>): Sink => ({
  from: 'order',
  to: 'search',
  deadlineSeconds: 120,
  async find(ids) {
    const { orders } = await shop.call('searchOwnOrders', { token: shopper.accessToken, query: { limit: '100' } });
    return ids.filter((id) => orders.some(({ orderId }) => orderId === id));
  },
});

/** The mail that confirms a paid order, as SES tells of its delivery. */
export const confirmation = ({ shop, shopper }: OrderChecksProps): Sink => ({
  from: 'order',
  to: 'mail',
  // Payment, carrier and SES each have minutes of their own.
  deadlineSeconds: 480,
  find: (ids) =>
    those(ids, async (orderId) => {
      const { timeline } = await shop.call('getOrder', { token: shopper.accessToken, pathParameters: { orderId } });
      return timeline.some(({ event, detail }) => event === 'MAIL_DELIVERED' && detail === 'confirmation');
    }),
});

/** @returns the ids for which something is there, each asked for on its own */
export async function those(ids: readonly string[], isThere: (id: string) => Promise<boolean>): Promise<string[]> {
  const found = await Promise.all(ids.map(isThere));
  return ids.filter((_, at) => found[at]);
}
