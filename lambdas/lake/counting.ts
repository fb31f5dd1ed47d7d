import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { fromItem, toItem } from '../shared/dynamodb';
import { logger } from '../shared/logger';
import type { Count } from './judging';
import type { Queries } from './query';

const SEGMENTS = 8;
const DAY_MS = 24 * 60 * 60_000;
/** How long after it happened a click is still taken: DAYS_LATE of app/lake/jobs/clicks.py. */
const DAYS_LATE = 8;

/** How long it may take until something is in S3: Firehose gathers for a quarter of an hour at most. */
const UNDER_WAY_MS = 20 * 60_000;

/** Before when something must have come for a run that began then to have it for certain. */
const certainBefore = (began: string): string => new Date(Date.parse(began) - UNDER_WAY_MS).toISOString();

/** Each day from the first to the last. */
function daysBetween(first: string, last: string): string[] {
  const count = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  return Array.from({ length: count }, (_, number) => dayAfter(first, number));
}

const dayAfter = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** How Athena says that it cannot read a file: https://docs.aws.amazon.com/athena/latest/ug/troubleshooting-athena.html. */
const DAMAGED = /HIVE_(CURSOR_ERROR|BAD_DATA)/;

/**
 * Different clicks of some days in the raw zone: in what arrived from the day before the first on, as the job reads it. Nothing
 * where a file among them is damaged, which ends the query; the job has counted by itself what can be read of it.
 * @param began when the run did
 * @throws Error in Athena's words
 */
export async function countRawClicks(queries: Pick<Queries, 'rows'>, { days, day }: { readonly days: readonly string[]; readonly day: string }, began: string): Promise<ReadonlyMap<string, Count> | undefined> {
  const [first = day] = days.toSorted();
  const arrivals = daysBetween(dayAfter(first, -1), dayAfter(day, DAYS_LATE)).map((arrival) => {
    const [year, month, date] = arrival.split('-');
    return `(year = '${year}' AND month = '${month}' AND day = '${date}')`;
  });
  const rows = await unlessDamaged(queries.rows(`
SELECT substr(eventtime, 1, 10) AS event_day, count(DISTINCT eventid) AS most,
  count(DISTINCT CASE WHEN receivetime < '${certainBefore(began)}' THEN eventid END) AS least
FROM raw_clicks
WHERE (${arrivals.join(' OR ')}) AND substr(eventtime, 1, 10) IN (${days.map((made) => `'${made}'`).join(', ')})
GROUP BY 1`));
  return rows && new Map(rows.map(({ event_day: counted, least, most }) => [counted ?? '', { least: Number(least), most: Number(most) }]));
}

async function unlessDamaged<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof Error) || !DAMAGED.test(error.message)) throw error;
    logger.warn('A file of the raw zone is damaged', error);
    return undefined;
  }
}

/** Orders by the day on which they were placed. Reads the whole table: 3 GB and $0.05 for a million orders. */
export async function countOrders(client: Pick<DynamoDBClient, 'send'>, tableName: string, days: readonly string[], began: string): Promise<ReadonlyMap<string, Count>> {
  const [first = '', last = first] = [days.toSorted()[0], days.toSorted().at(-1)];
  const counts = new Map<string, Count>();
  const certain = certainBefore(began);
  const segment = async (Segment: number): Promise<void> => {
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await client.send(
        new ScanCommand({
          TableName: tableName,
          Segment,
          TotalSegments: SEGMENTS,
          ExclusiveStartKey: start,
          ProjectionExpression: '#createdAt',
          FilterExpression: '#createdAt BETWEEN :first AND :last',
          ExpressionAttributeNames: { '#createdAt': 'createdAt' },
          ExpressionAttributeValues: toItem({ ':first': first, ':last': `${last}~` }),
        }),
      );
      for (const item of page.Items ?? []) {
        const createdAt = String(fromItem(item)['createdAt']);
        const day = createdAt.slice(0, 10);
        const { least, most } = counts.get(day) ?? { least: 0, most: 0 };
        counts.set(day, { least: least + (createdAt < certain ? 1 : 0), most: most + 1 });
      }
      start = page.LastEvaluatedKey;
    } while (start);
  };
  await Promise.all(Array.from({ length: SEGMENTS }, (_, number) => segment(number)));
  return counts;
}
