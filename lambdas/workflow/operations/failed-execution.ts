import * as z from 'zod/mini';
import { OrderId } from '../../../contracts/ids';
import type { Concern } from '../../../contracts/order-record';
import type { Execution } from '../executions';
import { needsAttention } from '../order-changes';
import type { WorkflowOrders } from '../orders-table';
import type { ExecutionLog } from './execution-log';

/** What of EventBridge's event is used (https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html): it does not say why. */
export const FailedExecution = z.object({ detail: z.object({ stateMachineArn: z.string(), name: z.string() }) });
export type FailedExecution = z.infer<typeof FailedExecution>;

const CONCERN: Readonly<Record<Execution['machine'], Concern['kind']>> = { ProcessOrder: 'PROCESSING_FAILED', UndoOrder: 'UNDOING_FAILED', TellCustomer: 'MAIL_FAILED' };
const ID_CHARACTERS = 36;

/** Puts the order of a failed execution on the operators' list, unless the execution goes on again already. */
export async function noteFailedExecution(
  { orders, log }: { readonly orders: Pick<WorkflowOrders, 'find' | 'change'>; readonly log: Pick<ExecutionLog, 'find'> },
  machine: Execution['machine'],
  name: string,
): Promise<void> {
  const orderId = OrderId.safeParse(name.slice(0, ID_CHARACTERS));
  const order = orderId.success ? await orders.find(orderId.data) : undefined;
  if (!order) return;
  const execution = await log.find({ machine, name });
  if (execution && (execution.status === 'RUNNING' || execution.status === 'PENDING_REDRIVE' || execution.status === 'SUCCEEDED')) return;
  const why = [execution?.status ?? 'FAILED', execution?.error, execution?.cause].filter((part) => part !== undefined).join(': ');
  const which = [machine, name.slice(ID_CHARACTERS + 1)].filter((part) => part !== '').join(' ');
  await orders.change(order.orderId, needsAttention(CONCERN[machine], `${which}: ${why}`.slice(0, 500)), order);
}
