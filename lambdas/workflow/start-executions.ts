import type { Context, DynamoDBBatchResponse } from 'aws-lambda';
import { logger } from '../shared/logger';
import { executionsFor } from './executions';
import type { OrderStreamRecord } from './executions';
import { configuredStateMachines } from './state-machines';

const machines = configuredStateMachines();

/**
 * Reads the orders table's stream and starts what each change asks for. Stops at the first record that fails: records
 * of one order must not overtake each other, and Lambda sends the rest again.
 * Needs: states:StartExecution on the three state machines. Environment: PROCESS_ORDER_ARN, UNDO_ORDER_ARN, TELL_CUSTOMER_ARN.
 */
export const handler = async ({ Records: records }: { readonly Records: readonly OrderStreamRecord[] }, context: Context): Promise<DynamoDBBatchResponse> => {
  logger.addContext(context);
  for (const record of records) {
    try {
      for (const execution of executionsFor(record)) {
        await machines.start(execution);
        logger.info('started', { machine: execution.machine, execution: execution.name });
      }
    } catch (error) {
      logger.error('A record failed', error instanceof Error ? error : new Error(String(error)));
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
};
