/** How long each is that minutes are gathered in. */
const MINUTES = { minute: 1, '5 minutes': 5, '15 minutes': 15, hour: 60, day: 24 * 60 } as const;
export type BucketSize = keyof typeof MINUTES;
const SIZES: readonly BucketSize[] = ['minute', '5 minutes', '15 minutes', 'hour', 'day'];

/** More of them side by side nobody can tell apart. */
const AT_MOST = 170;

/** A time from one bucket's beginning on, in buckets of the same size. The last one may not be over yet. */
export interface Span {
  readonly since: Date;
  readonly until: Date;
  readonly size: BucketSize;
}

export interface Bucket<Row> {
  readonly from: Date;
  readonly to: Date;
  readonly rows: readonly Row[];
}

/** The last so many minutes, with the bucket that is still going on as the last of them: 30 days are today and the 29 before. */
export function lastMinutes(minutes: number, now: Date): Span {
  const size = SIZES.find((candidate) => minutes / MINUTES[candidate] <= AT_MOST) ?? 'day';
  return { since: moved(beginning(now, size), size, 1 - Math.ceil(minutes / MINUTES[size])), until: now, size };
}

/** Every bucket of the span, also those in which nothing happened. */
export function gathered<Row extends { readonly minute: string }>(rows: readonly Row[], { since, until, size }: Span): Bucket<Row>[] {
  const buckets: { from: Date; to: Date; rows: Row[] }[] = [];
  for (let from = since; from < until; ) {
    const to = moved(from, size, 1);
    buckets.push({ from, to, rows: [] });
    from = to;
  }
  for (const row of rows) {
    const at = new Date(row.minute);
    buckets.findLast(({ from }) => from <= at)?.rows.push(row);
  }
  return buckets;
}

/** By the reader's clock. */
function beginning(at: Date, size: BucketSize): Date {
  const start = new Date(at);
  if (size === 'day') start.setHours(0, 0, 0, 0);
  else start.setMinutes(start.getMinutes() - (start.getMinutes() % MINUTES[size]), 0, 0);
  return start;
}

/** A day is as long as the reader's clock makes it: 23 hours or 25 twice a year. */
function moved(from: Date, size: BucketSize, buckets: number): Date {
  const to = new Date(from);
  if (size === 'day') to.setDate(to.getDate() + buckets);
  else to.setTime(to.getTime() + buckets * MINUTES[size] * 60_000);
  return to;
}
