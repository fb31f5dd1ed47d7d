import type { CatalogueProduct } from '../../contracts/product';
import type { Written } from './import/catalogue-writer';
import { importCatalogue } from './import/import-catalogue';
import type { Row } from './import/rows';

/** Inserts what is missing of a catalogue that is known to be good. @returns how many were added and how many were there */
export async function seedCatalogue(products: readonly CatalogueProduct[], insert: (product: CatalogueProduct) => Promise<Written>): Promise<{ created: number; unchanged: number }> {
  const { created, unchanged } = await importCatalogue(rowsOf(products), { write: insert, onBadRow: () => undefined });
  return { created, unchanged };
}

async function* rowsOf(products: readonly CatalogueProduct[]): AsyncGenerator<Row> {
  for (const [index, product] of products.entries()) yield { line: index + 1, product };
}
