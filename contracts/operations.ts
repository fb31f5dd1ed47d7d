import * as z from 'zod/mini';
import { ProductId } from './ids';
import { Instant } from './instant';
import { Money } from './money';
import { CustomerAction, OrderEvent } from './order';
import { Concern, MailName, OrderRecord, Undoing } from './order-record';
import { OrderStatus } from './order-status';
import { pageQuery } from './page';
import { textLine } from './text';

/** The group of the user pool whose members may call the routes below `/api/operators`. */
export const OPERATORS_GROUP = 'operators';

/** An order as operators see it: all there is, but for what the customer alone may pay with. */
export const OperatorOrder = z.object({
  ...OrderEvent.shape,
  language: OrderRecord.shape.language,
  payment: OrderRecord.shape.payment,
  action: z.optional(z.pick(CustomerAction, { before: true })),
  cancellation: OrderRecord.shape.cancellation,
  undoing: OrderRecord.shape.undoing,
  undone: OrderRecord.shape.undone,
  concerns: OrderRecord.shape.concerns,
  acts: OrderRecord.shape.acts,
});
export type OperatorOrder = z.infer<typeof OperatorOrder>;

/** One attempt at a step: what was answered, or what went wrong. Texts are cut at 2,000 characters. */
export const StepAttempt = z.object({
  startedAt: Instant,
  endedAt: z.optional(Instant),
  outcome: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT']),
  /** By the name that the state machine knows: `States.Http.StatusCode.503`. */
  error: z.optional(z.string()),
  /** What the function, the carrier or AWS said, as text; mostly JSON. */
  answer: z.optional(z.string()),
});
export type StepAttempt = z.infer<typeof StepAttempt>;

/** A task of a state machine, as often as the execution came by it. */
export const ExecutionStep = z.object({ name: z.string(), enteredAt: Instant, leftAt: z.optional(Instant), attempts: z.array(StepAttempt) });
export type ExecutionStep = z.infer<typeof ExecutionStep>;

export const OrderExecution = z.object({
  machine: z.enum(['ProcessOrder', 'UndoOrder', 'TellCustomer']),
  name: z.string(),
  status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']),
  startedAt: Instant,
  endedAt: z.optional(Instant),
  error: z.optional(z.string()),
  cause: z.optional(z.string()),
  /** Whether `retry` goes on with it: failed, and not longer than 14 days ago. */
  retriable: z.boolean(),
  steps: z.array(ExecutionStep),
  /** There is more in its history than is shown. */
  cut: z.boolean(),
});
export type OrderExecution = z.infer<typeof OrderExecution>;

/** `GET /api/operators/orders/{orderId}`. Step Functions forgets executions 90 days after their end. */
export const OperatorOrderWithExecutions = z.object({ ...OperatorOrder.shape, executions: z.array(OrderExecution) });
export type OperatorOrderWithExecutions = z.infer<typeof OperatorOrderWithExecutions>;

/** `GET /api/operators/attention`, oldest order first. */
export const AttentionQuery = z.strictObject(pageQuery);
export type AttentionQuery = z.infer<typeof AttentionQuery>;

export const OrderInNeed = z.object({
  orderId: OrderEvent.shape.orderId,
  status: OrderStatus,
  total: Money,
  createdAt: Instant,
  synthetic: z.boolean(),
  concerns: z.array(Concern),
});
export type OrderInNeed = z.infer<typeof OrderInNeed>;

export const AttentionPage = z.object({ orders: z.array(OrderInNeed), nextCursor: z.optional(z.string()) });
export type AttentionPage = z.infer<typeof AttentionPage>;

const reason = textLine(200);

/** `POST /api/operators/orders/{orderId}/refunds`: these pieces, or all that the customer has left. */
export const RefundRequest = z.strictObject({
  lines: z.optional(z.array(z.strictObject({ productId: ProductId, quantity: z.int().check(z.gte(1), z.lte(1_000)) })).check(z.minLength(1), z.maxLength(50))),
  goods: Undoing.shape.goods,
  reason,
});
export type RefundRequest = z.infer<typeof RefundRequest>;

/** `POST /api/operators/orders/{orderId}/retry`. */
export const RetryRequest = z.strictObject({ reason });

/** `POST /api/operators/orders/{orderId}/mails`. `undone` tells of the undoing that is named, or of the last one. */
export const ResendMailRequest = z.strictObject({ mail: MailName, undoingId: z.optional(Undoing.shape.undoingId), reason });
export type ResendMailRequest = z.infer<typeof ResendMailRequest>;

/** `POST /api/operators/orders/{orderId}/attend`: it has been looked at, and goes off the list. */
export const AttendRequest = z.strictObject({ note: reason });
