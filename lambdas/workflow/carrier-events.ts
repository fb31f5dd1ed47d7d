import { Webhook } from 'standardwebhooks';
import { CarrierEvent } from '../../contracts/carrier';
import { parse } from '../shared/parse';
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
  const event = parse(CarrierEvent, payload);
  if (!event.ok) throw new ProblemError('invalid-body', undefined, { errors: event.faults.map(({ path, reason }) => ({ pointer: `#/${path.join('/')}`, detail: reason })) });
  return event.value;
}

/** Moves the order on. News of an order that is not here are nobody's. */
export async function receiveCarrierEvent(orders: Pick<WorkflowOrders, 'find' | 'change'>, event: CarrierEvent): Promise<void> {
  const order = await orders.find(event.shipment.reference);
  if (order) await orders.change(order.orderId, carrierReported(event), order);
}
