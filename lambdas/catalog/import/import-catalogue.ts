import type { CatalogueProduct } from '../../../contracts/product';
import type { Written } from './catalogue-writer';
import type { BadRow, Row } from './rows';

export interface ImportSummary {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows, not faults: one row may have several. */
  readonly bad: number;
}

export interface Import {
  readonly write: (product: CatalogueProduct) => Promise<Written>;
  /** The rows wait for a promise of it, so that whoever reads the reports slowly slows the import down. */
  readonly onBadRow: (bad: BadRow) => void | Promise<void>;
  readonly onProgress?: (rows: number) => void;
}

const AT_ONCE = 16;

/** Writes the good rows, some at once, and reports the bad ones; a file is never held in memory as a whole. */
export async function importCatalogue(rows: AsyncIterable<Row>, { write, onBadRow, onProgress }: Import): Promise<ImportSummary> {
  const summary = { created: 0, updated: 0, unchanged: 0, bad: 0 };
  let read = 0;
  const queue = rows[Symbol.asyncIterator]();
  const work = async (): Promise<void> => {
    // Each worker takes the next row when it has written its last: that is the bound on what is under way.
    // oxlint-disable-next-line no-await-in-loop
    for (let next = await queue.next(); !next.done; next = await queue.next()) {
      const row = next.value;
      if ('bad' in row) {
        summary.bad += 1;
        // oxlint-disable-next-line no-await-in-loop
        await Promise.all(row.bad.map(async (bad) => onBadRow(bad)));
      } else {
        // oxlint-disable-next-line no-await-in-loop
        summary[await write(row.product)] += 1;
      }
      read += 1;
      onProgress?.(read);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return summary;
}
