import { Readable } from 'node:stream';
import { parse as csvParser } from 'csv-parse';
import * as z from 'zod/mini';
import { UnreadableFile } from './rows';
import type { RawRow } from './rows';
import { newlines, utf8Text } from './text';

/** Far more than the longest product takes; a quote that is never closed must not read the rest of the file into one row. */
const LONGEST_ROW = 100_000;

const Parsed = z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.number() }), raw: z.string() });

/**
 * Rows of a CSV file (RFC 4180) whose first line names the columns: productId, name, description, category, vendor,
 * price, stock and, if wanted, currency, active and image. A price is decimal with a point: `19.90`.
 * @throws UnreadableFile where the file is not in UTF-8, once the rows before are read
 */
export async function* csvRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RawRow> {
  const skipped: RawRow[] = [];
  let unreadable: UnreadableFile | undefined;
  const parser = csvParser({
    columns: (names: string[]) => names.map((name) => name.trim()),
    info: true,
    raw: true,
    // A stray quote stays in its field, for the contract to judge.
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
    skip_records_with_error: true,
    on_skip: (error) => {
      skipped.push({ line: Number(error?.lines ?? 0), fault: error?.message ?? 'cannot be read' });
      return undefined;
    },
  });
  const remember = (error: UnreadableFile): void => {
    unreadable = error;
  };
  // An error in a stream discards what was read but not yet taken; so the text ends there, and the error comes last.
  for await (const row of Readable.from(untilUnreadable(utf8Text(bytes), remember)).compose(parser)) {
    const { record, info, raw } = Parsed.parse(row);
    const line = info.lines - newlines(raw.trim());
    // The parser is ahead of what is taken from it.
    while (skipped[0] && skipped[0].line < line) yield* skipped.splice(0, 1);
    yield { line, value: fromColumns(record) };
  }
  yield* skipped;
  if (unreadable) throw unreadable;
}

async function* untilUnreadable(texts: AsyncIterable<string>, remember: (error: UnreadableFile) => void): AsyncGenerator<string> {
  try {
    yield* texts;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    remember(error);
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
