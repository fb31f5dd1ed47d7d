import { randomUUID } from 'node:crypto';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { readEnvironment } from '../shared/environment';
import { logger } from '../shared/logger';
import { Day } from './run-summary';

const { STATE_MACHINE_ARN: stateMachineArn } = readEnvironment(z.object({ STATE_MACHINE_ARN: z.string() }));
const sfn = new SFNClient({ maxAttempts: 5 });

const Asked = z.object({ day: Day });

/**
 * Has a day made by hand: from the console, the CLI, or an event of somebody's own. Given `{ "day": "2026-11-22" }`.
 * Needs: states:StartExecution on the lake's machine. Environment: STATE_MACHINE_ARN.
 * @returns the execution, which says how the run goes
 */
export const handler = async (event: unknown): Promise<{ readonly executionArn: string }> => {
  const { day } = z.parse(Asked, event);
  const { executionArn = '' } = await sfn.send(new StartExecutionCommand({ stateMachineArn, name: `${day}-${randomUUID()}`, input: JSON.stringify({ day }) }));
  logger.info('started', { day, executionArn });
  return { executionArn };
};
