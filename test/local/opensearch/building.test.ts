import type { Change } from '../../../lambdas/search/bulk';
import { IndexBuild } from '../../../lambdas/search/building';
import type { Progress } from '../../../lambdas/search/building';
import type { Held } from '../../../lambdas/search/comparing';
import { nextName } from '../../../lambdas/search/index-definitions';
import type { IndexDefinition } from '../../../lambdas/search/index-definitions';
import { PRODUCTS } from '../../../lambdas/search/indexed';
import type { Indexed, Read } from '../../../lambdas/search/indexed';
import { SearchedIndex } from '../../../lambdas/search/searched-index';
import { SearchNode } from './searchNode';

jest.setTimeout(180_000);

let node: SearchNode;
beforeAll(async () => {
  node = await SearchNode.start();
});
afterAll(() => node?.stop());

/** A table in memory, read in pages of ten. */
class Table {
  readonly #items = new Map<string, Read>();

  put(productId: string, version = 1): Change {
    const change = { id: productId, version, document: { productId, version } };
    this.#items.set(productId, { id: productId, version, change });
    return change;
  }

  putFaulty(id: string): void {
    this.#items.set(id, { id, version: 0, fault: 'name is missing' });
  }

  delete(id: string): Change {
    const { version = 0 } = this.#items.get(id) ?? {};
    this.#items.delete(id);
    return { id, version, deleted: true };
  }

