import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { ProblemError } from './problem-error';

/** Which list a cursor continues, in few characters: its filters, or whose it is. */
const nameOf = (list: readonly (string | undefined)[]): string => createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 12);

/** @param after what the key of the page's last item has beside the list's own partition */
export const encodeCursor = (list: readonly (string | undefined)[], after: Readonly<Record<string, string>>): string =>
  Buffer.from(JSON.stringify({ list: nameOf(list), after })).toString('base64url');

/**
 * What the page before ended with. Whose list it is decides the query's partition, never the cursor; that a cursor is
 * refused in another list only tells a client that it is mistaken.
 * @throws ProblemError `invalid-cursor` for one that is garbled, of another list, or without exactly these `members`
 */
export function decodeCursor<Member extends string>(list: readonly (string | undefined)[], members: readonly Member[], cursor: string): Record<Member, string> {
  const opaque = z.safeParse(z.strictObject({ list: z.literal(nameOf(list)), after: afterOf(members) }), jsonOf(cursor));
  if (opaque.success) return opaque.data.after;
  throw new ProblemError('invalid-cursor', undefined, { errors: [{ parameter: 'cursor', detail: 'take it from nextCursor of the page before' }] });
}

/** A record over a closed set of names demands each of them and no other. */
const afterOf = <Member extends string>(members: readonly Member[]) => z.record(z.enum(members), z.string().check(z.minLength(1)));

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
