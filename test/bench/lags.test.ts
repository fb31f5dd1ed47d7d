import { Arrivals } from '../../bench/lags/arrivals';
import { steadily } from '../../bench/lags/steadily';

const signal = new AbortController().signal;

/** A sink in which things are found from a time on, and a clock that only sleep moves. */
function sinkAt(there: Readonly<Record<string, number>>, failures = 0) {
  let time = 0;
  let left = failures;
  const find = async (ids: readonly string[]): Promise<string[]> => {
    left -= 1;
    if (left >= 0) throw new Error('away');
    return ids.filter((id) => time >= (there[id] ?? Number.POSITIVE_INFINITY));
  };
  const clock = { now: () => time, sleep: async (milliseconds: number) => void (time += milliseconds) };
  return new Arrivals({ from: 'order', to: 'search', deadlineSeconds: 1, find }, clock);
}

test('a lag ends with the look that finds what was sent', async () => {
  const arrivals = sinkAt({ a: 120, b: 30, c: 0 });
  arrivals.sent({ id: 'a', at: 0 });
  arrivals.sent({ id: 'b', at: 10 });
  arrivals.sent({ id: 'c', at: 0 });
  expect((await arrivals.all(3, signal)).toSorted((one, other) => one - other)).toEqual([0, 40, 150]);
});

test('a look that fails is made again, and its time counts', async () => {
  const arrivals = sinkAt({ a: 0 }, 2);
  arrivals.sent({ id: 'a', at: 0 });
  expect(await arrivals.all(1, signal)).toEqual([100]);
});

test('what does not arrive in time fails by its name, with what the sink said', async () => {
  const arrivals = sinkAt({}, 1_000);
  arrivals.sent({ id: 'lost', at: 0 });
  await expect(arrivals.all(1, signal)).rejects.toMatchObject({ message: 'order → search: lost was not there after 1 s.', cause: new Error('away') });
});

test('a steady load sends all, without waiting for answers', async () => {
  const sent: number[] = [];
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  await steadily({ count: 5, aSecond: 1_000 }, signal, async (index) => {
    sent.push(index);
    if (index === 4) answer();
    await answered;
  });
  expect(sent).toEqual([0, 1, 2, 3, 4]);
});

test('a steady load ends with the first failure', async () => {
  await expect(steadily({ count: 5, aSecond: 1_000 }, signal, (index) => (index === 2 ? Promise.reject(new Error('no')) : Promise.resolve()))).rejects.toThrow('no');
});
