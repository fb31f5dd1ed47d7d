import * as z from 'zod/mini';
import { OrderId } from '../../../contracts/ids';
import { mailed, needsAttention } from '../order-changes';
import type { WorkflowOrders } from '../orders-table';

/** What of an event of SES is used (https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html). */
export const MailEvent = z.object({
  detail: z.object({
    eventType: z.string(),
    mail: z.object({ tags: z.record(z.string(), z.array(z.string())) }),
  }),
});
export type MailEvent = z.infer<typeof MailEvent>;

/** Writes down that a mail has arrived, or puts the order on the operators' list when it never will. */
export async function recordMailEvent(orders: Pick<WorkflowOrders, 'find' | 'change'>, { detail: { eventType, mail } }: MailEvent): Promise<void> {
  const orderId = OrderId.safeParse(mail.tags.order?.[0]);
  const name = mail.tags.mail?.[0];
  if (!orderId.success || name === undefined) return;
  const order = await orders.find(orderId.data);
  if (!order) return;
  // What has arrived was sent, also by a function that ended before it could say so.
  if (eventType === 'Delivery') await orders.change(order.orderId, [mailed('MAIL_SENT', name), mailed('MAIL_DELIVERED', name)], order);
  else if (eventType === 'Bounce' || eventType === 'Complaint' || eventType === 'Reject') await orders.change(order.orderId, needsAttention('MAIL_BOUNCED', `The mail "${name}" came back: ${eventType.toLowerCase()}`), order);
}
