import { OperatorOrder } from '../../../contracts/operations';
import type { OperatorOrderWithExecutions } from '../../../contracts/operations';
import type { OrderId } from '../../../contracts/ids';
import type { OrderRecord } from '../../../contracts/order-record';
import { ProblemError } from '../../shared/problem-error';
import { inOrderOfTime } from '../../shared/timeline';
import type { WorkflowOrders } from '../orders-table';
import type { ExecutionLog, ExecutionName } from './execution-log';

/** @throws ProblemError `order-not-found` */
export async function foundOrder(orders: Pick<WorkflowOrders, 'find'>, orderId: OrderId): Promise<OrderRecord> {
  const order = await orders.find(orderId);
  if (!order) throw new ProblemError('order-not-found');
  return order;
}

/** The order with all that its executions have done. @throws ProblemError `order-not-found` */
export async function showOrder(
  { orders, log }: { readonly orders: Pick<WorkflowOrders, 'find'>; readonly log: Pick<ExecutionLog, 'findWithSteps'> },
  orderId: OrderId,
): Promise<OperatorOrderWithExecutions> {
  const order = await foundOrder(orders, orderId);
  const executions = await Promise.all(executionsOf(order).map((execution) => log.findWithSteps(execution)));
  return { ...OperatorOrder.parse({ ...order, timeline: inOrderOfTime(order.timeline) }), executions: executions.filter((execution) => execution !== undefined) };
}

/** Undoings that end without a trace in the order when the carrier keeps the parcels. */
const UNDOINGS = ['unprocessed', 'cancelled', 'returned'];

/** The executions that the order may have had, by their names; not all of them need to have been. */
export function executionsOf({ orderId, undoing, undone, acts }: OrderRecord): ExecutionName[] {
  const refunds = acts.flatMap(({ act, subject }) => (act === 'REFUND' && subject !== undefined ? [subject] : []));
  const undoings = new Set([...UNDOINGS, ...undone.map(({ undoingId }) => undoingId), ...refunds, ...(undoing ? [undoing.undoingId] : [])]);
  const resent = acts.flatMap(({ act }, index) => (act === 'RESEND_MAIL' ? [resentMailName(orderId, index)] : []));
  return [
    { machine: 'ProcessOrder', name: orderId },
    ...[...undoings].map((undoingId) => ({ machine: 'UndoOrder', name: `${orderId}-${undoingId}` }) as const),
    ...[`${orderId}-handed-over`, `${orderId}-delivered`, ...resent].map((name) => ({ machine: 'TellCustomer', name }) as const),
  ];
}

/** The execution that sends a mail again, by the act's place among the order's acts. */
export const resentMailName = (orderId: OrderId, act: number): string => `${orderId}-act-${act}`;
