import type * as z from 'zod/mini';
import type { OrdersSearchQuery } from '../../../contracts/order-search';
import type { OrderStatus } from '../../../contracts/order-status';
import { searchText } from '../../search/asked';
import { statusWords } from './operatorWords';

/** What orders are looked for: all of it stands in the page's address. */
export type Asked = Omit<z.input<typeof OrdersSearchQuery>, 'cursor' | 'limit'>;

const isStatus = (text: string | null): text is OrderStatus => text !== null && Object.hasOwn(statusWords, text);

/** Reads an address, and leaves out what no page could have put there. */
export function askedIn(query: URLSearchParams): Asked {
  const status = query.get('status');
  return {
    q: searchText(query.get('q') ?? '') || undefined,
    status: isStatus(status) ? status : undefined,
    synthetic: query.get('synthetic') === 'include' ? 'include' : undefined,
  };
}

/** `/operators/orders?q=ada&status=CONFIRMED`. The same question has one address. */
export function addressOf(asked: Asked): string {
  const given = Object.entries(asked).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams(given).toString();
  return query ? `/operators/orders?${query}` : '/operators/orders';
}

export const isAsked = ({ q, status }: Asked): boolean => Boolean(q ?? status);

const WHOLE_NUMBER = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Where a text leads that somebody looks for: the number of one order to that order, with or without a search. */
export function wayTo(asked: Asked): string {
  return asked.q && WHOLE_NUMBER.test(asked.q) ? orderAddress(asked.q.toLowerCase()) : addressOf(asked);
}

export const orderAddress = (orderId: string): string => `/operators/orders/${encodeURIComponent(orderId)}`;
