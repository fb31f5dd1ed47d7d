import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { builtPages } from '../../support/builtPages';

/** As much of https://vite.dev/guide/backend-integration as is read here: what came of each source, by its path. */
type Manifest = Readonly<Record<string, { readonly file: string; readonly css?: readonly string[]; readonly imports?: readonly string[]; readonly isDynamicEntry?: boolean }>>;

const BUDGET = 60 * 1024;
const pages = builtPages('storefront');
const manifest = JSON.parse(readFileSync(path.join(pages, '.vite', 'manifest.json'), 'utf8')) as Manifest;

/** The chunk of this source and whatever it imports, which a browser loads before it shows anything. */
function needed(source: string, before: readonly string[] = []): readonly string[] {
  if (before.includes(source)) return before;
  return (manifest[source]?.imports ?? []).reduce((known: readonly string[], imported) => needed(imported, known), [...before, source]);
}

const filesOf = (sources: readonly string[]): string[] => [...new Set(sources.flatMap((source) => [manifest[source]?.file ?? '', ...(manifest[source]?.css ?? [])]))];

test('the first page of the shop needs less than 60 KB of scripts and style sheets on the wire', () => {
  const weights = filesOf(needed('index.html')).map((file) => [file, gzipSync(readFileSync(path.join(pages, file))).length] as const);
  const sum = weights.reduce((before, [, bytes]) => before + bytes, 0);
  expect(weights.map(([file]) => path.extname(file))).toEqual(expect.arrayContaining(['.js', '.css']));
  expect(sum < BUDGET ? [] : weights).toEqual([]);
});

test('whoever shops loads nothing of the operators’ pages', () => {
  const operators = Object.keys(manifest).filter((source) => source.startsWith('operators/'));
  expect(operators).toEqual(expect.arrayContaining(['operators/numbersPage.tsx', 'operators/orders/findOrdersPage.tsx', 'operators/orders/operatorOrderPage.tsx']));
  const first = filesOf(needed('index.html'));
  expect(filesOf(operators).filter((file) => first.includes(file))).toEqual([]);
});

test('whoever reads English loads no other language', () => {
  expect(manifest['words/german.ts']?.isDynamicEntry).toBe(true);
  const first = filesOf(needed('index.html'));
  expect(filesOf(['words/german.ts']).filter((file) => first.includes(file))).toEqual([]);
});
