import { Readable } from 'node:stream';
import { CsvError, parse as csvParser } from 'csv-parse';
import * as z from 'zod/mini';
import { UnreadableFile } from './rows';
import type { RawRow } from './rows';
import { newlines, utf8Text } from './text';

const Parsed = z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.number() }), raw: z.string() });

/**
 * Rows of a CSV file (RFC 4180) whose first line names the columns: productId, name, description, category, vendor,
 * price, stock and, if wanted, currency, active and image. A price is decimal with a point: `19.90`.
 * @throws UnreadableFile where the file is no CSV or not in UTF-8
 */
export async function* csvRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RawRow> {
  const parser = Readable.from(utf8Text(bytes)).compose(
    csvParser({ columns: (names: string[]) => names.map((name) => name.trim()), info: true, raw: true, relax_column_count: true, skip_empty_lines: true }),
  );
  let line = 1;
  try {
    for await (const row of parser) {
      const { record, info, raw } = Parsed.parse(row);
      line = info.lines - newlines(raw.trim());
      yield { line, value: fromColumns(record) };
    }
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableFile(Number(error.lines ?? line), error.message);
    throw error;
  }
}

/** What the columns mean to the contract. What cannot be understood stays as it is, for the contract to refuse. */
function fromColumns(record: Readonly<Record<string, string>>): Record<string, unknown> {
  const { price, currency, stock, active, image, ...texts } = record;
  return {
    ...texts,
    ...(price !== undefined && { price: { amount: cents(price), currency: currency?.trim() || 'EUR' } }),
    ...(stock !== undefined && { stock: /^\s*\d+\s*$/.test(stock) ? Number(stock) : stock }),
    ...(active?.trim() && { active: truth(active) }),
    ...(image?.trim() && { image: image.trim() }),
  };
}

function cents(price: string): number | string {
  const [, whole, fraction = ''] = /^\s*(\d{1,8})(?:\.(\d{1,2}))?\s*$/.exec(price) ?? [];
  return whole === undefined ? price : Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

const truth = (text: string): boolean | string => ({ true: true, false: false })[text.trim().toLowerCase()] ?? text;
