import type { Granularity } from '../definition/definition';

export interface Relative {
  readonly type: 'PREVIOUS' | 'THIS' | 'LAST' | 'NOW' | 'NEXT';
  readonly granularity: Granularity;
  /** Of LAST and NEXT. @default 1 */
  readonly amount?: number;
}

/** From the first to before the second. */
export type Between = readonly [from: Date, to: Date];

/** The unit that a moment is in begins here; weeks begin on Sundays, as in the service. In UTC. */
function beginningOf(unit: Granularity, at: Date): Date {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  if (unit === 'YEAR') return new Date(Date.UTC(year, 0));
  if (unit === 'QUARTER') return new Date(Date.UTC(year, month - (month % 3)));
  if (unit === 'MONTH') return new Date(Date.UTC(year, month));
  if (unit === 'WEEK') return new Date(Date.UTC(year, month, day - at.getUTCDay()));
  const length = LENGTHS[unit];
  return new Date(at.getTime() - (at.getTime() % length));
}

const LENGTHS = { DAY: 86_400_000, HOUR: 3_600_000, MINUTE: 60_000, SECOND: 1_000, MILLISECOND: 1 } as const;
const MONTHS: Readonly<Partial<Record<Granularity, number>>> = { YEAR: 12, QUARTER: 3, MONTH: 1 };

/** `from` is the beginning of a unit. */
function after(unit: Granularity, from: Date, amount: number): Date {
  const months = MONTHS[unit];
  if (months !== undefined) return new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months * amount));
  const length = unit === 'WEEK' ? 7 * LENGTHS.DAY : unit === 'YEAR' || unit === 'QUARTER' || unit === 'MONTH' ? 0 : LENGTHS[unit];
  return new Date(from.getTime() + length * amount);
}

/**
 * The time that a relative filter means at a moment. The last units end with the one that the moment is in.
 * https://docs.aws.amazon.com/quicksight/latest/user/add-a-date-filter2.html
 */
export function relativeRange({ type, granularity, amount = 1 }: Relative, now: Date): Between {
  const begun = beginningOf(granularity, now);
  switch (type) {
    case 'PREVIOUS':
      return [after(granularity, begun, -1), begun];
    case 'THIS':
      return [begun, after(granularity, begun, 1)];
    case 'LAST':
      return [after(granularity, begun, 1 - amount), after(granularity, begun, 1)];
    case 'NEXT':
      return [after(granularity, begun, 1), after(granularity, begun, 1 + amount)];
    case 'NOW':
      return [begun, new Date(now.getTime() + 1)];
  }
}
