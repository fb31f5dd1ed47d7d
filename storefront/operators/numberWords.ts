import { LOCALE, percent } from './english';
import type { Bucket, BucketSize } from './buckets';

const counts = new Intl.NumberFormat(LOCALE);
const short = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 1 });
const days = new Intl.DateTimeFormat(LOCALE, { weekday: 'short', day: 'numeric', month: 'short' });
const times = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const clock = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' });
const dayOfWeek = new Intl.DateTimeFormat(LOCALE, { weekday: 'short', day: 'numeric' });

/** `1,204`, where a table's header has the unit. */
export const number = (count: number): string => counts.format(count);

/** `1,204 orders`, `1 order`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${counts.format(count)} ${count === 1 ? one : many}`;

/** A mark beside an axis: `1.2K`. */
export const mark = (count: number): string => short.format(count);

/** `12.5 %`. */
export const part = (some: number, all: number): string => percent(Math.round((some / all) * 1_000) * 10);

/** A bucket in words: `26 Nov, 14:00 – 14:15`. */
export const bucketWords = ({ from, to }: Pick<Bucket<unknown>, 'from' | 'to'>, size: BucketSize): string => (size === 'day' ? days.format(from) : times.formatRange(from, to));

/** What stands below a chart; nothing below most buckets. */
export function tick(from: Date, size: BucketSize): string {
  if (size === 'day') return from.getDay() === 1 ? days.format(from) : '';
  if (size === 'hour') return from.getHours() === 0 ? dayOfWeek.format(from) : '';
  const every = size === 'minute' ? 10 : 180;
  return (from.getHours() * 60 + from.getMinutes()) % every === 0 ? clock.format(from) : '';
}