  async *versions(): AsyncGenerator<readonly Held[]> {
    yield [...this.#items.values()];
  }

  async *items(after = ''): AsyncGenerator<readonly Read[]> {
    const rest = [...this.#items.keys()].toSorted().filter((id) => id > after);
    for (let page = 0; page < rest.length; page += 10) yield rest.slice(page, page + 10).flatMap((id) => this.#items.get(id) ?? []);
  }

  async read(ids: readonly string[]): Promise<Map<string, Read>> {
    return new Map(ids.flatMap((id) => {
      const item = this.#items.get(id);
      return item ? [[id, item]] : [];
    }));
  }
}

/** A domain of a test's own on the node, told apart by its prefix. */
function domainOf(prefix: string, table: Table, indexed: Indexed = PRODUCTS) {
  const domain = node.domain(prefix);
  const faults: string[] = [];
  const searched = new SearchedIndex(domain, 'products', 'productId');
  return {
    faults,
    domain,
    searched,
    /** As far as it comes without being let go on: one step, of filling one page. */
    step: (anew = false): Promise<Progress> => new IndexBuild({ domain, indexed, table, goesOn: () => false, hasTime: () => true, onFault: ({ key }) => faults.push(key) }).advance(anew),
    build: (anew = false): Promise<Progress> => new IndexBuild({ domain, indexed, table, goesOn: () => true, hasTime: () => true, onFault: ({ key }) => faults.push(key) }).advance(anew),
    indexes: async (): Promise<Record<string, string[]>> => {
      const all = Object.entries((await domain.call({ method: 'GET', path: '/_alias' })) as Record<string, { aliases: object }>);
      return Object.fromEntries(all.filter(([index]) => index.startsWith(prefix)).map(([index, { aliases }]) => [index, Object.keys(aliases)]));
    },
    held: async (refreshed = true): Promise<Record<string, number>> => {
      if (refreshed) await domain.call({ method: 'POST', path: 'products/_refresh' });
      const found: Record<string, number> = {};
      for await (const page of searched.versions()) for (const { id, version } of page) found[id] = version;
      return found;
    },
  };
}

const tableOf = (count: number): Table => {
  const table = new Table();
  for (let number = 0; number < count; number += 1) table.put(`p${String(number).padStart(2, '0')}`);
  return table;
};

test('the first index is made from the table, and a second call finds nothing to do', async () => {
  const { build, indexes, held, faults } = domainOf('first-', tableOf(25));
  const index = `first-${nextName(PRODUCTS.definition)}`;
  expect(await build()).toEqual({ state: 'done', index, documents: 25 });
  expect(await indexes()).toEqual({ [index]: ['first-products'] });
  expect(Object.keys(await held())).toHaveLength(25);
  expect(await build()).toEqual({ state: 'done', index, documents: 0 });
  expect(faults).toEqual([]);
});

test('while an index is built anew the one before serves, and what its stream brought there is in the new one too', async () => {
  const table = tableOf(35);
  const { build, step, searched, indexes, held } = domainOf('anew-', table);
  await build();
  const told = async (change: Change): Promise<void> => void (await searched.write([change]));
  const states: string[] = [];
  let progress = await step(true);
  for (let number = 0; progress.state !== 'done'; number += 1) {
    states.push(progress.state);
    // Searches find as much in the moment of the swap as in the one before.
    expect(Object.keys(await held(false)).length).toBeGreaterThan(25);
    await told(table.put('p00', number + 2));
    await told(table.put(`new-${number}`));
    await told(table.delete(`p${String(number * 7 + 1).padStart(2, '0')}`));
    expect(Object.keys(await held()).length).toBeGreaterThan(25);
    progress = await step();
  }
  expect(new Set(states)).toEqual(new Set(['filling', 'comparing', 'serving']));
  const expected: Record<string, number> = {};
  for await (const page of table.versions()) for (const { id, version } of page) expected[id] = version;
  expect(await held()).toEqual(expected);
  expect(Object.entries(await indexes())).toEqual([[expect.stringMatching(/-2$/), ['anew-products']]]);
});

test('a build that was stopped goes on where it was, and asking for it anew does not begin another', async () => {
  const { build, step, indexes } = domainOf('stopped-', tableOf(35));
  await build();
  await step(true);
  expect(await step()).toMatchObject({ state: 'filling', documents: 10 });
  expect(await step(true)).toMatchObject({ state: 'filling', documents: 20 });
  expect(await build(true)).toMatchObject({ state: 'done', documents: 35 });
  expect(Object.keys(await indexes())).toHaveLength(1);
});

test('two who build the same at once help one another, and leave one index', async () => {
  const { build, indexes, held } = domainOf('both-', tableOf(35));
  await build();
  const [one, other] = [domainOf('both-', tableOf(35)), domainOf('both-', tableOf(35))];
  await one.step(true);
  const built = await Promise.all([one.build(), other.build(true)]);
  expect(built.map(({ state }) => state)).toEqual(['done', 'done']);
  expect(Object.values(await indexes())).toEqual([['both-products']]);
  expect(Object.keys(await held())).toHaveLength(35);
});

test('a release with another mapping removes what a build of the one before has left, and a way back as well', async () => {
  const table = tableOf(15);
  const other: IndexDefinition = { ...PRODUCTS.definition, body: { ...PRODUCTS.definition.body, mappings: { ...PRODUCTS.definition.body.mappings, _source: {} } } };
  const [before, after] = [domainOf('other-', table), domainOf('other-', table, { ...PRODUCTS, definition: other })];
  await before.build();
  await before.step(true);
  await before.step();
  await after.step();
  expect(Object.keys(await before.indexes()).toSorted()).toEqual([nextName(PRODUCTS.definition), nextName(other)].map((name) => `other-${name}`).toSorted());
  // Its deployment failed before it was done: the release before has its index still, and clears away the other's.
  expect(await before.build()).toMatchObject({ state: 'done', documents: 0 });
  expect(await before.indexes()).toEqual({ [`other-${nextName(PRODUCTS.definition)}`]: ['other-products'] });
  expect(await after.build()).toMatchObject({ state: 'done', documents: 15 });
  expect(await before.indexes()).toEqual({ [`other-${nextName(other)}`]: ['other-products'] });
});

test('a release with another mapping ends a build that already serves, and begins its own', async () => {
  const table = tableOf(5);
  const other: IndexDefinition = { ...PRODUCTS.definition, body: { ...PRODUCTS.definition.body, mappings: { ...PRODUCTS.definition.body.mappings, _source: {} } } };
  const [before, after] = [domainOf('ended-', table), domainOf('ended-', table, { ...PRODUCTS, definition: other })];
  await before.build();
  for (let { state } = await before.step(true); state !== 'serving'; ) ({ state } = await before.step());
  expect(Object.keys(await before.indexes())).toHaveLength(2);
  expect(await after.build()).toMatchObject({ state: 'done', documents: 5 });
  expect(await after.indexes()).toEqual({ [`ended-${nextName(other)}`]: ['ended-products'] });
});

test('an item that no index can hold is named, and the index is built of all others', async () => {
  const table = tableOf(5);
  table.putFaulty('poison');
  const { build, held, faults } = domainOf('faulty-', table);
  expect(await build()).toMatchObject({ state: 'done', documents: 5 });
  expect(faults).toEqual(['poison']);
  expect(Object.keys(await held())).toHaveLength(5);
});

test('what is written to an index that is no longer built is refused, and makes none', async () => {
  const { domain, indexes } = domainOf('gone-', tableOf(1));
  await expect(new SearchedIndex(domain, 'products-building', 'productId').write([{ id: 'late', version: 1, document: {} }])).resolves.toMatchObject([{ status: 404 }]);
  expect(await indexes()).toEqual({});
});

test('an index of more than one page is read whole, each document once, while it is written to', async () => {
  const table = new Table();
  const { build, searched } = domainOf('large-', table);
  await build();
  const ids = Array.from({ length: 10_050 }, (_, number) => `p${String(number).padStart(5, '0')}`);
  for (let page = 0; page < ids.length; page += 2_500) await searched.write(ids.slice(page, page + 2_500).map((id) => table.put(id)));
  await node.call('POST', '/large-products/_refresh');
  const seen: string[] = [];
  for await (const page of searched.versions()) {
    seen.push(...page.map(({ id }) => id));
    await searched.write([table.put('a-new-one'), table.put('p10049', 2)]);
    await node.call('POST', '/large-products/_refresh');
  }
  expect(seen).toEqual(ids);
});
