import { DynamoDBServiceException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { PersonalWrite } from '../../contracts/http';
import { dynamoDb, isPassing, toItem } from './dynamodb';
import { readEnvironment } from './environment';
import { logger } from './logger';
import { ProblemError } from './problem-error';

const WINDOW_SECONDS = 60;
/** Nobody waits longer to be counted. */
const PATIENCE_MS = 1_000;

/** Whether a call is among those that its person has, or when there will be such again. */
export type Verdict = { readonly within: true } | { readonly within: false; readonly retryAfterSeconds: number };

export interface PersonLimitProps {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  readonly route: PersonalWrite;
  readonly callsAMinute: number;
  /** @default the clock's */
  readonly now?: () => number;
}

/**
 * How often a person calls a route, by the minute of the clock, in a table: partition key `counter`, time to live
 * `deleteAfter`. One conditional write a call, so that calls side by side are counted as they would be one after the
 * other. Two minutes that meet have room for twice as many calls at once, which is what one write is bought with.
 */
export class PersonLimit {
  readonly #props: Required<PersonLimitProps>;

  constructor(props: PersonLimitProps) {
    this.#props = { now: Date.now, ...props };
  }

  /**
   * Counts a call of `person`. While DynamoDB is slow or away everybody is within: an order is worth more than its
   * count, and the firewall and the API's throttling still hold.
   * @throws Error when DynamoDB says no: a counter without table or permission must not go unnoticed
   */
  async count(person: string): Promise<Verdict> {
    const { client, tableName, route, callsAMinute, now } = this.#props;
    const seconds = Math.floor(now() / 1_000);
    const minute = Math.floor(seconds / WINDOW_SECONDS);
    const ends = (minute + 1) * WINDOW_SECONDS;
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: toItem({ counter: `${route} ${person} ${minute}` }),
          UpdateExpression: 'ADD calls :one SET deleteAfter = :ends',
          ConditionExpression: 'attribute_not_exists(calls) OR calls < :most',
          ExpressionAttributeValues: toItem({ ':one': 1, ':ends': ends, ':most': callsAMinute }),
        }),
        { abortSignal: AbortSignal.timeout(PATIENCE_MS) },
      );
      return { within: true };
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return { within: false, retryAfterSeconds: ends - seconds };
      if (error instanceof DynamoDBServiceException && error.$fault === 'client' && !isPassing(error.name)) throw error;
      logger.warn('not counted', { route, error: error instanceof Error ? error.message : String(error) });
      return { within: true };
    }
  }

  /** @throws ProblemError `too-many-requests` */
  async require(person: string): Promise<void> {
    refuseBeyond(await this.count(person));
  }
}

/** @throws ProblemError `too-many-requests`, with the time after which it is worth another attempt */
export function refuseBeyond(verdict: Verdict): void {
  if (verdict.within) return;
  const { retryAfterSeconds } = verdict;
  throw new ProblemError('too-many-requests', `Try again in ${retryAfterSeconds} seconds.`, { headers: { 'retry-after': String(retryAfterSeconds) } });
}

/** The limit that CALL_COUNTS_TABLE_NAME and CALLS_A_MINUTE set for `route`. @throws Error when they set none */
export function configuredPersonLimit(route: PersonalWrite, client = dynamoDb()): PersonLimit {
  const config = readEnvironment(z.object({ CALL_COUNTS_TABLE_NAME: z.string(), CALLS_A_MINUTE: z.coerce.number() }));
  return new PersonLimit({ client, tableName: config.CALL_COUNTS_TABLE_NAME, route, callsAMinute: config.CALLS_A_MINUTE });
}
