import * as z from 'zod/mini';
import { CustomerId } from './ids';
import { OrderSummary } from './order';
import { OrderStatus } from './order-status';
import { pageQuery } from './page';
import { searchText } from './search';

const ordersQuery = { ...pageQuery, q: z._default(searchText, '') };

/** `GET /api/search/orders`: one's own, by words of what was ordered or by the beginning of an order's number. Without `q` all of them, newest first. */
export const OwnOrdersSearchQuery = z.strictObject(ordersQuery);
export type OwnOrdersSearchQuery = z.infer<typeof OwnOrdersSearchQuery>;

/** An order as the index knows it: its own page may have moved on by a second. */
export const OrderHit = z.object({ ...OrderSummary.shape, products: z.array(z.string()) });
export type OrderHit = z.infer<typeof OrderHit>;

export const OrderHitPage = z.object({ orders: z.array(OrderHit), total: z.int().check(z.gte(0)), nextCursor: z.optional(z.string()) });
export type OrderHitPage = z.infer<typeof OrderHitPage>;

/** `GET /api/operators/orders`: besides, by the recipient's name, the address mails go to, or the tracking number. Synthetic ones only when asked for. */
export const OrdersSearchQuery = z.strictObject({ ...ordersQuery, status: z.optional(OrderStatus), synthetic: z.optional(z.literal('include', 'must be include or absent')) });
export type OrdersSearchQuery = z.infer<typeof OrdersSearchQuery>;

export const OperatorOrderHit = z.object({ ...OrderHit.shape, customerId: CustomerId, recipient: z.string(), email: z.optional(z.string()), trackingNumber: z.optional(z.string()), synthetic: z.boolean() });
export type OperatorOrderHit = z.infer<typeof OperatorOrderHit>;

export const OperatorOrderHitPage = z.object({ ...OrderHitPage.shape, orders: z.array(OperatorOrderHit) });
export type OperatorOrderHitPage = z.infer<typeof OperatorOrderHitPage>;
