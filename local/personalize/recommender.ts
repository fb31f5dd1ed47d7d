import type { Filter } from './filterExpression';
import type { Interaction } from './kept';

export interface Request {
  readonly userId: string;
  readonly numResults: number;
  /** Milliseconds since 1970: what lies longer back counts less. */
  readonly now: number;
  readonly filter?: Filter;
  readonly filterValues?: Readonly<Record<string, readonly string[]>>;
}

export interface Scored {
  readonly itemId: string;
  /** Of all that were scored, the share; greater is better. */
  readonly score: number;
}

/** After so long, an interaction weighs half. */
const HALF_LIFE_MS = 7 * 24 * 60 * 60 * 1_000;
/** Items that nobody who is like the user knows are ranked among themselves by how much is done with them, below the others. */
const POPULARITY_WEIGHT = 0.001;

/**
 * Recommends items that others dealt with who also dealt with the user's: each pair of items of one user weighs as much as the
 * older of its two interactions, divided by the root of both items' users, so that what everybody has does not win everywhere.
 */
export class Recommender {
  readonly #byUser = new Map<string, Map<string, { at: number; types: Set<string> }>>();
  readonly #usersOf = new Map<string, Set<string>>();
  readonly #columns = new Map<string, Readonly<Record<string, string>>>();
  readonly #seen = new Set<string>();

  add({ eventId, userId, itemId, eventType, at }: Omit<Interaction, 'group'>): void {
    if (eventId !== undefined) {
      if (this.#seen.has(eventId)) return;
      this.#seen.add(eventId);
    }
    const items = this.#byUser.get(userId) ?? new Map<string, { at: number; types: Set<string> }>();
    const known = items.get(itemId);
    items.set(itemId, { at: Math.max(at, known?.at ?? 0), types: new Set([...(known?.types ?? []), eventType]) });
    this.#byUser.set(userId, items);
    this.#usersOf.set(itemId, (this.#usersOf.get(itemId) ?? new Set<string>()).add(userId));
  }

  /** An item's columns, as filters name them: `{ ACTIVE: 'true' }`. */
  putItem(itemId: string, columns: Readonly<Record<string, string>>): void {
    this.#columns.set(itemId, columns);
  }

  /** Best first, at most `numResults`; a user nobody knows gets what is popular. */
  recommend({ userId, numResults, now, filter, filterValues }: Request): Scored[] {
    const own = this.#byUser.get(userId) ?? new Map<string, { at: number; types: Set<string> }>();
    const scores = new Map<string, number>();
    const add = (itemId: string, score: number): void => void scores.set(itemId, (scores.get(itemId) ?? 0) + score);
    for (const itemId of this.#columns.keys()) add(itemId, 0);
    for (const [other, items] of this.#byUser) {
      for (const [itemId, { at }] of items) {
        add(itemId, POPULARITY_WEIGHT * decayed(at, now));
        if (other === userId) continue;
        for (const [mine, { at: lately }] of own) {
          const theirs = items.get(mine);
          if (theirs && mine !== itemId) add(itemId, (decayed(Math.min(at, theirs.at), now) * decayed(lately, now)) / Math.sqrt(this.#users(mine) * this.#users(itemId)));
        }
      }
    }
    const kept = [...scores].filter(([itemId]) => !filter || filter.keeps({ eventTypes: own.get(itemId)?.types ?? new Set(), columns: this.#columns.get(itemId) ?? {} }, filterValues));
    const total = kept.reduce((sum, [, score]) => sum + score, 0) || 1;
    return kept
      .toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b))
      .slice(0, numResults)
      .map(([itemId, score]) => ({ itemId, score: score / total }));
  }

  #users(itemId: string): number {
    return this.#usersOf.get(itemId)?.size ?? 1;
  }
}

const decayed = (at: number, now: number): number => 2 ** (-Math.max(0, now - at) / HALF_LIFE_MS);
