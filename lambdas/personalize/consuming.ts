import type { KinesisStreamRecord } from 'aws-lambda';
import { ClickEvent } from '../../contracts/click';
import { isOfPersonalize } from '../../contracts/derived/avro';
import { logger } from '../shared/logger';
import { parse } from '../shared/parse';
import type { Users } from './datasets';
import { MOST_EVENTS } from './event-tracker';
import type { EventTrackers } from './event-tracker';
import type { Learning, ProductClick } from './learning';

export interface Consuming {
  readonly trackers: Pick<EventTrackers, 'put'>;
  readonly users: Pick<Users, 'put'>;
  readonly learning: Pick<Learning, 'known' | 'isNew' | 'learn'>;
}

interface Read {
  readonly sequenceNumber: string;
  readonly click: ProductClick;
}

/**
 * Teaches Personalize and the shop's own counts what the records tell, a session's clicks one after the other. What cannot
 * be read costs nobody else: Lambda tries it again with what follows it, which by then has its receipts, and gives it up.
 * @returns the sequence numbers of the records that were not done
 */
export async function consume(consuming: Consuming, records: readonly KinesisStreamRecord[]): Promise<string[]> {
  const failed: string[] = [];
  const read: Read[] = [];
  for (const { kinesis } of records) {
    const parsed = parse(ClickEvent, json(kinesis.data));
    if (!parsed.ok) {
      logger.error('A record is no click', { sequenceNumber: kinesis.sequenceNumber, faults: parsed.faults.slice(0, 5) });
      failed.push(kinesis.sequenceNumber);
    } else if (isOfProduct(parsed.value)) read.push({ sequenceNumber: kinesis.sequenceNumber, click: parsed.value });
  }
  const known = await consuming.learning.known(read.map(({ click }) => click.eventId));
  const sessions = new Map<string, Read[]>();
  for (const one of read) if (!known.has(one.click.eventId)) sessions.set(one.click.sessionId, [...(sessions.get(one.click.sessionId) ?? []), one]);
  const left = await Promise.all([...sessions.values()].map((session) => teach(consuming, session)));
  return [...failed, ...left.flat()];
}

/** @returns what is left of a session from the first on that failed */
async function teach({ trackers, users, learning }: Consuming, session: readonly Read[]): Promise<string[]> {
  let done = 0;
  try {
    while (done < session.length) {
      const [first, ...more] = nextCall(session.slice(done));
      if (!first) break;
      // Here and not where somebody signs up or orders: who is new is known here, and no one else has to be let into Personalize.
      if (first.userId !== undefined && (await learning.isNew(first))) await users.put({ userId: first.userId, seenSince: first.receiveTime, synthetic: first.synthetic });
      const receipt = await trackers.put([first, ...more]);
      for (const click of [first, ...more]) {
        await learning.learn(click, receipt);
        done += 1;
      }
    }
  } catch (error) {
    logger.error('A session failed', error instanceof Error ? error : new Error(String(error)));
  }
  return session.slice(done).map(({ sequenceNumber }) => sequenceNumber);
}

/** The first clicks of the same visitor and kind, as many as one call takes: within a session somebody may sign in. */
function nextCall(session: readonly Read[]): ProductClick[] {
  const clicks = session.slice(0, MOST_EVENTS).map(({ click }) => click);
  const end = clicks.findIndex(({ userId, anonymousId, synthetic }) => userId !== clicks[0]?.userId || anonymousId !== clicks[0]?.anonymousId || synthetic !== clicks[0]?.synthetic);
  return end === -1 ? clicks : clicks.slice(0, end);
}

/** A purchase whose product is not told teaches nothing. */
const isOfProduct = (click: ClickEvent): click is ProductClick => isOfPersonalize(click.type) && click.productId !== undefined;

function json(data: string): unknown {
  try {
    return JSON.parse(Buffer.from(data, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}
