import { Webhook } from 'standardwebhooks';
import { CarrierEvent } from '../../contracts/carrier';
import { parseOrRefuse, pointerTo } from '../shared/parse';
import { ProblemError } from '../shared/problem-error';
import { carrierReported } from './order-changes';
import type { WorkflowOrders } from './orders-table';

/**
 * A carrier's callback, its signature and age verified (https://www.standardwebhooks.com).
 * @throws ProblemError `bad-signature`, or `invalid-body` for what was signed and makes no sense
 */
export function verifiedCarrierEvent(body: string, headers: Readonly<Record<string, string | undefined>>, secret: string): CarrierEvent {
  const signed = Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), value]])));
  let payload: unknown;
  try {
    payload = new Webhook(secret).verify(body, signed);
  } catch (error) {
    throw new ProblemError('bad-signature', undefined, { cause: error });
  }
  return parseOrRefuse(CarrierEvent, payload, 'invalid-body', (path) => ({ pointer: pointerTo(path) }));
}

/** Moves the order on. News of an order that is not here, or of another shipment than its own, are nobody's. */
export async function receiveCarrierEvent(orders: Pick<WorkflowOrders, 'find' | 'change'>, event: CarrierEvent): Promise<void> {
  const order = await orders.find(event.shipment.reference);
  const isItsOwn = order && (order.shipment === undefined || order.shipment.trackingNumber === event.shipment.trackingNumber);
  if (isItsOwn) await orders.change(order.orderId, carrierReported(event), order);
}
