import type { TimelineEntry } from '../../contracts/order';

/**
 * An order's timeline as people read it. Entries are kept in the order in which they were written; a state machine notes
 * the time just before it writes, and a callback may come in between.
 */
export const inOrderOfTime = (timeline: readonly TimelineEntry[]): TimelineEntry[] => timeline.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
