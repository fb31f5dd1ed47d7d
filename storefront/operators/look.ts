import { lastMinutes, type Span } from './buckets';

export const periodWords = { hour: 'Last hour', day: 'Last 24 hours', week: 'Last 7 days', month: 'Last 30 days' } as const;
export type Period = keyof typeof periodWords;
export const PERIODS: readonly Period[] = ['hour', 'day', 'week', 'month'];
const MINUTES: Record<Period, number> = { hour: 60, day: 24 * 60, week: 7 * 24 * 60, month: 30 * 24 * 60 };

/** What an operator has chosen: all of it stands in the page's address. */
export interface Chosen {
  readonly period: Period;
  readonly synthetic: 'exclude' | 'include';
}

/** One look at the numbers: every report of it is about the same time. */
export interface Look extends Span {
  readonly synthetic: Chosen['synthetic'];
}

/** Reads an address, and makes the best of what it finds. */
export function chosenIn(query: URLSearchParams): Chosen {
  return { period: PERIODS.find((period) => period === query.get('period')) ?? 'day', synthetic: query.get('synthetic') === 'include' ? 'include' : 'exclude' };
}

export function addressOf({ period, synthetic }: Chosen): string {
  return `/operators/numbers?${new URLSearchParams({ period, ...(synthetic === 'include' && { synthetic }) }).toString()}`;
}

export const lookAt = ({ period, synthetic }: Chosen, now: Date): Look => ({ ...lastMinutes(MINUTES[period], now), synthetic });
