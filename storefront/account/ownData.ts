import type { Interests } from '../../contracts/account';
import type { Order } from '../../contracts/order';
import { getInterests, getOrder, listOrders } from '../api';
import { anonymousId } from '../clicks/clicks';
import { attempt } from '../clicks/visitor';
import { type Customer, type Session, tokenOf } from '../session';

/** All that the shop can tell a customer of what it keeps of them. What is not in it stands in docs/personal-data.md. */
export interface OwnData {
  readonly gatheredAt: string;
  readonly profile: Customer;
  readonly orders: readonly Order[];
  readonly interests: Interests['interests'];
  /** By the names that this browser keeps them under, but for the session itself, which opens the account to whoever has it. */
  readonly thisBrowser: Readonly<Record<string, unknown>>;
}

/** @param tell how many orders there are so far. @throws Refused */
export async function gather(session: Session, profile: Customer, tell: (orders: number) => void): Promise<OwnData> {
  const { interests } = await getInterests({ anonymousId: anonymousId() }, await tokenOf(session));
  const orders: Order[] = [];
  let cursor: string | undefined;
  do {
    // oxlint-disable-next-line no-await-in-loop -- each page begins where the one before ended, and asks with a token that is still good
    const page = await ordersFrom(session, cursor);
    orders.push(...page.orders);
    tell(orders.length);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { gatheredAt: new Date().toISOString(), profile, orders, interests, thisBrowser: { ...keptIn(() => localStorage), ...keptIn(() => sessionStorage) } };
}

async function ordersFrom(session: Session, cursor: string | undefined): Promise<{ readonly orders: readonly Order[]; readonly nextCursor?: string }> {
  const token = await tokenOf(session);
  const { orders, nextCursor } = await listOrders(token, cursor);
  return { orders: await Promise.all(orders.map(({ orderId }) => ownOrder(orderId, token))), nextCursor };
}

/** Without what a payment that waits is confirmed with: that is no data, but a key. */
async function ownOrder(orderId: string, token: string): Promise<Order> {
  const { action: _, ...order } = await getOrder(orderId, token);
  return order;
}

/** Everything of the shop's own; nothing where storage is refused. */
function keptIn(storage: () => Storage): Record<string, unknown> {
  const kept = attempt(() => Object.entries<string>(storage())) ?? [];
  return Object.fromEntries(kept.filter(([key]) => key.startsWith('shop.')).map(([key, text]) => [key, attempt((): unknown => JSON.parse(text)) ?? text]));
}
