import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { temporaryFolder } from '../../support/folder';

const root = path.join(__dirname, '../../..');
const folder = temporaryFolder('huge-files');
/** More than the importer may keep. By hand: `MEGABYTES=1000 npx jest --selectProjects template --testPathPatterns hugeFiles`. */
const BYTES = Number(process.env.MEGABYTES ?? 40) * 1_000_000;
const HEAP_MEGABYTES = 38;
jest.setTimeout(900_000);

const HEADER = 'productId,name,description,category,vendor,price,stock\n';
const product = (number: number, description: string, price = '19.90'): string => `p-${number},Pan,${description},Kitchen,Kesselhaus,${price},3\n`;

/** A file that is never there as a whole: it comes through a pipe as fast as it is read. */
function* file(rowOf: (number: number) => string, bytes: number): Generator<string> {
  yield HEADER;
  for (let number = 0, sent = 0; sent < bytes; ) {
    let rows = '';
    while (rows.length < 65_536) rows += rowOf(number++);
    sent += rows.length;
    yield rows;
  }
}

/** What `npm run catalog:import -- --dry-run` says of such a file, with no more heap than it needs for a small one. */
async function imported(name: string, rowOf: (number: number) => string, bytes = BYTES, reading: (stream: Readable) => Promise<string> = text): Promise<{ readonly out: string; readonly faults: readonly string[] }> {
  const pipe = path.join(folder, `${name}.csv`);
  execFileSync('mkfifo', [pipe]);
  const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_MEGABYTES}`, '--import', 'tsx', 'app/catalog/import.ts', '--dry-run', pipe], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = Promise.all([text(child.stdout), reading(child.stderr)]);
  // Who has read enough closes the pipe.
  await pipeline(Readable.from(file(rowOf, bytes)), createWriteStream(pipe)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const [out, err] = await said;
  return { out, faults: err.split('\n').flatMap((line) => (line.startsWith(pipe) ? [line.slice(pipe.length + 1)] : [])) };
}

/** As somebody who reads the first pages on a terminal. */
async function slowly(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    if (chunks.length < 100) await setTimeout(100);
  }
  return Buffer.concat(chunks).toString();
}

const DESCRIPTION = 'Stands on every hob. '.repeat(95).trim();

test('a huge file is imported with the memory of a small one', async () => {
  const { out, faults } = await imported('good', (number) => product(number, DESCRIPTION));
  expect(faults).toEqual([]);
  expect(Number(/^(\d+) rows are good, 0 bad; nothing was written\.$/m.exec(out)?.[1])).toBeGreaterThan(BYTES / 2_100);
});

test('a huge file of short rows, every one bad, is reported row by row to one who reads slowly, with the memory of a small one', async () => {
  const { out, faults } = await imported('bad', (number) => product(number, 'A pan.', '19,90'), BYTES / 2, slowly);
  expect(out).toMatch(/^0 rows are good, \d+ bad;/);
  expect(faults.length).toBeGreaterThan(BYTES / 2 / 60);
  expect(faults[0]).toBe('2: has 8 fields, and the first line names 7 columns');
});

test.each([
  ['a quote that is never closed', (number: number) => (number === 0 ? 'p-0,"Pan,' : product(number, DESCRIPTION))],
  ['a row of millions of columns', () => 'a,'.repeat(1_000)],
  ['a row without an end', () => 'a'.repeat(1_000)],
  ['nothing but quotes', () => '"'.repeat(1_000)],
])('%s ends the import at its row, whatever follows', async (name, rowOf) => {
  expect(await imported(name.replaceAll(' ', '-'), rowOf)).toEqual({
    out: '0 rows are good, 1 bad; nothing was written.\n',
    faults: ['2: is longer than any product, so nothing is read from here on: is a quote left open?'],
  });
});

test('nothing but empty lines is an empty file', async () => {
  expect(await imported('empty', () => '\n'.repeat(10_000))).toEqual({ out: '0 rows are good, 0 bad; nothing was written.\n', faults: [] });
});
