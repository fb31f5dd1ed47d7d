import * as z from 'zod/mini';
import { ProductId } from './ids';
import { Instant } from './instant';
import { CustomerAction, OrderEvent, OrderLanguage, OrderPayment, PaymentMethod } from './order';
import { OrderStatus, UndoingReason } from './order-status';

/** Who did something: a customer or an operator by their user's id, or the shop itself. */
export const Actor = z.string().check(z.regex(/^(customer|operator):.+$|^(workflow|carrier|payment-provider|reconcile)$/));
export type Actor = z.infer<typeof Actor>;

/**
 * What is to be undone of an order, or has been: which lines the customer does not keep, and whether they go back into
 * stock. At most one is under way at a time.
 */
export const Undoing = z.object({
  /** Ends the name of the execution that does it. Unique within the order. */
  undoingId: z.string().check(z.regex(/^[a-z0-9-]{1,36}$/)),
  reason: UndoingReason,
  /** In words, for the customer and the operators. */
  detail: z.optional(z.string().check(z.maxLength(500))),
  by: Actor,
  requestedAt: Instant,
  lines: z.array(z.object({ productId: ProductId, quantity: z.int().check(z.gte(1)) })),
  /** Whether what comes back can be sold again. */
  goods: z.enum(['RESTOCK', 'WRITE_OFF']),
  /** Whether the carrier may have been told to fetch the parcels, and has to be told not to. */
  parcels: z.enum(['RECALL', 'LEAVE']),
  /** The order's status once everything is undone: the reason, or what it was where only some lines are. */
  becomes: OrderStatus,
  /** What its status was, and is again when the carrier does not give the parcels back. */
  from: OrderStatus,
});
export type Undoing = z.infer<typeof Undoing>;

export const Cancellation = z.object({ requestedAt: Instant, by: Actor, detail: z.optional(z.string()) });

export const CONCERNS = ['UNDOING_FAILED', 'PROCESSING_FAILED', 'MAIL_FAILED', 'MAIL_BOUNCED', 'RECALL_REFUSED', 'PAYMENT_DISPUTED', 'OUT_OF_STEP', 'OVERDUE'] as const;
/** Something that a person has to look at. */
export const Concern = z.object({ at: Instant, kind: z.enum(CONCERNS), detail: z.string().check(z.maxLength(500)) });
export type Concern = z.infer<typeof Concern>;

/** What customers are told of by mail. */
export const MAILS = ['confirmation', 'handed-over', 'delivered', 'undone', 'cancellation-too-late'] as const;
export const MailName = z.enum(MAILS);
export type MailName = z.infer<typeof MailName>;

/** What an operator did to an order, and why. */
export const Act = z.object({
  at: Instant,
  by: Actor,
  act: z.enum(['REFUND', 'RETRY', 'RESEND_MAIL', 'ATTEND']),
  why: z.string().check(z.maxLength(500)),
  /** What it was done to: the refund's id, the executions that went on, the mail. */
  subject: z.optional(z.string()),
});
export type Act = z.infer<typeof Act>;

/**
 * An order as the orders table keeps it: the order event, which is all that other readers of the stream may rely on,
 * and what the workflow needs besides. Loose, so that a writer leaves alone what a later release has added.
 */
export const OrderRecord = z.looseObject({
  ...OrderEvent.shape,
  language: OrderLanguage,
  paymentMethod: PaymentMethod,
  payment: z.object({ ...OrderPayment.shape, intentId: z.optional(z.string()) }),
  action: z.optional(CustomerAction),
  /** Asked for while the workflow was at work, which stops at its next step. */
  cancellation: z.optional(Cancellation),
  undoing: z.optional(Undoing),
  undone: z.array(Undoing),
  concerns: z.array(Concern),
  acts: z.array(Act),
  /** Names of what a state machine has written, where nothing else of the order shows that it is not to be written again. */
  written: z.optional(z.array(z.string())),
  /** The partition of the index `by-work` that an order stands in while it is not settled: one of the shards, or ATTENTION. */
  work: z.optional(z.string()),
});
export type OrderRecord = z.infer<typeof OrderRecord>;

/** Orders that a person has to look at. */
export const NEEDS_ATTENTION = 'ATTENTION';
const SHARDS = '0123456789abcdef'.split('');
/** Open orders, spread by the last digit of their id, so that no partition of the index takes every write. */
export const OPEN_SHARDS: readonly string[] = SHARDS.map((shard) => `OPEN#${shard}`);
export const openShardOf = (orderId: string): string => `OPEN#${orderId.at(-1)?.toLowerCase() ?? '0'}`;
