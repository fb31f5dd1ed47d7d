import type { Product } from '../../contracts/product';
import { SearchPage, SearchQuery, SuggestionList, SuggestionsQuery } from '../../contracts/search';

const PAGE = 2;
const BANDS = [0, 2_000, 4_000];

/** Finds words as they are written, without a mistake, in the names of a few products. */
export class FakeSearch {
  /** Every question as it was asked, of results and of suggestions. */
  readonly asked: string[] = [];
  away = false;
  /** Whether the shop's pages are told that there is a search. */
  deployed = true;

  constructor(private readonly products: readonly Product[]) {}

  find(parameters: Readonly<Record<string, string>>): SearchPage {
    const query = SearchQuery.parse(parameters);
    const found = this.matching(query);
    const from = Number(query.cursor ?? 0);
    const sorted = found.toSorted((one, other) =>
      query.sort === 'name' ? one.name.localeCompare(other.name) : { 'price-asc': 1, 'price-desc': -1, relevance: 0 }[query.sort] * (one.price.amount - other.price.amount),
    );
    return SearchPage.parse({
      products: sorted.slice(from, from + PAGE).map(({ stock, ...product }) => ({ ...product, inStock: stock > 0 })),
      total: found.length,
      facets: {
        categories: counted(this.matching({ ...query, category: undefined }).map(({ category }) => category)),
        vendors: counted(this.matching({ ...query, vendor: undefined }).map(({ vendor }) => vendor)),
        prices: this.priceFacet(query),
        inStock: this.matching({ ...query, inStock: 'true' }).length,
      },
      nextCursor: from + PAGE < found.length ? String(from + PAGE) : undefined,
    });
  }

  suggest(parameters: Readonly<Record<string, string>>): SuggestionList {
    const { q } = SuggestionsQuery.parse(parameters);
    return SuggestionList.parse({ suggestions: this.matching({ q }).map(({ name, productId }) => ({ text: name, productId })) });
  }

  private matching({ q, category, vendor, minPrice = 0, maxPrice = Infinity, inStock }: Partial<SearchQuery>): Product[] {
    return this.products.filter(
      (product) =>
        product.name.toLowerCase().includes((q ?? '').toLowerCase()) &&
        (!category || product.category === category) &&
        (!vendor || product.vendor === vendor) &&
        product.price.amount >= minPrice &&
        product.price.amount <= maxPrice &&
        (!inStock || product.stock > 0),
    );
  }

  private priceFacet(query: SearchQuery): object[] {
    return BANDS.flatMap((from, index) => {
      const to = BANDS[index + 1];
      const products = this.matching({ ...query, minPrice: from, maxPrice: (to ?? Infinity) - 1 }).length;
      return products > 0 ? [{ from, to, products }] : [];
    });
  }
}

function counted(names: readonly string[]): { name: string; products: number }[] {
  return [...new Set(names)].toSorted().map((name) => ({ name, products: names.filter((other) => other === name).length }));
}
