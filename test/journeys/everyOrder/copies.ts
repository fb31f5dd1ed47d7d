import type { Shop } from '../../../pipeline/gate/shop';
import type { Warehouse } from '../warehouse';

/** The status of each order, by its id. */
export type Statuses = ReadonlyMap<string, string>;

/** What is known of orders where they are read besides their table. */
export class Copies {
  constructor(
    private readonly shop: Shop,
    private readonly operatorToken: string,
    private readonly warehouse: Warehouse,
  ) {}

  /** As operators find them. @throws Error when search is away */
  async search(): Promise<Statuses> {
    const found = new Map<string, string>();
    let cursor: string | undefined;
    do {
      const query = { limit: '100', synthetic: 'include', ...(cursor !== undefined && { cursor }) };
      const page = await this.shop.call('searchOrders', { token: this.operatorToken, query });
      for (const { orderId, status } of page.orders) found.set(orderId, status);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return found;
  }

  /** As reports count them. @throws Error when Redshift is away */
  async redshift(): Promise<Statuses> {
    const rows = await this.warehouse.rows('SELECT order_id, status FROM shop.orders');
    return new Map(rows.map(({ order_id: orderId, status }) => [String(orderId), String(status)]));
  }
}

/** How many orders a copy does not have as they are. */
export const behind = (copy: Statuses, orders: Statuses): number => [...orders].filter(([orderId, status]) => copy.get(orderId) !== status).length;
