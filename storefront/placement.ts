import type { Order } from '../contracts/order';
import { codeOf, type OrderRequest, Refused, submitOrder } from './api';
import type { Session } from './session';
import { isRecord, stored } from './stored';

/**
 * One intention to buy: made when the customer confirms, kept until the shop has answered it for good. A second
 * click, a reload or a lost answer sends the same key and body again and so never buys twice.
 */
export interface Placement {
  readonly key: string;
  /** Nobody else who signs in on this browser may send it. */
  readonly customerId: string;
  readonly body: OrderRequest;
}

export const placement = stored<Placement | null>(() => localStorage, 'shop.placement', (value) => (isPlacement(value) ? value : null));

/** The intention that is under way for this customer, or a new one with this body. */
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
  const token = await session.accessToken();
  if (!token) throw new Refused({ type: 'about:blank', title: 'Sign in first', status: 401 });
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
  return status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 429 && codeOf(problem) !== 'request-in-progress';
}

function isPlacement(value: unknown): value is Placement {
  return (
    isRecord(value) && typeof value.key === 'string' && typeof value.customerId === 'string' && isRecord(value.body) && typeof value.body.quoteId === 'string'
  );
}
