import type { Order } from '../contracts/order';
import { type OrderRequest, Refused, submitOrder } from './api';
import { type Session, tokenOf } from './session';
import { isRecord, stored } from './stored';

/**
 * One intention to buy: made when the customer confirms, kept until the shop has answered it for good. A second
 * click, a reload or a lost answer sends the same key and body again, the card's token with it, and so never buys twice.
 */
export interface Placement {
  readonly key: string;
  /** Nobody else who signs in on this browser may send it. */
  readonly customerId: string;
  readonly body: OrderRequest;
}

export const placement = stored<Placement | null>(() => localStorage, 'shop.placement', (value) => (isPlacement(value) ? value : null));

/** The order that this tab has just placed: should the bank ask whether it is them, the customer is led there once. */
export const justOrdered = stored<string | null>(() => sessionStorage, 'shop.justOrdered', (value) => (typeof value === 'string' ? value : null));

/** The intention that is under way for this customer and quote, with the token it was made with; else a new one. */
export function intend(customerId: string, body: OrderRequest): Placement {
  const open = placement.read();
  if (open?.customerId === customerId && open.body.quoteId === body.quoteId) return open;
  const intention = { key: crypto.randomUUID(), customerId, body };
  placement.write(intention);
  return intention;
}

/**
 * Sends an intention until it is answered; call it again with the same one as often as need be.
 *
 * @throws Refused. Unless `isFinal`, the intention stays open.
 */
export async function place(intention: Placement, session: Session): Promise<Order> {
  const token = await tokenOf(session);
  try {
    const order = await submitOrder(intention.body, intention.key, token);
    placement.write(null);
    return order;
  } catch (error) {
    if (error instanceof Refused && isFinal(error)) placement.write(null);
    throw error;
  }
}

/** Whether the shop has judged the request itself: then nothing was ordered, and asking again would change nothing. */
export function isFinal({ problem }: Refused): boolean {
  const { status } = problem;
  return status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 429;
}

function isPlacement(value: unknown): value is Placement {
  if (!isRecord(value) || typeof value.key !== 'string' || typeof value.customerId !== 'string') return false;
  return isRecord(value.body) && typeof value.body.quoteId === 'string' && typeof value.body.paymentMethod === 'string';
}
