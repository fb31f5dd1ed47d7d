import type { Context } from 'aws-lambda';
import { logger } from '../shared/logger';
import { configuredOrders } from './configuration';
import { configuredExecutionLog } from './operations/configuration';
import { FailedExecution, noteFailedExecution } from './operations/failed-execution';
import { configuredStateMachines } from './state-machines';

const machines = configuredStateMachines();
const way = { orders: configuredOrders(), log: configuredExecutionLog() };

/**
 * An execution of the order workflow that has ended badly, as Step Functions tells EventBridge.
 * Needs: dynamodb:GetItem and PutItem on the orders table, states:DescribeExecution on executions of the three machines.
 * Environment: ORDERS_TABLE_NAME, PROCESS_ORDER_ARN, UNDO_ORDER_ARN, TELL_CUSTOMER_ARN.
 */
export const handler = async (event: unknown, context: Context): Promise<void> => {
  logger.addContext(context);
  const { stateMachineArn, name } = FailedExecution.parse(event).detail;
  const machine = machines.machineOf(stateMachineArn);
  if (!machine) throw new Error(`${stateMachineArn} is none of the order workflow's state machines`);
  await noteFailedExecution(way, machine, name);
};
