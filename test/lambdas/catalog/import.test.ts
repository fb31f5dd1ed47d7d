import * as fc from 'fast-check';
import { csvRows } from '../../../lambdas/catalog/import/csv';
import { importCatalogue } from '../../../lambdas/catalog/import/import-catalogue';
import { jsonRows } from '../../../lambdas/catalog/import/json';
import { judged } from '../../../lambdas/catalog/import/rows';
import type { RawRow } from '../../../lambdas/catalog/import/rows';

type Reader = (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<RawRow>;

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What an import makes of a file: `3 pan` for a good row, `3 price.amount: why` for each fault of a bad one. */
async function outcome(reader: Reader, file: string | Uint8Array, chunk = 64 * 1024): Promise<string[]> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  const rows: string[] = [];
  for await (const row of judged(reader(inChunks(bytes, chunk)))) {
    rows.push(...('bad' in row ? row.bad.map(({ line, field, reason }) => `${line} ${field}: ${reason}`) : [`${row.line} ${row.product.productId}`]));
  }
  return rows;
}

const header = 'productId,name,description,category,vendor,price,stock';
const csv = (productId: string, price = '19.90', name = 'Pan'): string => `${productId},${name},A pan,Kitchen,Kesselhaus,${price},3`;
const json = (productId: string, more: object = {}): string =>
  JSON.stringify({ productId, name: 'Pan', description: 'A pan', category: 'Kitchen', vendor: 'Kesselhaus', price: { amount: 1990, currency: 'EUR' }, stock: 3, ...more });

describe('a CSV file', () => {
  it('gives its rows whatever the line ends, the byte order mark and the empty lines', async () => {
    expect(await outcome(csvRows, `\uFEFF${header}\r\n${csv('a')}\r\n\r\n${csv('b')}\r\n`)).toEqual(['2 a', '4 b']);
    expect(await outcome(csvRows, `${header}\n${csv('a')}`)).toEqual(['2 a']);
  });

  it('reads prices to the cent and refuses what is none', async () => {
    const prices = async (text: string): Promise<unknown[]> => {
      const amounts: unknown[] = [];
      for await (const row of judged(csvRows(inChunks(Buffer.from(`${header}\n${csv('a', text)}`), 999)))) amounts.push('bad' in row ? row.bad[0]?.field : row.product.price.amount);
      return amounts;
    };
    expect(await Promise.all(['19.9', '19.90', '0', '1234567', ' 7.05 '].map(prices))).toEqual([[1990], [1990], [0], [123_456_700], [705]]);
    expect(await Promise.all(['19.999', '-1', '1e3', '€5', ''].map(prices))).toEqual(Array.from({ length: 5 }, () => ['price.amount']));
  });

  it('names the line at which a bad row begins, also after a field of several lines', async () => {
    expect(await outcome(csvRows, `${header}\n${csv('a', '1.00', '"Pan,\nlarge"')}\n${csv('Bad')}\n${csv('c')}`)).toEqual([
      '2 name: must not contain control characters',
      '4 productId: must be lower-case words and digits joined by hyphens',
      '5 c',
    ]);
  });

  it('refuses a decimal comma as a column too many instead of reading half a price', async () => {
    expect(await outcome(csvRows, `${header}\n${csv('a', '19,90')}\n${csv('b')}`)).toEqual(['2 : has 8 fields, and the first line names 7 columns', '3 b']);
  });

  it('refuses unknown columns and texts that a spreadsheet would run', async () => {
    expect(await outcome(csvRows, `${header},cost\n${csv('a')},1`)).toEqual(['2 cost: is not known here']);
    const formulas = ['=1+1', '+1', '-1', '@SUM', ' =1+1', '＝1+1', '＋1', '－1', '＠SUM', '"=HYPERLINK(""x"")"'];
    const rows = await outcome(csvRows, [header, ...formulas.map((name, index) => csv(`p-${index}`, '1.00', name))].join('\n'));
    expect(rows.map((row) => row.replace(/ must.*/, ''))).toEqual(formulas.map((_, index) => `${index + 2} name:`));
  });

  it('imports the rows before a quote that is never closed, and names that line', async () => {
    const rows = await outcome(csvRows, `${header}\n${csv('a')}\n${csv('b', '1.00', '"Pan')}\n${csv('c')}`);
    expect(rows).toEqual(['2 a', expect.stringMatching(/^\d+ : Quote Not Closed/)]);
  });

  it('is the same in chunks of any size', async () => {
    const file = `${header}\n${csv('a', '1.00', 'Zoë')}\n${csv('Bad')}\n${csv('c', '1.00', '"山, 川"')}\n`;
    const whole = await outcome(csvRows, file);
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (chunk) => expect(await outcome(csvRows, file, chunk)).toEqual(whole)), { numRuns: 15 });
  });
});

