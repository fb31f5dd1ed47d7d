import * as z from 'zod/mini';
import { SearchFacets, SearchHit } from '../../contracts/search';
import type { SearchPage, SearchQuery, SuggestionList } from '../../contracts/search';
import { decodeCursor, encodeCursor } from '../shared/cursor';
import { ProblemError } from '../shared/problem-error';
import { PRODUCTS_INDEX } from './index-definitions';
import { productSearch, productSuggestions } from './product-query';

/** `POST /<index>/_search`. */
export type Search = (index: string, body: object) => Promise<unknown>;

const Bucket = z.object({ key: z.unknown(), doc_count: z.int() });
const Buckets = z.object({ counted: z.object({ buckets: z.array(z.object({ ...Bucket.shape, from: z.optional(z.number()), to: z.optional(z.number()) })) }) });
const Found = z.object({
  hits: z.object({ total: z.object({ value: z.int() }), hits: z.array(z.object({ _source: SearchHit, sort: z.array(z.unknown()) })) }),
  aggregations: z.object({ categories: Buckets, vendors: Buckets, prices: Buckets, inStock: z.object({ counted: z.object({ doc_count: z.int() }) }) }),
});

/** A page of products with its facets. @throws ProblemError `invalid-cursor`, also for one of another search */
export async function searchProducts(search: Search, query: SearchQuery): Promise<SearchPage> {
  const { q, category, vendor, minPrice, maxPrice, inStock, sort, limit, cursor } = query;
  const list = [q, category, vendor, minPrice?.toString(), maxPrice?.toString(), inStock, sort];
  const after = cursor === undefined ? undefined : sortValues(decodeCursor(list, ['after'], cursor).after);
  const { hits, aggregations } = z.parse(Found, await search(PRODUCTS_INDEX.alias, productSearch(query, after)));
  const shown = hits.hits.slice(0, limit);
  const last = hits.hits.length > limit ? shown.at(-1) : undefined;
  const named = ({ counted }: z.infer<typeof Buckets>) => counted.buckets.map(({ key, doc_count: products }) => ({ name: String(key), products }));
  return {
    products: shown.map(({ _source }) => _source),
    total: hits.total.value,
    facets: z.parse(SearchFacets, {
      categories: named(aggregations.categories),
      vendors: named(aggregations.vendors),
      prices: aggregations.prices.counted.buckets.map(({ from = 0, to, doc_count: products }) => ({ from, ...(to !== undefined && { to }), products })),
      inStock: aggregations.inStock.counted.doc_count,
    }),
    ...(last && { nextCursor: encodeCursor(list, { after: JSON.stringify(last.sort) }) }),
  };
}

/** A cursor is made here but comes back from outside: only the two values of a sort are let through. */
export function sortValues(text: string): readonly (string | number)[] {
  try {
    return z.parse(z.array(z.union([z.string(), z.number()])).check(z.length(2)), JSON.parse(text));
  } catch (cause) {
    throw new ProblemError('invalid-cursor', undefined, { errors: [{ parameter: 'cursor', detail: 'take it from nextCursor of the page before' }], cause });
  }
}

const Suggested = z.object({ hits: z.object({ hits: z.array(z.object({ _source: z.pick(SearchHit, { productId: true, name: true }) })) }) });

export async function suggestProducts(search: Search, q: string): Promise<SuggestionList> {
  const { hits } = z.parse(Suggested, await search(PRODUCTS_INDEX.alias, productSuggestions(q)));
  return { suggestions: hits.hits.map(({ _source: { productId, name } }) => ({ text: name, productId })) };
}
