import { Readable } from 'node:stream';
import { parse as csvParser } from 'csv-parse';
import * as z from 'zod/mini';
import { UnreadableFile } from './rows';
import type { RawRow } from './rows';
import { newlines, utf8Text } from './text';

/** Far more than the longest product takes; a quote that is never closed must not read the rest of the file into one row. */
const LONGEST_ROW = 100_000;

const Parsed = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }), raw: z.string() });

/**
 * Rows of a CSV file (RFC 4180) whose first line names the columns: productId, name, description, category, vendor,
 * price, stock and, if wanted, currency, active and image. A price is decimal with a point: `19.90`.
 * @throws UnreadableFile where the file cannot be read on, once the rows before are read
 */
export async function* csvRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RawRow> {
  const skipped: RawRow[] = [];
  let columns: readonly string[] | undefined;
  let lastLine = 0;
  let endless = false;
  let unreadable: UnreadableFile | undefined;
  const parser = csvParser({
    info: true,
    raw: true,
    // A stray quote stays in its field, for the contract to judge.
    relax_quotes: true,
    // Judged below, row by row: what the parser itself skips it remembers until a good row comes.
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
    skip_records_with_error: true,
    on_skip: (error) => {
      // The parser drops what follows, and would go on doing so.
      if (error?.code === 'CSV_MAX_RECORD_SIZE') endless = true;
      else skipped.push({ line: Number(error?.lines ?? 0), fault: error?.message ?? 'cannot be read' });
      return undefined;
    },
  });
  const text = until(() => endless, utf8Text(bytes), (error) => (unreadable = error));
  // An error in a stream discards what was read but not yet taken; so the text ends there, and the error comes last.
  for await (const row of Readable.from(text).compose(parser)) {
    const { record, info, raw } = Parsed.parse(row);
    const line = info.lines - newlines(raw.trim());
    lastLine = info.lines;
    if (columns === undefined) {
      columns = record.map((name) => name.trim());
      continue;
    }
    // Half a row is no row.
    if (unreadable && line >= unreadable.line) break;
    // The parser is ahead of what is taken from it.
    while (skipped[0] && skipped[0].line < line) yield* skipped.splice(0, 1);
    yield record.length === columns.length ? { line, value: fromColumns(columns, record) } : { line, fault: `has ${record.length} fields, and the first line names ${columns.length} columns` };
  }
  yield* skipped;
  if (endless) throw new UnreadableFile(lastLine + 1, 'is longer than any product, so nothing is read from here on: is a quote left open?');
  if (unreadable) throw unreadable;
}

async function* until(ended: () => boolean, texts: AsyncIterable<string>, onUnreadable: (error: UnreadableFile) => void): AsyncGenerator<string> {
  try {
    for await (const text of texts) {
      if (ended()) return;
      yield text;
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    onUnreadable(error);
  }
}

/** What the columns mean to the contract. What cannot be understood stays as it is, for the contract to refuse. */
function fromColumns(columns: readonly string[], record: readonly string[]): Record<string, unknown> {
  const { price, currency, stock, active, image, ...texts }: Partial<Record<string, string>> = Object.fromEntries(columns.map((name, index) => [name, record[index]]));
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
