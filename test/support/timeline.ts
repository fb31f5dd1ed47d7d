import type { OrderRecord } from '../../contracts/order-record';
import type { TimelineEvent } from '../../contracts/order-status';

/** What may be told of an order more than once: it can be refunded in parts, and undone again when that came too late. */
const REPEATABLE: readonly TimelineEvent[] = ['PAYMENT_REFUNDED', 'PARTLY_REFUNDED', 'REFUND_REQUESTED', 'UNDOING'];

/** Entries of an order's timeline that are there twice, although they happened once. Each mail is one of its own. */
export function toldTwice({ timeline }: Pick<OrderRecord, 'timeline'>): string[] {
  const entries = timeline.filter(({ event }) => !REPEATABLE.includes(event)).map(({ event, detail }) => (event.startsWith('MAIL_') ? `${event} ${detail}` : event));
  return entries.filter((entry, index) => entries.indexOf(entry) < index);
}
