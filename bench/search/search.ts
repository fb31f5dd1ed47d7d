import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROUTES } from '../../contracts/http';
import { SearchQuery } from '../../contracts/search';
import { PRODUCTS_INDEX } from '../../lambdas/search/index-definitions';
import { OpenSearch } from '../../lambdas/search/open-search';
import { productSearch } from '../../lambdas/search/product-query';
import { searchProducts } from '../../lambdas/search/searching';
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
  const index = `${dev.searchUrl}/${prefixOf(dev)}${PRODUCTS_INDEX.alias}`;
  await importProducts(place, dev, index);

  const site = `${await dev.output('Edge', 'SiteUrl')}${ROUTES.searchProducts.path}`;
  const { search } = new OpenSearch({ endpoint: dev.searchUrl, region: dev.region, prefix: prefixOf(dev), credentials: () => Promise.resolve(dev.settings.credentials) });
  const took = await inTurns(place.signal, {
    edge: (question) => answered(`${site}?${new URLSearchParams(question).toString()}`, EDGE),
    direct: (question) => answered(`${index}/_search`, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(productSearch(SearchQuery.parse(question))) }),
    function: async (question) => void JSON.stringify(await searchProducts(search, SearchQuery.parse(question))),
    refusal: () => answered(`${site}?limit=none`, EDGE, 400),
  });
  return {
    title: 'Search: through the local edge, against the same query put to OpenSearch',
    rows: [
      ...[50, 99].map((share) => row(`p${share}`, percentile(took('edge'), share), percentile(took('direct'), share), 1.5)),
      row("p50 of the function's logic alone, in this process", percentile(took('function'), 50), percentile(took('direct'), 50)),
      { what: 'p50 of a question that is refused, by the same way', figures: { ms: percentile(took('refusal'), 50) } },
    ],
    notes: [
      `${ASKED.toLocaleString('en')} questions of ${QUESTIONS.length} kinds about ${PRODUCTS.toLocaleString('en')} products, one after the other, each put to all of them in turns.`,
      'Edge: CloudFront, firewall, HTTP API, the search-products function, which signs its request. OpenSearch: the query that the function makes, put to the node itself.',
      "The function's logic: it signs, asks the node, parses, answers. A question without sense is refused by the function before it asks anybody:",
      'that is what the edge, the API and a call of a function take on this machine, whatever it does.',
    ],
  };
}

type Question = Readonly<Record<string, string>>;

const EDGE = { headers: { 'user-agent': 'website-pipeline-bench' } };
const JSON_BODY = { 'content-type': 'application/json' };

const prefixOf = ({ name }: DevEnvironment): string => `${name.toLowerCase()}-`;

const row = (what: string, ms: number, direct: number, most?: number): Row =>
  ({ what, figures: { ms, 'OpenSearch ms': direct }, ratio: { value: ms / direct, unit: '×', ...(most !== undefined && { aim: { atMost: most } }) } });

/** Asks each of the ways every question, another one first each time around. @returns what each took, in milliseconds */
async function inTurns<Name extends string>(signal: AbortSignal, ways: Readonly<Record<Name, (question: Question) => Promise<void>>>): Promise<(name: Name) => readonly number[]> {
  const took = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]));
  const all = Object.entries<(question: Question) => Promise<void>>(ways);
  for (let asked = 0; asked < QUESTIONS.length + ASKED; asked += 1) {
    signal.throwIfAborted();
    const round = Math.floor(asked / QUESTIONS.length);
    const first = round % all.length;
    for (const [name, ask] of [...all.slice(first), ...all.slice(0, first)]) {
      const start = performance.now();
      await ask(QUESTIONS[asked % QUESTIONS.length] ?? {});
      // Functions start in the first round.
      if (round > 0) took.get(name)?.push(performance.now() - start);
    }
  }
  return (name) => took.get(name) ?? [];
}

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

/** Until all of the answer is there. */
async function answered(url: string, init: RequestInit, status = 200): Promise<void> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (response.status !== status) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`);
}