describe('a JSON file', () => {
  it('gives each element of its list with its line', async () => {
    expect(await outcome(jsonRows, `[\n${json('a')},\n\n${json('b', { name: 'A "pan", [large] {}' })}\n]\n`)).toEqual(['2 a', '4 b']);
    expect(await outcome(jsonRows, '[]')).toEqual([]);
  });

  it('takes the elements around a broken one', async () => {
    expect(await outcome(jsonRows, `[\n${json('a')},\n{"productId": oops},\n${json('c')}\n]`)).toEqual(['2 a', expect.stringMatching(/^3 : is not valid JSON/), '4 c']);
  });

  it.each([
    ['is no list', json('a'), '1 : the file must be one JSON list of products'],
    ['ends too early', `[${json('a')},`, '1 : the file ends within its list of products'],
    ['goes on after its list', `[]\n[]`, '2 : the file must be one JSON list of products'],
    ['is empty', '', '1 : the file ends within its list of products'],
  ])('says so when it %s', async (_, file, fault) => {
    expect((await outcome(jsonRows, file)).at(-1)).toBe(fault);
  });

  it('gives back every list of products, in chunks of any size', async () => {
    const names = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((name) => /^[^\p{C}\p{Z}=+\-@＝＋－＠][^\p{C}\u2028\u2029]*$/u.test(name.trim())), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(names, fc.integer({ min: 1, max: 50 }), async (texts, chunk) => {
        const file = JSON.stringify(texts.map((name, index) => JSON.parse(json(`p-${index}`, { name }))), null, 1);
        expect((await outcome(jsonRows, file, chunk)).map((row) => row.split(' ')[1])).toEqual(texts.map((_, index) => `p-${index}`));
      }),
      { numRuns: 40 },
    );
  });
});

it.each([['CSV', csvRows], ['JSON', jsonRows]] as const)('refuses a %s file that is not in UTF-8, saying what to do', async (_, reader) => {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(header, 'utf16le')]);
  expect(await outcome(reader, utf16)).toEqual(['1 : the file is in UTF-16: save it as UTF-8']);
});

it('refuses UTF-16 without a mark, and any other NUL byte, by its line', async () => {
  const fault = 'the line has a NUL byte, as no text in UTF-8 has: save the file as UTF-8';
  expect(await outcome(csvRows, Buffer.from(`${header}\n${csv('a')}`, 'utf16le'))).toEqual([`1 : ${fault}`]);
  expect(await outcome(csvRows, `${header}\n${csv('a')}\n${csv('b', '1.00', 'Pa\0n')}\n${csv('c')}`, 7)).toEqual(['2 a', `3 : ${fault}`]);
});

it('takes no half of a row for a whole one where a file stops being UTF-8', async () => {
  const file = Buffer.concat([Buffer.from(`${header}\n${csv('a')}\n${csv('b')}`), Buffer.from([0x30, 0xff])]);
  for (let chunk = 1; chunk <= file.length; chunk += 1) expect(await outcome(csvRows, file, chunk)).toEqual(['2 a', '3 : the line is not in UTF-8, so the file is not: save it as UTF-8']);
});

it('names a row that is longer than any product by the line at which it begins, and takes the rows before', async () => {
  const rows = await outcome(csvRows, `${header}\n${csv('a')}\n${csv('b', '1.00', '"Pan')}\n${`${csv('c')}\n`.repeat(5_000)}`);
  expect(rows).toEqual(['2 a', '3 : is longer than any product, so nothing is read from here on: is a quote left open?']);
});

it('reports twenty faults of a row and no more', async () => {
  const columns = Array.from({ length: 1_000 }, (_, index) => `column${index}`).join();
  expect(await outcome(csvRows, `${columns}\n${columns}`)).toHaveLength(20);
});

it('takes the rows before the place where a file stops being UTF-8', async () => {
  const latin1 = Buffer.concat([Buffer.from(`${header}\n${csv('a')}\n`), Buffer.from(csv('b', '1.00', 'Größe'), 'latin1')]);
  expect(await outcome(csvRows, latin1)).toEqual(['2 a', '3 : the line is not in UTF-8, so the file is not: save it as UTF-8']);
});

it('takes a product once and says where it stood first', async () => {
  expect(await outcome(csvRows, `${header}\n${csv('a')}\n${csv('a', '2.00')}`)).toEqual(['2 a', '3 productId: a stands in line 2 already']);
});

it('counts what became of each row and reports every fault', async () => {
  const faults: string[] = [];
  const rows = judged(csvRows(inChunks(Buffer.from(`${header}\n${csv('a')}\n${csv('B', 'x')}\n${csv('c')}`), 30)));
  const summary = await importCatalogue(rows, { write: async ({ productId }) => (productId === 'a' ? 'created' : 'unchanged'), onBadRow: ({ line, field }) => void faults.push(`${line} ${field}`) });
  expect(summary).toEqual({ created: 1, updated: 0, unchanged: 1, bad: 1 });
  expect(faults.toSorted()).toEqual(['3 price.amount', '3 productId']);
});
