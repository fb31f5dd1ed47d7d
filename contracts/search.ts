import * as z from 'zod/mini';
import { ProductId } from './ids';
import { Money } from './money';
import { pageQuery } from './page';
import { CategoryName, ImagePath, VendorName } from './product';

/** Longer texts are nobody's question; a page of the browser never sends one. */
export const MAX_SEARCH_TEXT = 200;
export const searchText = z.string().check(z.maxLength(MAX_SEARCH_TEXT, `must be at most ${MAX_SEARCH_TEXT} characters long`));

const minorUnits = z.pipe(z.pipe(z.string().check(z.regex(/^\d{1,9}$/, 'must be an amount in minor units')), z.transform(Number)), z.int());

export const SEARCH_SORTS = ['relevance', 'price-asc', 'price-desc', 'name'] as const;
export const SearchSort = z.enum(SEARCH_SORTS);
export type SearchSort = z.infer<typeof SearchSort>;

/** `GET /api/search`. Without `q` it lists everything that the filters leave. Prices are minor units, bounds included. */
export const SearchQuery = z.strictObject({
  ...pageQuery,
  q: z._default(searchText, ''),
  category: z.optional(CategoryName),
  vendor: z.optional(VendorName),
  minPrice: z.optional(minorUnits),
  maxPrice: z.optional(minorUnits),
  inStock: z.optional(z.literal('true', 'must be true or absent')),
  sort: z._default(SearchSort, 'relevance'),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

/** A product as the index knows it: the catalogue may have moved on by a second. */
export const SearchHit = z.object({
  productId: ProductId,
  name: z.string(),
  category: CategoryName,
  vendor: VendorName,
  price: Money,
  image: ImagePath,
  inStock: z.boolean(),
});
export type SearchHit = z.infer<typeof SearchHit>;

const count = z.int().check(z.gte(0));
const Facet = <Name extends z.ZodMiniType>(name: Name) => z.array(z.object({ name, products: count }));

/** What else there is to narrow the search by: each facet counts what all filters but its own leave. */
export const SearchFacets = z.object({
  categories: Facet(CategoryName),
  vendors: Facet(VendorName),
  /** `to` is absent for the last one, and excluded in the others. */
  prices: z.array(z.object({ from: count, to: z.optional(count), products: count })),
  inStock: count,
});
export type SearchFacets = z.infer<typeof SearchFacets>;

export const SearchPage = z.object({
  products: z.array(SearchHit),
  /** At most 10,000 are counted. */
  total: count,
  facets: SearchFacets,
  nextCursor: z.optional(z.string()),
});
export type SearchPage = z.infer<typeof SearchPage>;

/** `GET /api/search/suggestions`, as one types. */
export const SuggestionsQuery = z.strictObject({ q: searchText });
export const SuggestionList = z.object({ suggestions: z.array(z.object({ text: z.string(), productId: ProductId })).check(z.maxLength(10)) });
export type SuggestionList = z.infer<typeof SuggestionList>;
