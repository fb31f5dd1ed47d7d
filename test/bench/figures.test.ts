import { covered, within } from '../../bench/pipeline/intervals';
import { alternate, median, percentile } from '../../bench/rounds';

test('the median of an even number of values lies between the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
});

test('a percentile is a value that was measured: of two the half is the smaller, of a hundred the ninety-ninth has one above it', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([percentile([4, 1], 50), percentile([3, 1, 2], 50), percentile(hundred, 99), percentile(hundred, 100), percentile([7], 99), percentile(hundred, 0)]).toEqual([1, 2, 99, 100, 7, 1]);
});

test('nothing has no percentile', () => {
  expect(percentile([], 99)).toBeNaN();
});

test('things that are compared are measured in turns', async () => {
  const order: string[] = [];
  const measure = (name: string, value: number) => async (): Promise<number> => {
    order.push(name);
    return Promise.resolve(value);
  };
  const figure = await alternate(2, new Map([['a', measure('a', 1)], ['b', measure('b', 3)]]));
  expect(order).toEqual(['a', 'b', 'a', 'b']);
  expect([figure('a'), figure('b')]).toEqual([1, 3]);
});

test('time that several actions were at work in counts once', () => {
  expect(covered([{ from: 0, to: 10 }, { from: 5, to: 12 }, { from: 6, to: 7 }, { from: 20, to: 25 }])).toBe(17);
});

test('work before or after its action does not count', () => {
  const action = { from: 10, to: 20 };
  expect([{ from: 5, to: 15 }, { from: 18, to: 30 }, { from: 40, to: 50 }].map((work) => covered([within(work, action)]))).toEqual([5, 2, 0]);
});
