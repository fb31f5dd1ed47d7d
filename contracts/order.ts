import * as z from 'zod/mini';
import { CustomerId, IdempotencyKey, OrderId, QuoteId } from './ids';
import { Instant } from './instant';
import { Money } from './money';
import { pageQuery } from './page';
import { CountryCode, PricedLine, Totals } from './quote';
import { textLine } from './text';

export const ShippingAddress = z.strictObject({
  name: textLine(100),
  line1: textLine(100),
  line2: z.optional(textLine(100)),
  postalCode: textLine(16),
  city: textLine(80),
  region: z.optional(textLine(80)),
  country: CountryCode,
});
export type ShippingAddress = z.infer<typeof ShippingAddress>;

/** `POST /api/orders`. Lines and prices are those of the quote; the customer is the token's `sub`. */
export const SubmitOrderRequest = z.strictObject({
  quoteId: QuoteId,
  shippingAddress: ShippingAddress,
  email: z.optional(z.email('must be an e-mail address').check(z.maxLength(254))),
});
export type SubmitOrderRequest = z.infer<typeof SubmitOrderRequest>;

/** An order is ACCEPTED when it is stored; the workflow that follows the table's stream sets the others. */
export const ORDER_STATUSES = ['ACCEPTED', 'PAYMENT_AUTHORIZED', 'HANDED_TO_CARRIER', 'PAYMENT_CAPTURED', 'CONFIRMED', 'CANCELLED'] as const;
export const OrderStatus = z.enum(ORDER_STATUSES);
export type OrderStatus = z.infer<typeof OrderStatus>;

export const TimelineEntry = z.object({ at: Instant, status: OrderStatus, detail: z.optional(z.string().check(z.maxLength(500))) });
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** An order as its customer sees it. */
export const Order = z.object({
  orderId: OrderId,
  quoteId: QuoteId,
  status: OrderStatus,
  lines: z.array(PricedLine),
  ...Totals.shape,
  shippingAddress: ShippingAddress,
  email: z.optional(z.string()),
  timeline: z.array(TimelineEntry),
  createdAt: Instant,
  updatedAt: Instant,
  version: z.int().check(z.gte(1)),
});
export type Order = z.infer<typeof Order>;

/** One row of a customer's list; `itemCount` is the sum of the quantities. */
export const OrderSummary = z.object({
  orderId: OrderId,
  status: OrderStatus,
  itemCount: z.int().check(z.gte(1)),
  total: Money,
  createdAt: Instant,
});
export type OrderSummary = z.infer<typeof OrderSummary>;

/** `GET /api/orders/{orderId}`. */
export const OrderPath = z.strictObject({ orderId: OrderId });

/** `GET /api/orders`, newest first. */
export const ListOrdersQuery = z.strictObject(pageQuery);
export type ListOrdersQuery = z.infer<typeof ListOrdersQuery>;

export const OrderPage = z.object({ orders: z.array(OrderSummary), nextCursor: z.optional(z.string()) });
export type OrderPage = z.infer<typeof OrderPage>;

/**
 * An order as stored, and so the order event: what a reader of the orders table's stream finds as the new image.
 * `version` tells the newer of two events of one order. `synthetic` marks the gate's own shoppers: such an order is
 * followed into every sink and counted in none. `idempotencyKey` travels on to payment, shipment and mail.
 */
export const OrderEvent = z.object({
  ...Order.shape,
  customerId: CustomerId,
  idempotencyKey: IdempotencyKey,
  itemCount: z.int().check(z.gte(1)),
  synthetic: z.boolean(),
});
export type OrderEvent = z.infer<typeof OrderEvent>;
