import { KinesisClient, KinesisServiceException, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { ClickEvent } from '../../contracts/click';
import { logger } from '../shared/logger';

const ATTEMPTS = 4;
/** Doubled after each attempt, and each time a random part of it. */
const FIRST_PAUSE_MS = 50;

export interface ClickStreamProps {
  readonly client: Pick<KinesisClient, 'send'>;
  readonly streamName: string;
  /** @default the clock's, in milliseconds */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/**
 * The stream of clicks: partition key is the session, so that a session's clicks keep their order; a record is one click
 * as JSON. PutRecords takes 500 records and 5 MiB a call, a batch of ours has a hundred and 60 KiB, so one record cannot
 * be too large either (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html).
 */
export class ClickStream {
  readonly #props: Required<ClickStreamProps>;

  constructor(props: ClickStreamProps) {
    this.#props = { pause: (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); }), ...props };
  }

  /**
   * Puts the events, those again that the stream did not take. A session whose click was put late is out of order; readers
   * go by `eventTime`, and by `eventId` where a click is there twice because an answer was lost.
   * @returns the positions in `events` of those that were not put
   * @throws Error when Kinesis says no: a stream without permission must not go unnoticed
   */
  async put(events: readonly ClickEvent[]): Promise<readonly number[]> {
    let left = events.map((_, position) => position);
    for (let attempt = 0; attempt < ATTEMPTS && left.length > 0; attempt += 1) {
      if (attempt > 0) await this.#props.pause(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
      left = await this.#attempt(events, left);
    }
    return left;
  }

  /** @returns which of them are still to be put */
  async #attempt(events: readonly ClickEvent[], positions: readonly number[]): Promise<number[]> {
    const { client, streamName } = this.#props;
    const Records = positions.map((position) => recordOf(events[position]));
    try {
      const { Records: results = [] } = await client.send(new PutRecordsCommand({ StreamName: streamName, Records }));
      // What is not said to be put is not.
      const left = positions.filter((_, place) => results[place]?.SequenceNumber === undefined);
      if (left.length > 0) logger.warn('not all put', { left: left.length, of: positions.length, errors: [...new Set(results.flatMap(({ ErrorCode: code }) => code ?? []))] });
      return left;
    } catch (error) {
      if (!passes(error)) throw error;
      logger.warn('none put', { of: positions.length, error: String(error) });
      return [...positions];
    }
  }
}

const encoder = new TextEncoder();

function recordOf(event: ClickEvent | undefined): { Data: Uint8Array; PartitionKey: string } {
  if (!event) throw new Error('There is no such event');
  return { Data: encoder.encode(JSON.stringify(event)), PartitionKey: event.sessionId };
}

const BUSY = /Throughput|Throttl|LimitExceeded|Timeout/;

/** Another attempt may go better: the stream is busy, the service is out of order, or there was no answer. */
const passes = (error: unknown): boolean => !(error instanceof KinesisServiceException) || error.$fault === 'server' || BUSY.test(error.name);

/** Bounded, so that attempts, pauses and all end well within the function's time. */
export const kinesis = (): KinesisClient => new KinesisClient({ maxAttempts: 1, requestHandler: { requestTimeout: 1_500 } });
