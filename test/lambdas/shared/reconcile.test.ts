import { pair, reconcile } from '../../../lambdas/shared/reconcile';
import type { Pair, Verdict } from '../../../lambdas/shared/reconcile';

const read = <T>(value: T) => (): Promise<T> => Promise.resolve(value);
const down = () => Promise.reject(new Error('connect ECONNREFUSED'));

/** Two stores with a number for each key: equal is agreed, ours behind is mended, ours ahead is for a person. */
function books(ours: Readonly<Record<string, number>>, theirs: Readonly<Record<string, number>>) {
  const mended = new Map(Object.entries(ours));
  const compare = (key: string) => (mine: number, other: number): Verdict => {
    if (mine === other) return 'agreed';
    if (mine < other) return { repair: `${mine} should be ${other}`, act: async () => void mended.set(key, other) };
    return { raise: `${mine} is more than ${other}`, kind: 'AHEAD' };
  };
  return { mended, pairs: Object.keys(ours).map((key) => pair(key, read(ours[key] ?? 0), read(theirs[key] ?? 0), compare(key))) };
}

it('counts what agrees, mends what may be mended, and raises the rest', async () => {
  const { pairs, mended } = books({ a: 1, b: 2, c: 3 }, { a: 1, b: 5, c: 1 });
  expect(await reconcile(pairs, 2)).toEqual({
    compared: 3,
    agreed: 1,
    repaired: [{ key: 'b', what: '2 should be 5' }],
    raised: [{ key: 'c', what: '3 is more than 1', kind: 'AHEAD' }],
    unanswered: [],
  });
  expect(mended.get('b')).toBe(5);
});

it.each(['ours', 'theirs'])('finds no difference while %s is down', async (side) => {
  const compare = (): Verdict => ({ raise: 'everything is gone', kind: 'GONE' });
  const silent = side === 'ours' ? pair('a', down, read(1), compare) : pair('a', read(1), down, compare);
  expect(await reconcile([silent], 1)).toEqual({ compared: 0, agreed: 0, repaired: [], raised: [], unanswered: [{ key: 'a', what: 'Error: connect ECONNREFUSED' }] });
});

it('does not call repaired what could not be', async () => {
  const report = await reconcile([pair('a', read(1), read(2), () => ({ repair: 'x', act: down }))], 1);
  expect(report).toMatchObject({ repaired: [], unanswered: [{ key: 'a' }] });
});

it('goes on with the others after one that fails', async () => {
  const report = await reconcile([pair('a', down, read(1), () => 'agreed'), pair('b', read(1), read(1), () => 'agreed')], 1);
  expect(report).toMatchObject({ agreed: 1, unanswered: [{ key: 'a' }] });
});

it('looks at no more pairs at a time than it is told, and at each once', async () => {
  let [running, most] = [0, 0];
  const seen: string[] = [];
  const pairs: Pair[] = Array.from({ length: 20 }, (_, index) => ({
    key: String(index),
    judge: async () => {
      most = Math.max(most, ++running);
      seen.push(String(index));
      await new Promise(setImmediate);
      running--;
      return 'agreed';
    },
  }));
  expect(await reconcile(pairs, 3)).toMatchObject({ compared: 20, agreed: 20 });
  expect(most).toBe(3);
  expect(new Set(seen).size).toBe(20);
});
