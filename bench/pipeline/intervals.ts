/** A stretch of time, in milliseconds since 1970. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** The part of an interval that lies within another; of no length when there is none. */
export const within = ({ from, to }: Interval, outer: Interval): Interval => {
  const start = Math.max(from, outer.from);
  return { from: start, to: Math.max(start, Math.min(to, outer.to)) };
};

/** Milliseconds that are covered by at least one of the intervals. */
export function covered(intervals: readonly Interval[]): number {
  let until = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (const { from, to } of intervals.toSorted((a, b) => a.from - b.from)) {
    sum += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return sum;
}
