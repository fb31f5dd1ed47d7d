import { Click, MAX_CLICK_AGE_MS, MAX_CLICK_LEAD_MS } from '../../contracts/click';
import type { ClickEvent, ClicksTaken } from '../../contracts/click';
import type { CustomerId } from '../../contracts/ids';
import { toInstant } from '../../contracts/instant';
import { parse } from '../shared/parse';
import type { Fault } from '../shared/parse';

export type Refused = ClicksTaken['refused'][number];

/** An event that was found good, with its place in the batch. */
export interface Judged {
  readonly index: number;
  readonly event: ClickEvent;
}

/** More than a client's log wants to read; names of unknown members may be as long as the body. */
const LONGEST_REASON = 200;

/** Judges each event by itself, so that none costs its neighbours. What is good is stamped with when it came and who sent it. */
export function judge(events: readonly unknown[], receivedAt: Date, userId?: CustomerId): { good: readonly Judged[]; refused: readonly Refused[] } {
  const good: Judged[] = [];
  const refused: Refused[] = [];
  const receiveTime = toInstant(receivedAt);
  events.forEach((sent, index) => {
    const click = parse(Click, sent);
    const faults = click.ok ? untimely(click.value, receivedAt.getTime()) : click.faults;
    if (!click.ok || faults.length > 0) refused.push({ index, reason: reasonOf(faults) });
    else good.push({ index, event: { ...click.value, receiveTime, ...(userId !== undefined && { userId }) } });
  });
  return { good, refused };
}

function untimely({ eventTime }: Click, now: number): Fault[] {
  const time = Date.parse(eventTime);
  if (time < now - MAX_CLICK_AGE_MS) return [{ path: ['eventTime'], reason: 'is too long ago' }];
  if (time > now + MAX_CLICK_LEAD_MS) return [{ path: ['eventTime'], reason: 'is in the future' }];
  return [];
}

const reasonOf = (faults: readonly Fault[]): string =>
  faults
    .slice(0, 5)
    .map(({ path, reason }) => (path.length > 0 ? `${path.join('.')} ${reason}` : reason))
    .join(', ')
    .slice(0, LONGEST_REASON);
