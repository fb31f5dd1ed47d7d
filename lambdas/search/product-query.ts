import { SearchHit } from '../../contracts/search';
import type { SearchQuery } from '../../contracts/search';
import { wordsOf } from './words';

type Clause = Readonly<Record<string, unknown>>;
type FacetName = 'categories' | 'vendors' | 'prices' | 'inStock';

/** Ends of the price ranges in minor units; each is excluded, and the last range has none. */
export const PRICE_BOUNDS = [0, 1_000, 2_500, 5_000, 10_000, 25_000] as const;
const MOST_FACETS = 50;

/** The filters by the facet that they narrow. */
function filtersOf({ category, vendor, minPrice, maxPrice, inStock }: SearchQuery): ReadonlyMap<FacetName, Clause> {
  const filters = new Map<FacetName, Clause>();
  if (category !== undefined) filters.set('categories', { term: { category } });
  if (vendor !== undefined) filters.set('vendors', { term: { vendor } });
  if (minPrice !== undefined || maxPrice !== undefined) filters.set('prices', { range: { 'price.amount': { gte: minPrice, lte: maxPrice } } });
  if (inStock !== undefined) filters.set('inStock', { term: { inStock: true } });
  return filters;
}

/** Text goes in as a value of `multi_match`, which has no operators: nothing that is typed can break the query. */
const matching = (q: string): Clause =>
  q.trim() === ''
    ? { match_all: {} }
    : { multi_match: { query: wordsOf(q), fields: ['name^3', 'vendor.text^2', 'description'], fuzziness: 'AUTO', prefix_length: 1, max_expansions: 20, operator: 'and', type: 'best_fields' } };

const SORTS: Readonly<Record<SearchQuery['sort'], readonly Clause[]>> = {
  relevance: [{ _score: 'desc' }],
  'price-asc': [{ 'price.amount': 'asc' }],
  'price-desc': [{ 'price.amount': 'desc' }],
  name: [{ 'name.sort': 'asc' }],
};

const AGGREGATIONS: Readonly<Record<FacetName, Clause>> = {
  categories: { terms: { field: 'category', size: MOST_FACETS } },
  vendors: { terms: { field: 'vendor', size: MOST_FACETS } },
  prices: { range: { field: 'price.amount', ranges: PRICE_BOUNDS.map((from, index) => ({ from, to: PRICE_BOUNDS[index + 1] })) } },
  inStock: { filter: { term: { inStock: true } } },
};

/**
 * The body of `_search` for a page of active products. Filters are applied after the aggregations (`post_filter`), so
 * that each facet can count what all filters but its own leave.
 * @param after sort values of the last hit of the page before
 */
export function productSearch(query: SearchQuery, after?: readonly unknown[]): Clause {
  const filters = filtersOf(query);
  const facet = (name: FacetName): Clause => ({
    filter: { bool: { filter: [...filters].filter(([own]) => own !== name).map(([, clause]) => clause) } },
    aggs: { counted: AGGREGATIONS[name] },
  });
  return {
    size: query.limit + 1,
    // Descriptions are most of what a hit weighs, and no page of hits shows them.
    _source: Object.keys(SearchHit.shape),
    query: { bool: { must: [matching(query.q)], filter: [{ term: { active: true } }] } },
    post_filter: { bool: { filter: [...filters.values()] } },
    aggs: { categories: facet('categories'), vendors: facet('vendors'), prices: facet('prices'), inStock: facet('inStock') },
    // The id decides between equals, or a page would begin anywhere among them.
    sort: [...SORTS[query.sort], { productId: 'asc' }],
    track_total_hits: 10_000,
    ...(after && { search_after: after }),
  };
}

/** The body of `_search` for suggestions: names that have the words typed so far, the last one unfinished. */
export const productSuggestions = (q: string): Clause => ({
  size: 10,
  _source: ['productId', 'name'],
  query: {
    bool: {
      must: [{ multi_match: { query: wordsOf(q), type: 'bool_prefix', fields: ['name.typed', 'name.typed._2gram', 'name.typed._3gram'], operator: 'and' } }],
      filter: [{ term: { active: true } }],
    },
  },
});
