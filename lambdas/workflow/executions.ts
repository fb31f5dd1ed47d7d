import type { OrderId } from '../../contracts/ids';
import { OrderRecord } from '../../contracts/order-record';
import type { MailName } from '../../contracts/order-record';
import type { ShipmentStatus } from '../../contracts/carrier';
import { fromItem } from '../shared/dynamodb';
import type { Item } from '../shared/dynamodb';

/** A record of the orders table's stream, with new and old images. */
export interface OrderStreamRecord {
  readonly eventName?: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly dynamodb?: { readonly NewImage?: Item; readonly OldImage?: Item; readonly SequenceNumber?: string };
}

/** An execution that has to be there once a change of an order is in the table. */
export interface Execution {
  readonly machine: 'ProcessOrder' | 'UndoOrder' | 'TellCustomer';
  /** At most 80 characters; a second start under the same name is none. */
  readonly name: string;
  readonly input: unknown;
}

const TOLD: Partial<Record<ShipmentStatus, MailName>> = { HANDED_OVER: 'handed-over', DELIVERED: 'delivered' };

/** What a change of an order asks for: nothing for most of them. */
export function executionsFor({ eventName, dynamodb }: OrderStreamRecord): Execution[] {
  if (eventName === 'REMOVE' || !dynamodb?.NewImage) return [];
  const order = orderIn(dynamodb.NewImage);
  if (eventName === 'INSERT') return [process(order)];
  const before = dynamodb.OldImage && orderIn(dynamodb.OldImage);
  const executions: Execution[] = [];
  if (order.undoing && order.undoing.undoingId !== before?.undoing?.undoingId) executions.push(undo(order.orderId, order.undoing));
  const mail = order.shipment && order.shipment.status !== before?.shipment?.status ? TOLD[order.shipment.status] : undefined;
  if (mail) executions.push({ machine: 'TellCustomer', name: `${order.orderId}-${mail}`, input: { orderId: order.orderId, mail } });
  return executions;
}

/** An order is worked on once, under its own id. */
export const process = ({ orderId, lines }: Pick<OrderRecord, 'orderId' | 'lines'>): Execution => ({
  machine: 'ProcessOrder',
  name: orderId,
  input: { orderId, lines: lines.map(({ productId, quantity }) => ({ productId, quantity })) },
});

export const undo = (orderId: OrderId, undoing: NonNullable<OrderRecord['undoing']>): Execution => ({
  machine: 'UndoOrder',
  name: `${orderId}-${undoing.undoingId}`,
  input: { orderId, undoing },
});

const orderIn = (image: Item): OrderRecord => OrderRecord.parse(fromItem(image));
