import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { OrderId } from '../../contracts/ids';
import { parse } from '../shared/parse';
import { logger } from '../shared/logger';

export const StepInput = z.object({ orderId: OrderId });

/**
 * A function that is a step of a state machine: parses what it is given and logs under the order's id. What it throws
 * reaches the state machine by its name (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html).
 */
export const step =
  <S extends z.core.$ZodType, Output>(input: S, work: (given: z.output<S>) => Promise<Output>) =>
  async (event: unknown, context: Context): Promise<Output> => {
    logger.addContext(context);
    const given = parse(input, event);
    if (!given.ok) throw new Error(`The step was given ${JSON.stringify(event)}: ${given.faults.map(({ path, reason }) => `${path.join('.')} ${reason}`).join(', ')}`);
    logger.resetKeys();
    logger.appendKeys({ step: given.value });
    const output = await work(given.value);
    logger.info('done', { output: outcomeOf(output) });
    return output;
  };

const outcomeOf = (output: unknown): unknown => (typeof output === 'object' && output !== null && 'outcome' in output ? output.outcome : undefined);
