import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROUTES } from '../../contracts/http';
import { SearchQuery } from '../../contracts/search';
import { PRODUCTS_INDEX } from '../../lambdas/search/index-definitions';
import { productSearch } from '../../lambdas/search/product-query';
import { eventually } from '../../test/support/eventually';
import { DevEnvironment } from '../orders/devEnvironment';
import type { Row, Section } from '../report';
import { percentile } from '../rounds';
import type { Workplace } from '../workplace';
import { catalogue, QUESTIONS } from './catalogue';

const PRODUCTS = 10_000;
const ASKED = 1_000;
const INDEXED_WITHIN_SECONDS = 600;

/** How long a search takes through the public edge of this machine, against the same query put to OpenSearch itself. */
export async function measureSearch(place: Workplace): Promise<Section> {
  const dev = await DevEnvironment.deploy(place, { more: ['Search'] });
  const index = `${dev.searchUrl}/${dev.name.toLowerCase()}-${PRODUCTS_INDEX.alias}`;
  await importProducts(place, dev, index);

  const site = await dev.output('Edge', 'SiteUrl');
  const ways = [
    { name: 'edge', ask: (question: Question) => answered(`${site}${ROUTES.searchProducts.path}?${new URLSearchParams(question).toString()}`, { headers: { 'user-agent': 'website-pipeline-bench' } }) },
    { name: 'direct', ask: (question: Question) => answered(`${index}/_search`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(productSearch(SearchQuery.parse(question))) }) },
  ];
  const took = new Map<string, number[]>(ways.map(({ name }) => [name, []]));
  for (let asked = -QUESTIONS.length; asked < ASKED; asked += 1) {
    place.signal.throwIfAborted();
    const question = QUESTIONS[Math.abs(asked) % QUESTIONS.length] ?? {};
    // Each is the first to ask as often as the other, and nothing counts of the first time that all is asked.
    for (const { name, ask } of asked % 2 === 0 ? ways : ways.toReversed()) {
      const milliseconds = await ask(question);
      if (asked >= 0) took.get(name)?.push(milliseconds);
    }
  }
  const [edge = [], direct = []] = ways.map(({ name }) => took.get(name));
  return {
    title: 'Search: through the local edge, against the same query put to OpenSearch',
    rows: [50, 99].map((share) => row(share, percentile(edge, share), percentile(direct, share))),
    notes: [
      `${ASKED.toLocaleString('en')} questions of ${QUESTIONS.length} kinds about ${PRODUCTS.toLocaleString('en')} products, one after the other, each put to both in turns.`,
      'Edge: CloudFront, firewall, HTTP API, the search-products function, which signs its request. Direct: the query that the function makes, put to the node itself.',
    ],
  };
}

type Question = Readonly<Record<string, string>>;

const row = (share: number, edge: number, direct: number): Row =>
  ({ what: `p${share}`, figures: { 'edge ms': edge, 'OpenSearch ms': direct }, ratio: { value: edge / direct, unit: '×', aim: { atMost: 1.5 } } });

/** Imports the catalogue as a person does, and waits until all of it is in the index. */
async function importProducts(place: Workplace, dev: DevEnvironment, index: string): Promise<void> {
  const file = join(place.folder, 'catalogue.json');
  writeFileSync(file, JSON.stringify(catalogue(PRODUCTS)));
  await place.node(['--import', 'tsx', 'app/catalog/import.ts', file, '--table', await dev.table('Catalog', 'Products')], dev.env);
  await eventually(async () => {
    const answer = await fetch(`${index}/_count`);
    const { count }: { count: number } = JSON.parse(await answer.text());
    return count >= PRODUCTS;
  }, INDEXED_WITHIN_SECONDS);
}

/** @returns how many milliseconds it took until all of the answer was there */
async function answered(url: string, init: RequestInit): Promise<number> {
  const start = performance.now();
  const response = await fetch(url, init);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`);
  return performance.now() - start;
}
