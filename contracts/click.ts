import * as z from 'zod/mini';
import { CustomerId, OrderId, ProductId } from './ids';
import { Instant } from './instant';
import { Money } from './money';
import { RecommendationId } from './recommendation';
import { textLine } from './text';

export const CLICK_TYPES = [
  'View',
  'AddToCart',
  'UpdateQuantity',
  'ViewCart',
  'StartCheckout',
  'Purchase',
  'Search',
  'RecommendationShown',
  'RecommendationClicked',
] as const;
export const ClickType = z.enum(CLICK_TYPES);
export type ClickType = z.infer<typeof ClickType>;

type ClickField = 'productId' | 'orderId' | 'quantity' | 'searchText' | 'recommendationId';

/**
 * What an event of each type tells besides what all of them do. A Purchase stands for one line of an order: without its
 * product it counts in the funnel and teaches nobody what to recommend.
 */
export const REQUIRED_OF_TYPE: Readonly<Record<ClickType, readonly ClickField[]>> = {
  View: ['productId'],
  AddToCart: ['productId'],
  UpdateQuantity: ['productId', 'quantity'],
  ViewCart: [],
  StartCheckout: [],
  Purchase: ['orderId'],
  Search: ['searchText'],
  RecommendationShown: ['recommendationId', 'productId'],
  RecommendationClicked: ['recommendationId', 'productId'],
};

/** One thing a visitor did, as the browser tells it. Who they are is never told by the browser. */
export const Click = z
  .strictObject({
    eventId: z.uuidv7(),
    type: ClickType,
    eventTime: Instant,
    anonymousId: z.uuid(),
    sessionId: z.uuid(),
    page: z.string().check(z.maxLength(500), z.startsWith('/')),
    productId: z.optional(ProductId),
    quantity: z.optional(z.int().check(z.gte(0), z.lte(99))),
    price: z.optional(Money),
    orderId: z.optional(OrderId),
    searchText: z.optional(textLine(200)),
    recommendationId: z.optional(RecommendationId),
    synthetic: z._default(z.boolean(), false),
  })
  .check(
    z.superRefine((click, context) => {
      for (const field of REQUIRED_OF_TYPE[click.type]) {
        if (click[field] === undefined) context.addIssue({ code: 'custom', path: [field], message: `is required of ${click.type}` });
      }
    }),
  );
export type Click = z.infer<typeof Click>;

/** A page may have been away from the network for days; a clock that is wrong by more is not believed. */
export const MAX_CLICK_AGE_MS = 7 * 24 * 60 * 60_000;
/** A visitor's clock may be ahead of the shop's. */
export const MAX_CLICK_LEAD_MS = 10 * 60_000;

/** `POST /api/clicks`. The events are judged one by one, so that a bad one does not cost its neighbours. */
export const ClickBatch = z.strictObject({ events: z.array(z.unknown()).check(z.minLength(1), z.maxLength(100)) });
export type ClickBatch = z.infer<typeof ClickBatch>;

/** 202: how many were taken, and which were not, by their index in the batch. */
export const ClicksTaken = z.object({
  accepted: z.int().check(z.gte(0)),
  refused: z.array(z.object({ index: z.int().check(z.gte(0)), reason: z.string() })),
});
export type ClicksTaken = z.infer<typeof ClicksTaken>;

/** A click as it travels through the stream: stamped by the server, with the user of a verified token. */
export const ClickEvent = z.object({ ...Click.shape, synthetic: z.boolean(), receiveTime: Instant, userId: z.optional(CustomerId) });
export type ClickEvent = z.infer<typeof ClickEvent>;
