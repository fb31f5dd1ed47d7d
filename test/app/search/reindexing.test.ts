import { inWords, reindex } from '../../../app/search/reindexing';
import type { Ask, Progress } from '../../../app/search/reindexing';

/** A builder that comes to its end by these steps. */
function builder(...steps: readonly Progress['state'][]) {
  const asked: unknown[] = [];
  const ask: Ask = (event) => {
    asked.push(event);
    return Promise.resolve({ state: steps[asked.length - 1], index: 'dev-orders-abc-2', documents: asked.length * 1_000 });
  };
  return { asked, ask };
}

test('an index is asked for anew once, and then until it serves', async () => {
  const { asked, ask } = builder('filling', 'comparing', 'serving', 'done');
  const said: string[] = [];
  const built = await reindex('orders', ask, (progress) => said.push(inWords(progress)));
  expect(asked).toEqual([true, false, false, false].map((anew) => ({ reindex: 'orders', anew })));
  expect(said).toEqual([
    'dev-orders-abc-2: 1000 documents read from the table …',
    'dev-orders-abc-2: 2000 documents read; comparing what changed meanwhile …',
    'dev-orders-abc-2: 3000 documents served; comparing once more …',
  ]);
  expect(inWords(built)).toBe('dev-orders-abc-2: 4000 documents served.');
});

test('what is no answer of the builder ends it', async () => {
  await expect(reindex('orders', () => Promise.resolve(null), () => undefined)).rejects.toThrow('expected object');
});
