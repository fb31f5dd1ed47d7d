import * as z from 'zod/mini';

/**
 * One change of the index. A deletion has the version of what is deleted: no write of that version or an older one wins that comes
 * late, and one of the next does.
 */
export type Change =
  | { readonly id: string; readonly version: number; readonly document: object }
  | { readonly id: string; readonly version: number; readonly deleted: true };

/** The NDJSON of a `_bulk` request with external versions. */
export const bulkBody = (changes: readonly Change[]): string =>
  changes
    .flatMap((change) => {
      const target = { _id: change.id, version: change.version };
      return 'deleted' in change ? [{ delete: { ...target, version_type: 'external_gte' } }] : [{ index: { ...target, version_type: 'external' } }, change.document];
    })
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');

const Outcome = z.object({ _id: z.string(), status: z.int(), error: z.optional(z.object({ type: z.string(), reason: z.optional(z.string()) })) });
const BulkAnswer = z.object({ items: z.array(z.record(z.string(), Outcome)) });

/** What became of a change: `overtaken` where a newer version, or the tombstone of one, is there already. */
export type Outcome = 'done' | 'overtaken' | { readonly status: number; readonly reason: string };

/**
 * The outcome of each change of a bulk request: the answer is 200 whatever became of its items. 404 says that a tombstone was
 * left where no document was, which is what was wanted.
 * @throws Error when the answer has not an item for each change
 */
export function outcomesOf(answer: unknown, changes: readonly Change[]): Outcome[] {
  const { items } = z.parse(BulkAnswer, answer);
  if (items.length !== changes.length) throw new Error(`OpenSearch answered for ${items.length} of ${changes.length} changes.`);
  return items.map((item, index) => {
    const change = changes[index];
    const [outcome] = Object.values(item);
    if (!outcome || outcome._id !== change?.id) throw new Error(`OpenSearch's answer ${index} is not about ${change?.id}.`);
    const { status, error } = outcome;
    if (status === 409) return 'overtaken';
    if (status < 300 || (status === 404 && 'deleted' in change)) return 'done';
    return { status, reason: `${error?.type ?? status}: ${error?.reason ?? ''}` };
  });
}

export interface FailedChange {
  /** Its place among the changes that were sent. */
  readonly index: number;
  readonly status: number;
  readonly reason: string;
}

/** What of a bulk request failed. A change that was overtaken did not: that is what versions are for. */
export const failuresIn = (answer: unknown, changes: readonly Change[]): FailedChange[] =>
  outcomesOf(answer, changes).flatMap((outcome, index) => (typeof outcome === 'string' ? [] : [{ index, ...outcome }]));
