import { CategoryList } from '../../contracts/product';
import type { ProductsTable } from './products-table';

export const CATEGORIES_FRESH_SECONDS = 60;

/**
 * The categories that have something to show, by name, counted from the products themselves: a list of its own would
 * have to be kept in step with every import and deactivation. The count costs one scan, so it is kept for a minute;
 * at ten thousand products that is 6 MB a minute and container, and only while somebody looks.
 */
export class CategoryListing {
  #counted: { readonly list: CategoryList; readonly at: number } | undefined;

  constructor(
    private readonly table: Pick<ProductsTable, 'categoryOfEach'>,
    private readonly now: () => number = Date.now,
  ) {}

  async list(): Promise<CategoryList> {
    if (!this.#counted || this.now() - this.#counted.at > CATEGORIES_FRESH_SECONDS * 1_000) {
      this.#counted = { list: await this.#count(), at: this.now() };
    }
    return this.#counted.list;
  }

  async #count(): Promise<CategoryList> {
    const counts = new Map<string, number>();
    for await (const name of this.table.categoryOfEach()) counts.set(name, (counts.get(name) ?? 0) + 1);
    const categories = [...counts].map(([name, products]) => ({ name, products }));
    return CategoryList.parse({ categories: categories.toSorted((a, b) => a.name.localeCompare(b.name, 'en')) });
  }
}
