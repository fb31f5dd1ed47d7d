import { TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import pRetry from 'p-retry';
import { isPassing } from '../shared/dynamodb';
import type { Item } from '../shared/dynamodb';
import { ProblemError } from '../shared/problem-error';

/** A write whose condition did not hold, with the item as it was if the write asked for it. */
export interface Refusal {
  readonly item?: Item;
}

export type Outcome = { readonly done: true } | { readonly done: false; readonly refusals: readonly (Refusal | undefined)[] };

/**
 * Does all of the writes or none.
 * @returns done, or which writes refused: as many as writes, undefined for those that would have gone
 * @throws ProblemError `try-again` when other transactions kept the items busy until the last attempt
 */
export type Transact = (writes: readonly TransactWriteItem[]) => Promise<Outcome>;

/** About four seconds in all, which fits into the function's ten beside the other calls. */
const PATIENCE = { retries: 9, factor: 1.7, minTimeout: 15, maxTimeout: 600, randomize: true };

export const transactionsOf =
  (client: DynamoDBClient): Transact =>
  async (writes) => {
    try {
      return await pRetry(() => once(client, writes), { ...PATIENCE, shouldRetry: ({ error }) => error instanceof Busy });
    } catch (error) {
      if (error instanceof Busy) throw new ProblemError('try-again', undefined, { headers: { 'retry-after': '1' }, cause: error });
      throw error;
    }
  };

class Busy extends Error {
  override readonly name = 'Busy';
}

async function once(client: DynamoDBClient, writes: readonly TransactWriteItem[]): Promise<Outcome> {
  try {
    // The SDK gives each command a ClientRequestToken, so that its own retry after a lost answer writes nothing twice.
    await client.send(new TransactWriteItemsCommand({ TransactItems: [...writes] }));
    return { done: true };
  } catch (error) {
    if (error instanceof TransactionCanceledException) return refusalsOf(error);
    if (error instanceof Error && isPassing(error.name)) throw new Busy(error.name, { cause: error });
    throw error;
  }
}

/** A refused condition is final; only where there is none but something that passes, another attempt may go through. */
function refusalsOf(cancelled: TransactionCanceledException): Outcome {
  const reasons = cancelled.CancellationReasons ?? [];
  const refusals = reasons.map(({ Code: code, Item: item }) => (code === 'ConditionalCheckFailed' ? { item } : undefined));
  if (refusals.some((refusal) => refusal)) return { done: false, refusals };
  if (reasons.some(({ Code: code }) => isPassing(code))) throw new Busy(reasons.map(({ Code: code }) => code).join(), { cause: cancelled });
  throw cancelled;
}
