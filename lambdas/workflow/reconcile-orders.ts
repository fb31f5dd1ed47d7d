import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { readEnvironment } from '../shared/environment';
import { logger } from '../shared/logger';
import { configuredOrders, configuredWaits, secretText } from './configuration';
import { configuredPayments } from './payment/configured-payments';
import { CarrierShipments } from './operations/carrier-shipments';
import { configuredExecutionLog, configuredOpenWork } from './operations/configuration';
import { Checkpoint, reconcileOrders } from './operations/reconciliation';
import type { Run } from './operations/reconciliation';
import { configuredStateMachines } from './state-machines';

const config = readEnvironment(z.object({ CARRIER_API_URL: z.url(), CARRIER_API_KEY_SECRET: z.string(), CHECKPOINT_PARAMETER: z.string() }));
const ssm = new SSMClient({ maxAttempts: 5 });
const metrics = new Metrics();
const payments = configuredPayments();
const way = {
  orders: configuredOrders(),
  work: configuredOpenWork(),
  waits: configuredWaits(),
  machines: configuredStateMachines(),
  log: configuredExecutionLog(),
  carrier: new CarrierShipments(config.CARRIER_API_URL, () => secretText(config.CARRIER_API_KEY_SECRET)),
  now: () => new Date(),
};
/** Left for what is under way when the time to begin more is over. */
const LAST_MILLISECONDS = 60_000;

/**
 * Compares open orders with what the payment provider, the carrier and Step Functions say, and mends or raises what
 * differs. Runs on a schedule; a run that has no more time leaves the rest of its round to the next.
 * Needs: dynamodb:Query on the index `by-work` of the orders table, BatchGetItem, GetItem and PutItem on the orders
 * table, UpdateItem on the waits table, states:SendTaskSuccess on the machine ProcessOrder, states:StartExecution on
 * the machines ProcessOrder and UndoOrder, states:DescribeExecution on executions of ProcessOrder and UndoOrder,
 * secretsmanager:GetSecretValue, ssm:GetParameter and PutParameter on the checkpoint.
 * Environment: ORDERS_TABLE_NAME, WAITS_TABLE_NAME, PROCESS_ORDER_ARN, UNDO_ORDER_ARN, TELL_CUSTOMER_ARN, PAYMENT_API_URL,
 * PAYMENT_API_KEY_SECRET, CARRIER_API_URL, CARRIER_API_KEY_SECRET, CHECKPOINT_PARAMETER.
 */
export const handler = async (_event: unknown, context: Context): Promise<void> => {
  logger.addContext(context);
  const until = new Date(Date.now() + context.getRemainingTimeInMillis() - LAST_MILLISECONDS);
  const run = await reconcileOrders({ ...way, payments: await payments() }, await checkpoint(), until);
  await ssm.send(new PutParameterCommand({ Name: config.CHECKPOINT_PARAMETER, Value: JSON.stringify(run.checkpoint), Overwrite: true }));
  tell(run);
};

async function checkpoint(): Promise<Checkpoint> {
  const { Parameter: parameter } = await ssm.send(new GetParameterCommand({ Name: config.CHECKPOINT_PARAMETER }));
  return Checkpoint.parse(JSON.parse(parameter?.Value ?? '{}'));
}

function tell({ report: { compared, agreed, repaired, raised, unanswered }, counts }: Run): void {
  for (const finding of repaired) logger.warn('repaired', { finding });
  for (const finding of raised) logger.error('raised', { finding });
  logger.info('reconciled', { compared, agreed, repaired: repaired.length, raised: raised.length, unanswered: unanswered.length, firstUnanswered: unanswered[0], wholeRound: counts !== undefined });
  // Half a round would say that half of the orders are gone.
  if (!counts) return;
  metrics.addMetric('OrdersOpen', MetricUnit.Count, counts.open);
  metrics.addMetric('OrdersNeedingAttention', MetricUnit.Count, counts.needingAttention);
  metrics.addMetric('OrdersOverdue', MetricUnit.Count, counts.raised['OVERDUE'] ?? 0);
  metrics.addMetric('CapturedWithoutShipment', MetricUnit.Count, counts.raised['CAPTURED_WITHOUT_SHIPMENT'] ?? 0);
  metrics.publishStoredMetrics();
}
