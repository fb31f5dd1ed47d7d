import type { ClicksTaken } from '../../contracts/click';
import type { CustomerId } from '../../contracts/ids';
import { ProblemError } from '../shared/problem-error';
import type { ClickStream } from './click-stream';
import { judge } from './judging';

export interface Recording {
  readonly stream: Pick<ClickStream, 'put'>;
  readonly now: () => Date;
}

export interface Sent {
  readonly events: readonly unknown[];
  /** Of a verified token. */
  readonly userId?: CustomerId;
}

const TRY_AGAIN = 'was not taken, try again';

/**
 * Puts what is good into the stream. Only what the stream has is reported as accepted.
 * @throws ProblemError `try-again` when there were good events and none could be put
 */
export async function recordClicks({ stream, now }: Recording, { events, userId }: Sent): Promise<ClicksTaken> {
  const { good, refused } = judge(events, now(), userId);
  if (good.length === 0) return { accepted: 0, refused: [...refused] };
  const left = new Set(await stream.put(good.map(({ event }) => event)));
  if (left.size === good.length) throw new ProblemError('try-again', 'No event was taken.', { headers: { 'retry-after': '1' } });
  const late = good.filter((_, position) => left.has(position)).map(({ index }) => ({ index, reason: TRY_AGAIN }));
  return { accepted: good.length - left.size, refused: [...refused, ...late].toSorted((one, other) => one.index - other.index) };
}
