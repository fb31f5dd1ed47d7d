import { ClickEvent } from '../../contracts/click';
import { interactionsSchema, isOfPersonalize } from '../../contracts/derived/avro';
import { ofCampaign } from '../../lambdas/personalize/event-tracker';

/** A stretch of time by when clicks arrived, its end left out. */
export interface Stretch {
  readonly from: Date;
  readonly until: Date;
}

const HOUR_MS = 3_600_000;
const COLUMNS = interactionsSchema().fields.map(({ name }) => name);

/**
 * Clicks of one raw file as CSV of Personalize's interactions dataset: those of customers and visitors, and no synthetic one.
 * Who signs in within the file was the same before that. Somebody who never did is a user of their own, which past events
 * need to be to count in training.
 * @param lines a ClickEvent as JSON each; what is none is left out, as the consumer leaves it out
 * @returns nothing where there is no such click
 */
export function interactionsOf(lines: Iterable<string>, { from, until }: Stretch): { readonly csv: string; readonly rows: number } | undefined {
  const clicks = [...lines].flatMap((line) => clickIn(line) ?? []).filter(({ synthetic, receiveTime }) => !synthetic && Date.parse(receiveTime) >= from.getTime() && Date.parse(receiveTime) < until.getTime());
  const users = new Map(clicks.flatMap(({ anonymousId, userId }) => (userId === undefined ? [] : [[anonymousId, userId] as const])));
  const rows = clicks.flatMap(({ type, productId, anonymousId, userId, eventTime, recommendationId, price, quantity }) => {
    if (!isOfPersonalize(type) || productId === undefined) return [];
    const row: Readonly<Record<string, string | number | undefined>> = {
      USER_ID: userId ?? users.get(anonymousId) ?? anonymousId,
      ITEM_ID: productId,
      EVENT_TYPE: type,
      TIMESTAMP: Math.floor(Date.parse(eventTime) / 1_000),
      RECOMMENDATION_ID: ofCampaign(recommendationId),
      PRICE: price?.amount,
      QUANTITY: quantity,
    };
    // Ids, types and numbers: none of them has a comma or a quote in it.
    return [COLUMNS.map((name) => row[name] ?? '').join(',')];
  });
  return rows.length === 0 ? undefined : { csv: [COLUMNS.join(','), ...rows, ''].join('\n'), rows: rows.length };
}

function clickIn(line: string): ClickEvent | undefined {
  try {
    const parsed = ClickEvent.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Between which keys the files of a stretch are: a file is of the hour in which its first click arrived, which may be the one
 * before its others'. https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 */
export function keysOf({ from, until }: Stretch): { readonly after: string; readonly last: string } {
  return { after: hourPrefix(new Date(from.getTime() - HOUR_MS)), last: `${hourPrefix(until)}~` };
}

function hourPrefix(moment: Date): string {
  const [, year, month, day, hour] = /^(\d+)-(\d\d)-(\d\d)T(\d\d)/.exec(moment.toISOString()) ?? [];
  return `clicks/year=${year}/month=${month}/day=${day}/hour=${hour}/`;
}
