import * as z from 'zod/mini';
import { OperatorOrderHit } from '../../contracts/order-search';
import type { OperatorOrderHitPage } from '../../contracts/order-search';
import { decodeCursor, encodeCursor } from '../shared/cursor';
import { ORDERS_INDEX } from './index-definitions';
import { orderSearch } from './order-query';
import type { OrderSearch } from './order-query';
import { sortValues } from './searching';
import type { Search } from './searching';

const Found = z.object({ hits: z.object({ total: z.object({ value: z.int() }), hits: z.array(z.object({ _source: OperatorOrderHit, sort: z.array(z.unknown()) })) }) });

/** A page of orders. @throws ProblemError `invalid-cursor`, also for one of another search */
export async function searchOrders(search: Search, { cursor, ...query }: OrderSearch & { readonly cursor?: string }): Promise<OperatorOrderHitPage> {
  const { q, limit, customerId, status, synthetic } = query;
  const list = ['orders', q, customerId, status, String(synthetic)];
  const after = cursor === undefined ? undefined : sortValues(decodeCursor(list, ['after'], cursor).after);
  const { hits } = z.parse(Found, await search(ORDERS_INDEX.alias, orderSearch(query, after)));
  const shown = hits.hits.slice(0, limit);
  const last = hits.hits.length > limit ? shown.at(-1) : undefined;
  return { orders: shown.map(({ _source }) => _source), total: hits.total.value, ...(last && { nextCursor: encodeCursor(list, { after: JSON.stringify(last.sort) }) }) };
}
