import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { dynamoDb } from '../../shared/dynamodb';
import { readEnvironment } from '../../shared/environment';
import { configuredStateMachines } from '../state-machines';
import { ExecutionLog } from './execution-log';
import { OpenWork } from './open-work';

/** What is open in the orders table that ORDERS_TABLE_NAME names. @throws Error when it names none */
export function configuredOpenWork(): OpenWork {
  const { ORDERS_TABLE_NAME } = readEnvironment(z.object({ ORDERS_TABLE_NAME: z.string() }));
  return new OpenWork(dynamoDb(), ORDERS_TABLE_NAME);
}

/** The executions of the state machines that the environment names. @throws Error when it names none */
export const configuredExecutionLog = (): ExecutionLog => new ExecutionLog(new SFNClient({ maxAttempts: 5 }), configuredStateMachines());
