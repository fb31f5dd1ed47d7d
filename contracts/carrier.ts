import * as z from 'zod/mini';
import { IdempotencyKey, OrderId, ProductId } from './ids';
import { Instant } from './instant';
import { Money } from './money';
import { ShippingAddress } from './address';
import { textLine } from './text';

/** Sent with every call; its value is the shop's key at the carrier. */
export const CARRIER_API_KEY_HEADER = 'x-api-key';

const Content = z.object({
  description: textLine(100),
  sku: ProductId,
  quantity: z.int().check(z.gte(1)),
  unitValue: Money,
});

/**
 * `PUT /v1/shipments/{reference}`. The reference is the order's id: whoever repeats the call books nothing twice, and
 * can recall what an unanswered call may have booked.
 */
export const ShipmentRequest = z.object({
  recipient: z.object({ ...ShippingAddress.shape, email: z.optional(z.email().check(z.maxLength(254))) }),
  parcels: z.array(z.object({ contents: z.array(Content).check(z.minLength(1)) })).check(z.minLength(1)),
  /** What the goods are worth, without shipping and tax: for customs and insurance. */
  value: Money,
  idempotencyKey: z.optional(IdempotencyKey),
});
export type ShipmentRequest = z.infer<typeof ShipmentRequest>;

/**
 * BOOKED: the data is there; ACCEPTED: it will be fetched; HANDED_OVER: the carrier has the parcels; RECALLED: it will
 * never be fetched, which is also the answer for a reference that was recalled before it was booked.
 */
export const SHIPMENT_STATUSES = ['BOOKED', 'ACCEPTED', 'HANDED_OVER', 'DELIVERED', 'RETURNED', 'RECALLED'] as const;
export const ShipmentStatus = z.enum(SHIPMENT_STATUSES);
export type ShipmentStatus = z.infer<typeof ShipmentStatus>;

export const Shipment = z.object({
  reference: OrderId,
  shipmentId: z.string(),
  trackingNumber: z.string(),
  status: ShipmentStatus,
  createdAt: Instant,
  updatedAt: Instant,
});
export type Shipment = z.infer<typeof Shipment>;

/** `GET /v1/shipments?updatedSince=&cursor=`, oldest change first. */
export const ListShipmentsQuery = z.strictObject({ updatedSince: z.optional(Instant), cursor: z.optional(z.string()) });
export const ShipmentPage = z.object({ shipments: z.array(Shipment), nextCursor: z.optional(z.string()) });
export type ShipmentPage = z.infer<typeof ShipmentPage>;

/**
 * `PUT /v1/callback-endpoints/{id}` with a `url` answers with the secret that its callbacks are signed with;
 * `POST /v1/callback-endpoints/{id}/secret` with another one. For three days they are then signed with both.
 */
export const CallbackEndpointRequest = z.strictObject({ url: z.url({ protocol: /^https?$/ }) });
export const CallbackEndpoint = z.object({ id: z.string(), url: z.url(), secret: z.string() });
export type CallbackEndpoint = z.infer<typeof CallbackEndpoint>;

export const CARRIER_EVENTS = ['shipment.accepted', 'shipment.handed_over', 'shipment.delivered', 'shipment.returned'] as const;

/** A callback, signed as in https://www.standardwebhooks.com; it may come twice, late and out of order. */
export const CarrierEvent = z.object({ type: z.enum(CARRIER_EVENTS), occurredAt: Instant, shipment: Shipment });
export type CarrierEvent = z.infer<typeof CarrierEvent>;

/** What the carrier refuses with, an RFC 9457 document whose `type` is `/problems/<name>`, and its HTTP status. */
export const CARRIER_PROBLEMS = {
  'api-key-invalid': { status: 401, title: 'The API key is missing or unknown' },
  'shipment-not-found': { status: 404, title: 'There is no such shipment' },
  'callback-endpoint-not-found': { status: 404, title: 'There is no such callback endpoint' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'reference-reused': { status: 409, title: 'The reference was used for another shipment' },
  'shipment-recalled': { status: 409, title: 'The shipment was recalled' },
  'already-handed-over': { status: 409, title: 'The carrier already has the parcels' },
  'address-refused': { status: 422, title: 'The carrier does not deliver to this address' },
  'invalid-body': { status: 422, title: 'The body does not fit the contract' },
  'invalid-parameter': { status: 422, title: 'A parameter of the request is not valid' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'The carrier is not available' },
} as const satisfies Record<string, { status: number; title: string }>;
export type CarrierProblemCode = keyof typeof CARRIER_PROBLEMS;

/** `status` of a shipment stands beside the problem's own members as `shipmentStatus`. */
export const CarrierProblem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  shipmentStatus: z.optional(ShipmentStatus),
});
export type CarrierProblem = z.infer<typeof CarrierProblem>;
