import type { OperatorOrder, OperatorOrderWithExecutions } from '../../../contracts/operations';
import type { MailName } from '../../../contracts/order-record';
import { isWorkedOn, type TimelineEvent } from '../../../contracts/order-status';
import { date } from '../english';
import { mailWords, statusWords } from './operatorWords';
import { keptLines } from './refunding';

/** What the API would do now, by what the page knows; it is the API that decides. */
export const isRefundable = (order: OperatorOrder): boolean =>
  order.payment.status === 'CAPTURED' && !order.undoing && !isWorkedOn(order.status) && keptLines(order).length > 0;

export const isRetriable = ({ executions }: Pick<OperatorOrderWithExecutions, 'executions'>): boolean => executions.some(({ retriable }) => retriable);

export const isToBeAttended = ({ concerns }: Pick<OperatorOrder, 'concerns'>): boolean => concerns.length > 0;

/** A mail whose reason has happened. */
export interface DueMail {
  readonly mail: MailName;
  readonly undoingId?: string;
  /** By which the order's timeline knows it. */
  readonly name: string;
  readonly words: string;
}

const DUE: readonly (readonly [MailName, TimelineEvent])[] = [
  ['confirmation', 'CONFIRMED'],
  ['handed-over', 'HANDED_OVER'],
  ['delivered', 'DELIVERED'],
  ['cancellation-too-late', 'CANCELLATION_TOO_LATE'],
];

/** The mails that there is something to tell by, of several undoings each. */
export function dueMails({ timeline, undone }: Pick<OperatorOrder, 'timeline' | 'undone'>): DueMail[] {
  const told = DUE.filter(([, event]) => timeline.some((entry) => entry.event === event)).map(([mail]) => ({ mail, name: mail, words: mailWords[mail] }));
  const ofUndoings = undone.map(({ undoingId, reason, requestedAt }) => ({
    mail: 'undone' as const,
    undoingId,
    name: `undone-${undoingId}`,
    words: `${mailWords.undone}: ${statusWords[reason]}, ${date(requestedAt)}`,
  }));
  return [...told, ...ofUndoings];
}

/** The words of a mail by the name that the timeline has for it. */
export function mailCalled(name: string | undefined, order: Pick<OperatorOrder, 'timeline' | 'undone'>): string | undefined {
  return dueMails(order).find((mail) => mail.name === name)?.words ?? name;
}
