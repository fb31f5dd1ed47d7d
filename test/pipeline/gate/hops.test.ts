import { Evidence } from '../../../contracts/evidence';
import { evidenceOf, tableOf } from '../../../pipeline/gate/hops/evidence';
import { follow, requireAll, type Clock } from '../../../pipeline/gate/hops/follow';
import type { Sink } from '../../../pipeline/gate/hops/sink';

/** A clock that stands still but for what is slept. */
class StoppedClock implements Clock {
  time = 1_000_000;
  now = (): number => this.time;
  sleep = async (milliseconds: number): Promise<void> => {
    this.time += milliseconds;
  };
}

let clock: StoppedClock;
beforeEach(() => {
  clock = new StoppedClock();
});

/** A sink in which each id is there so many milliseconds after the test began; `down` says while it cannot be asked. */
function sinkWith(arriveAfter: Readonly<Record<string, number>>, down: (after: number) => boolean = () => false): Sink {
  const begun = clock.now();
  return {
    from: 'click',
    to: 'search',
    deadlineSeconds: 30,
    find: async (ids) => {
      if (down(clock.now() - begun)) throw new Error('The sink is away.');
      return ids.filter((id) => (arriveAfter[id] ?? Number.POSITIVE_INFINITY) <= clock.now() - begun);
    },
  };
}
const sent = (...ids: string[]) => ids.map((id) => ({ id, at: clock.now() }));

test('what arrives is told with how long it took, shortest first', async () => {
  const arrivals = await follow(sinkWith({ slow: 8_000, quick: 0 }), sent('slow', 'quick'), clock);
  expect(arrivals.missing).toEqual([]);
  expect(arrivals.lags[0]).toBe(0);
  expect(arrivals.lags[1]).toBeGreaterThanOrEqual(8_000);
  expect(arrivals.lags[1]).toBeLessThan(14_000);
  expect(() => requireAll(arrivals)).not.toThrow();
});

test('what is not there when its time is up is missing, by id, and is not waited for any longer', async () => {
  const begun = clock.now();
  const arrivals = await follow(sinkWith({ there: 0, late: 31_000 }), sent('there', 'late', 'lost'), clock);
  expect(arrivals.missing).toEqual(['late', 'lost']);
  expect(clock.now() - begun).toBe(30_000);
  expect(() => requireAll(arrivals)).toThrow('2 of 3 were not there 30 s after they were sent: late, lost.');
});

test('a sink that is away for a while is asked again', async () => {
  const arrivals = await follow(sinkWith({ one: 0 }, (after) => after < 10_000), sent('one'), clock);
  expect(arrivals.missing).toEqual([]);
  expect(arrivals.trouble).toBeUndefined();
});

test('a sink that stays away says why nothing was found', async () => {
  const arrivals = await follow(sinkWith({ one: 0 }, () => true), sent('one'), clock);
  expect(() => requireAll(arrivals)).toThrow('The last look failed: The sink is away.');
});

test('an id that was never sent counts for nothing', async () => {
  const arrivals = await follow({ ...sinkWith({}), find: async () => ['somebody-elses', 'one'] }, sent('one'), clock);
  expect(arrivals).toMatchObject({ lags: [0], missing: [] });
});

test('the evidence has the median and the longest of each hop, fits its contract, and reads as a table', () => {
  const sink = { from: 'click', to: 'S3', deadlineSeconds: 900 } as const;
  const evidence = Evidence.parse(
    evidenceOf([
      { sink, lags: [100, 200, 4_000], missing: ['lost'] },
      { sink: { ...sink, to: 'Redshift' }, lags: [], missing: ['lost'] },
    ]),
  );
  expect(evidence.hops).toMatchObject([{ from: 'click', to: 'S3', sent: 4, arrived: 3, p50: 200, max: 4_000, deadline: 900 }, { arrived: 0 }]);
  expect(tableOf(evidence).split('\n')).toEqual([
    'hop               arrived     p50     max  deadline',
    'click → S3         3 of 4  0.20 s  4.00 s     900 s',
    'click → Redshift   0 of 1       –       –     900 s',
  ]);
});
