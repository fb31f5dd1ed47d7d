import { CatalogueProduct } from '../../../contracts/product';
import { parse } from '../../shared/parse';

/** A row of a catalogue file as it was read, or why it could not be; `line` is where it begins, from 1. */
export type RawRow = { readonly line: number; readonly value: unknown } | { readonly line: number; readonly fault: string };

/** A row, or a stretch of the file, that cannot be imported. */
export interface BadRow {
  readonly line: number;
  /** `price.amount`; empty when the row as a whole is meant. */
  readonly field: string;
  readonly reason: string;
}

export type Row = { readonly line: number; readonly product: CatalogueProduct } | { readonly bad: readonly BadRow[] };

/** The file, or the rest of it, cannot be read as what it says it is. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';

  constructor(
    readonly line: number,
    reason: string,
  ) {
    super(reason);
  }
}

/** Texts that begin like this are run as formulas where somebody opens an export in a spreadsheet. */
const FORMULA = /^[=+\-@＝＋－＠]/;
/** Which products a file has named is kept in memory, some hundred bytes each. */
const MOST_PRODUCTS = 1_000_000;
const MOST_FAULTS = 20;
const TEXTS = ['name', 'description', 'category', 'vendor'] as const;

/** Judges each row by the contract; a file names each product once. */
export async function* judged(rows: AsyncIterable<RawRow>): AsyncGenerator<Row> {
  const lineOf = new Map<string, number>();
  try {
    for await (const raw of rows) {
      const { line } = raw;
      const row: Row = 'fault' in raw ? { bad: [{ line, field: '', reason: raw.fault }] } : judge(line, raw.value);
      if ('bad' in row) {
        yield row;
        continue;
      }
      const { productId } = row.product;
      const earlier = lineOf.get(productId);
      if (earlier === undefined) {
        if (lineOf.size === MOST_PRODUCTS) throw new UnreadableFile(line, `the file names more than ${MOST_PRODUCTS} products: split it`);
        lineOf.set(productId, line);
        yield row;
      } else {
        yield { bad: [{ line, field: 'productId', reason: `${productId} stands in line ${earlier} already` }] };
      }
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    yield { bad: [{ line: error.line, field: '', reason: error.message }] };
  }
}

function judge(line: number, value: unknown): Row {
  const parsed = parse(CatalogueProduct, value);
  if (!parsed.ok) return { bad: parsed.faults.slice(0, MOST_FAULTS).map(({ path, reason }) => ({ line, field: path.map(String).join('.'), reason })) };
  const product = parsed.value;
  const formulas = TEXTS.filter((field) => FORMULA.test(product[field]));
  if (formulas.length === 0) return { line, product };
  return { bad: formulas.map((field) => ({ line, field, reason: 'must not begin like a spreadsheet formula (=, +, -, @)' })) };
}
