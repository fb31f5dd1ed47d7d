import * as z from 'zod/mini';
import { ShippingAddress } from './address';
import { ShipmentStatus } from './carrier';
import { CustomerId, IdempotencyKey, OrderId, QuoteId } from './ids';
import { Instant } from './instant';
import { LANGUAGES } from './language';
import { Money } from './money';
import { OrderStatus, TimelineEvent } from './order-status';
import { pageQuery } from './page';
import { PricedLine, Totals } from './quote';
import { textLine } from './text';

/**
 * How the customer pays, as the payment provider named it to the browser: a confirmation token of Stripe.js. In test
 * mode also one of Stripe's test methods (`pm_card_visa`), which live mode does not know.
 */
export const PaymentMethod = z
  .string()
  .check(z.maxLength(128), z.regex(/^(ctoken|pm)_[A-Za-z0-9_]+$/, "must be a confirmation token of the payment provider's"))
  .brand<'PaymentMethod'>();
export type PaymentMethod = z.infer<typeof PaymentMethod>;

/** The language that the customer is written to in. Orders from before it was asked for are English. */
export const OrderLanguage = z._default(z.enum(LANGUAGES), 'en');

/** `POST /api/orders`. Lines and prices are those of the quote; the customer is the token's `sub`. */
export const SubmitOrderRequest = z.strictObject({
  quoteId: QuoteId,
  shippingAddress: ShippingAddress,
  email: z.optional(z.email('must be an e-mail address').check(z.maxLength(254))),
  paymentMethod: PaymentMethod,
  language: OrderLanguage,
});
export type SubmitOrderRequest = z.infer<typeof SubmitOrderRequest>;

/** One thing that happened, in the order in which the shop learnt of it. `detail` is for the customer's eyes too. */
export const TimelineEntry = z.object({ at: Instant, event: TimelineEvent, detail: z.optional(z.string().check(z.maxLength(500))) });
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const PAYMENT_STATUSES = ['PENDING', 'ACTION_REQUIRED', 'AUTHORIZED', 'CAPTURED', 'VOIDED', 'DECLINED'] as const;

/** What has become of the money: `captured` − `refunded` is what the shop keeps. */
export const OrderPayment = z.object({
  status: z.enum(PAYMENT_STATUSES),
  captured: Money,
  refunded: Money,
  /** Stripe's: `insufficient_funds`. */
  declineCode: z.optional(z.string()),
});
export type OrderPayment = z.infer<typeof OrderPayment>;

export const OrderShipment = z.object({ trackingNumber: z.string(), status: ShipmentStatus });
export type OrderShipment = z.infer<typeof OrderShipment>;

/** What the customer has to do and with what: `stripe.handleNextAction({ clientSecret })` in the browser. */
export const CustomerAction = z.object({ clientSecret: z.string(), before: Instant });
export type CustomerAction = z.infer<typeof CustomerAction>;

/** An order as its customer sees it. */
export const Order = z.object({
  orderId: OrderId,
  quoteId: QuoteId,
  status: OrderStatus,
  lines: z.array(PricedLine),
  ...Totals.shape,
  shippingAddress: ShippingAddress,
  email: z.optional(z.string()),
  language: OrderLanguage,
  payment: OrderPayment,
  shipment: z.optional(OrderShipment),
  timeline: z.array(TimelineEntry),
  createdAt: Instant,
  updatedAt: Instant,
  version: z.int().check(z.gte(1)),
});
export type Order = z.infer<typeof Order>;

/** `GET /api/orders/{orderId}`: with `action` while the payment needs the customer. */
export const OrderWithAction = z.object({ ...Order.shape, action: z.optional(CustomerAction) });
export type OrderWithAction = z.infer<typeof OrderWithAction>;

/** `POST /api/orders/{orderId}/cancel`. */
export const CancelOrderRequest = z.strictObject({ reason: z.optional(textLine(200)) });
export type CancelOrderRequest = z.infer<typeof CancelOrderRequest>;

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
 * An order as stored, and so the order event: what a reader of the orders table's stream finds as the new image, but for
 * the language, which only mails are about.
 * `version` tells the newer of two events of one order. `synthetic` marks the gate's own shoppers: such an order is
 * followed into every sink and counted in none. `idempotencyKey` travels on to payment, shipment and mail.
 */
export const OrderEvent = z.object({
  ...z.omit(Order, { language: true }).shape,
  customerId: CustomerId,
  idempotencyKey: IdempotencyKey,
  itemCount: z.int().check(z.gte(1)),
  synthetic: z.boolean(),
});
export type OrderEvent = z.infer<typeof OrderEvent>;
