import type { OrderId } from '../../../contracts/ids';
import { OperatorOrder } from '../../../contracts/operations';
import type { ResendMailRequest } from '../../../contracts/operations';
import type { Actor, OrderRecord } from '../../../contracts/order-record';
import { ProblemError } from '../../shared/problem-error';
import type { MailRequest } from '../mail/mailing';
import { acted, attendedTo } from '../order-changes';
import type { WorkflowOrders } from '../orders-table';
import type { StateMachines } from '../state-machines';
import type { ExecutionLog } from './execution-log';
import { executionsOf, foundOrder, resentMailName } from './order-view';

type Orders = Pick<WorkflowOrders, 'find' | 'change'>;

/** Who acts on which order, and why. */
export interface ByOperator {
  readonly operator: Actor;
  readonly orderId: OrderId;
  readonly why: string;
}

/**
 * Goes on with every execution of the order that has failed, where it failed. Every step may be repeated.
 * @throws ProblemError `order-not-found`, `nothing-to-retry`
 */
export async function retryOrder({ orders, log }: { readonly orders: Orders; readonly log: Pick<ExecutionLog, 'find' | 'redrive'> }, { operator, orderId, why }: ByOperator): Promise<OperatorOrder> {
  const order = await foundOrder(orders, orderId);
  const executions = await Promise.all(executionsOf(order).map((execution) => log.find(execution)));
  const failed = executions.flatMap((execution) => (execution?.retriable ? [execution] : []));
  if (failed.length === 0) throw new ProblemError('nothing-to-retry');
  // Written down first: what was tried is to be known also when the trying fails.
  const recorded = await orders.change(orderId, acted({ by: operator, act: 'RETRY', why, subject: failed.map(({ name }) => name).join(' ') }), order);
  for (const execution of failed) await log.redrive(execution);
  return OperatorOrder.parse(recorded);
}

/**
 * Sends a mail once more, in an execution of its own.
 * @throws ProblemError `order-not-found`, `mail-not-due` when what it tells has not happened
 */
export async function resendMail(
  { orders, machines }: { readonly orders: Orders; readonly machines: Pick<StateMachines, 'start'> },
  { operator, orderId, why }: ByOperator,
  { mail, undoingId }: Pick<ResendMailRequest, 'mail' | 'undoingId'>,
): Promise<OperatorOrder> {
  const order = await foundOrder(orders, orderId);
  const request = { orderId, again: true, ...dueMail(order, mail, undoingId) } satisfies MailRequest;
  const recorded = await orders.change(orderId, acted({ by: operator, act: 'RESEND_MAIL', why, subject: mail }), order);
  await machines.start({ machine: 'TellCustomer', name: resentMailName(orderId, recorded.acts.length - 1), input: request });
  return OperatorOrder.parse(recorded);
}

const HAPPENED = { confirmation: 'CONFIRMED', 'handed-over': 'HANDED_OVER', delivered: 'DELIVERED', 'cancellation-too-late': 'CANCELLATION_TOO_LATE' } as const;

function dueMail({ timeline, undone }: OrderRecord, mail: ResendMailRequest['mail'], undoingId: string | undefined): Pick<MailRequest, 'mail' | 'undoingId'> {
  if (mail !== 'undone') {
    if (timeline.some(({ event }) => event === HAPPENED[mail])) return { mail };
    throw new ProblemError('mail-not-due');
  }
  const undoing = undoingId === undefined ? undone.at(-1) : undone.find((candidate) => candidate.undoingId === undoingId);
  if (!undoing) throw new ProblemError('mail-not-due');
  return { mail, undoingId: undoing.undoingId };
}

/** Takes the order off the operators' list: somebody has looked at it. @throws ProblemError `order-not-found` */
export async function attendOrder({ orders }: { readonly orders: Orders }, { operator, orderId, why }: ByOperator): Promise<OperatorOrder> {
  const order = await foundOrder(orders, orderId);
  return OperatorOrder.parse(await orders.change(orderId, [attendedTo, acted({ by: operator, act: 'ATTEND', why })], order));
}
