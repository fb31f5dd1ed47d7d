import type { MAX_SEARCH_TEXT as MaxSearchText, SEARCH_SORTS } from '../../contracts/search';
import type { SearchRequest } from '../api';

/** The contract's limit; its type is the number itself, so this one cannot drift from it. */
export const MAX_SEARCH_TEXT: typeof MaxSearchText = 200;

/** What is searched for and how it is narrowed: all of it stands in the page's address. */
export type Asked = Omit<SearchRequest, 'cursor' | 'limit'>;

type Sort = (typeof SEARCH_SORTS)[number];
/** The contract's, all of them, in the order that they are offered in: the compiler sees to that. */
export const SORTS: Record<Sort, true> = { relevance: true, 'price-asc': true, 'price-desc': true, name: true };

export const isSort = (text: string | undefined): text is Sort => text !== undefined && Object.hasOwn(SORTS, text);

/** Reads an address, and leaves out what no page of the shop could have put there. */
export function askedIn(query: URLSearchParams): Asked {
  const get = (name: string) => query.get(name)?.trim() || undefined;
  const amount = (name: string) => (/^\d{1,9}$/.test(get(name) ?? '') ? get(name) : undefined);
  const sort = get('sort');
  return {
    q: searchText(query.get('q') ?? ''),
    category: get('category'),
    vendor: get('vendor'),
    minPrice: amount('minPrice'),
    maxPrice: amount('maxPrice'),
    inStock: get('inStock') === 'true' ? 'true' : undefined,
    sort: isSort(sort) && sort !== 'relevance' ? sort : undefined,
  };
}

/** `/search?q=board&category=Kitchen`. The same question has one address. */
export function addressOf(asked: Asked): string {
  const given = Object.entries(asked).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams(given).toString();
  return query ? `/search?${query}` : '/search';
}

/** What somebody typed, as it is sent: without space at its ends, and cut where nobody's question goes on. */
export const searchText = (typed: string): string => typed.trim().slice(0, MAX_SEARCH_TEXT).trim();

/** The same search without what narrows it. */
export const widened = ({ q, sort }: Asked): Asked => ({ q, sort });

export const isNarrowed = ({ category, vendor, minPrice, maxPrice, inStock }: Asked): boolean => [category, vendor, minPrice, maxPrice, inStock].some(Boolean);
