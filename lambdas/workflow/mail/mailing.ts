import * as z from 'zod/mini';
import { OrderId } from '../../../contracts/ids';
import type { CustomerId } from '../../../contracts/ids';
import { MailName } from '../../../contracts/order-record';
import type { OrderRecord } from '../../../contracts/order-record';
import { caughtUpWithShipment, closedWhenSettled, confirmed, mailed } from '../order-changes';
import type { WorkflowOrders } from '../orders-table';
import { mailOf } from './layout';
import type { Mail } from './layout';
import { letterFor } from './letters';

/** Which mail about which order. A mail that was sent already is not sent again, unless `again` says so. */
export const MailRequest = z.object({ orderId: OrderId, mail: MailName, undoingId: z.optional(z.string()), again: z.optional(z.boolean()) });
export type MailRequest = z.infer<typeof MailRequest>;

export interface Mailing {
  readonly orders: Pick<WorkflowOrders, 'get' | 'change'>;
  /** The address a customer signed up with. @throws Error for a customer who is gone */
  readonly addressOf: (customerId: CustomerId) => Promise<string>;
  readonly send: (mail: Mail, to: string, tags: Readonly<Record<string, string>>) => Promise<void>;
  readonly siteUrl: string;
}

export type MailOutcome = { readonly outcome: 'SENT' } | { readonly outcome: 'CANCELLED'; readonly detail?: string };

/**
 * Tells the customer, at least once: SES knows no idempotency key, so a mail whose sending was not recorded goes again.
 * A confirmation is not sent when the order is to be cancelled; where that is asked for while it is being sent, the
 * order is undone all the same.
 */
export async function sendMail({ orders, addressOf, send, siteUrl }: Mailing, request: MailRequest): Promise<MailOutcome> {
  const { orderId, mail, undoingId } = request;
  const order = await orders.get(orderId);
  if (isCalledOff(order, request)) return { outcome: 'CANCELLED', detail: order.cancellation?.detail };
  const name = undoingId === undefined ? mail : `${mail}-${undoingId}`;
  if (request.again || !wasSent(order, name)) {
    const undoing = order.undone.find((candidate) => candidate.undoingId === undoingId);
    const to = order.email ?? (await addressOf(order.customerId));
    await send(await mailOf(letterFor(mail, order, siteUrl, undoing)), to, { order: orderId, mail: name });
  }
  const told = await orders.change(orderId, [mailed('MAIL_SENT', name), ...(mail === 'confirmation' ? [confirmed] : []), caughtUpWithShipment, closedWhenSettled], order);
  return isCalledOff(told, request) ? { outcome: 'CANCELLED', detail: told.cancellation?.detail } : { outcome: 'SENT' };
}

/** Whether the workflow is to undo the order instead of confirming it. */
const isCalledOff = ({ cancellation }: OrderRecord, { mail, again }: MailRequest): boolean => mail === 'confirmation' && cancellation !== undefined && !again;

const wasSent = ({ timeline }: OrderRecord, name: string): boolean => timeline.some(({ event, detail }) => event === 'MAIL_SENT' && detail === name);
