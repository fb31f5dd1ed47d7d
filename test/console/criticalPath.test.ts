import { criticalPath, longest, spanOf, stepsOf, took } from '../../console/page/criticalPath';

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 8, 0, second)).toISOString();
const action = (name: string, runOrder: number, from?: number, to?: number) => ({
  name,
  runOrder,
  startedAt: from === undefined ? undefined : at(from),
  endedAt: to === undefined ? undefined : at(to),
});
const path = (...stages: { name: string; actions: ReturnType<typeof action>[] }[]) => [...criticalPath(stages)];

test('actions of one run order are a step, in the order of their numbers and not of their declaration', () => {
  const steps = stepsOf([action('Test', 10), action('Network', 2), action('Auth', 2), action('Check', 1)]);
  expect(steps.map((step) => step.map(({ name }) => name))).toEqual([['Check'], ['Network', 'Auth'], ['Test']]);
});

test('the critical path has of each step the action that ended last, over all stages', () => {
  expect(
    path(
      { name: 'Build', actions: [action('Synth', 1, 0, 10)] },
      { name: 'Dev', actions: [action('Auth', 1, 10, 14), action('Network', 1, 10, 30), action('Orders', 2, 30, 35), action('Search', 2, 30, 33)] },
    ),
  ).toEqual(['Build/Synth', 'Dev/Network', 'Dev/Orders']);
});

test('it is when an action ended that counts, not how long it took: one that was tried again holds up what follows', () => {
  expect(path({ name: 'Dev', actions: [action('Auth', 1, 0, 60), action('Network', 1, 100, 105)] })).toEqual(['Dev/Network']);
});

test('what runs is waited for; of several that run, the one that began first', () => {
  expect(path({ name: 'Dev', actions: [action('Auth', 1, 0, 60), action('Network', 1, 20), action('Search', 1, 5)] })).toEqual(['Dev/Search']);
});

test('of two that ended together it is the longer one', () => {
  expect(path({ name: 'Dev', actions: [action('Auth', 1, 5, 20), action('Network', 1, 0, 20)] })).toEqual(['Dev/Network']);
});

test('what has not run is on no path', () => {
  expect(path({ name: 'Dev', actions: [action('Auth', 1, 0, 5), action('Orders', 2)] }, { name: 'Prod', actions: [action('Auth', 1)] })).toEqual(['Dev/Auth']);
  expect(path({ name: 'Empty', actions: [] })).toEqual([]);
});

test('an action takes until its end, until now while it runs, and nothing before it runs', () => {
  const now = Date.parse(at(50));
  expect([action('A', 1, 10, 15), action('B', 1, 20), action('C', 1)].map((one) => took(one, now))).toEqual([5_000, 30_000, 0]);
});

test('bars are measured by the longest action, but not by a person who took a night to approve', () => {
  const dev = [{ ...action('Auth', 1, 0, 5), provider: 'CloudFormation' }, { ...action('Gate', 2, 5), provider: 'CodeBuild' }];
  const approve = [{ ...action('Approve', 1, 12, 59), provider: 'Manual' }];
  expect(longest([{ actions: dev }, { actions: approve }], Date.parse(at(12)))).toBe(7_000);
  expect(longest([], 0)).toBe(0);
});

test('a stage spans from its first start to its last end, which it lacks while something runs', () => {
  expect(spanOf([action('B', 2, 12, 20), action('A', 1, 3, 12), action('C', 3)])).toEqual({ from: at(3), to: at(20) });
  expect(spanOf([action('A', 1, 3, 12), action('B', 2, 12)])).toEqual({ from: at(3), to: undefined });
  expect(spanOf([action('A', 1)])).toEqual({ from: undefined, to: undefined });
});
