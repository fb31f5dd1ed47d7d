import * as z from 'zod/mini';
import { bulkBody, failuresIn } from './bulk';
import type { Change } from './bulk';
import { indexName } from './index-definitions';
import type { IndexDefinition } from './index-definitions';
import { OpenSearchError } from './open-search';
import type { OpenSearch } from './open-search';

type Domain = Pick<OpenSearch, 'call' | 'nameOf'>;
const AliasAnswer = z.record(z.string(), z.unknown());

/** The indexes that an alias stands for; none while there is no such alias. */
async function behind(domain: Domain, alias: string): Promise<string[]> {
  return Object.keys(z.parse(AliasAnswer, (await unless404(domain.call({ method: 'GET', path: `/_alias/${domain.nameOf(alias)}` }))) ?? {}));
}

async function unless404(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof OpenSearchError && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * Makes the index of a definition, unless the alias stands for it already: fills it from the table while the one before
 * serves, swaps the alias, fills it once more with what changed meanwhile, and removes the one before. External versions
 * keep what is newer; a product deleted while the index was filled is found by the comparison of both.
 * @param everything reads the table from its beginning, in batches
 * @returns how many documents the table gave; undefined where there was nothing to do
 */
export async function buildIndex(domain: Domain, definition: IndexDefinition, everything: () => AsyncIterable<readonly Change[]>): Promise<number | undefined> {
  const name = indexName(definition);
  const target = domain.nameOf(name);
  const before = await behind(domain, definition.alias);
  if (before.includes(target)) return undefined;
  // One that a build left unfinished is filled from the beginning.
  await unless404(domain.call({ method: 'DELETE', path: name }));
  await domain.call({ method: 'PUT', path: name, body: definition.body });
  await fill(domain, name, everything());
  const alias = domain.nameOf(definition.alias);
  await domain.call({
    method: 'POST',
    path: '/_aliases',
    body: { actions: [...before.map((index) => ({ remove: { index, alias } })), { add: { index: target, alias } }] },
  });
  const filled = await fill(domain, name, everything());
  for (const index of before) await unless404(domain.call({ method: 'DELETE', path: `/${index}` }));
  return filled;
}

async function fill(domain: Domain, name: string, batches: AsyncIterable<readonly Change[]>): Promise<number> {
  let filled = 0;
  for await (const changes of batches) {
    const failures = failuresIn(await domain.call({ method: 'POST', path: `${name}/_bulk`, body: bulkBody(changes) }), changes);
    if (failures[0]) throw new Error(`${failures.length} of ${changes.length} are not indexed, one because of ${failures[0].reason}`);
    filled += changes.length;
  }
  return filled;
}
