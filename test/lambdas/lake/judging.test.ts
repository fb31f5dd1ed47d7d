import { faultsOf } from '../../../lambdas/lake/judging';
import { RunSummary } from '../../../lambdas/lake/run-summary';

const DAY = '2026-11-22';
const source = (more: object = {}) => ({ files: 1, brokenFiles: [], lines: 10, read: 10, faulty: 0, quarantined: {}, ...more });
const stored = (rows: number, more: object = {}) => ({ rows, distinct: rows, nulls: 0, ...more });
const summary = ({ clicks = {}, orders = {}, tables = {} }: { clicks?: object; orders?: object; tables?: object } = {}) =>
  RunSummary.parse({ run: 'run', day: DAY, days: [DAY], clicks: source(clicks), orders: source(orders), tables: { [DAY]: { clicks: stored(8), orders: stored(2), sessions: { rows: 1 }, ...tables } } });
const exactly = (count: number) => new Map([[DAY, { least: count, most: count }]]);
const counted = (clicks = 8, orders = 2) => ({ rawClicks: exactly(clicks), orders: exactly(orders) });

test('a day that has what the raw zone and the table of orders have may be published', () => {
  expect(faultsOf(summary(), counted())).toEqual([]);
});

test.each([
  ['lines that the job did not read', summary({ clicks: { read: 9 } }), counted(), 'The raw zone has 10 lines of clicks, and the job read 9.'],
  ['an id that came twice', summary({ tables: { clicks: stored(8, { distinct: 7 }) } }), counted(), `${DAY} has 8 rows of clicks, of which only 7 have an id of their own.`],
  ['a value that no event goes without', summary({ tables: { orders: stored(2, { nulls: 1 }) } }), counted(), `${DAY} has 1 values missing in orders that no event goes without.`],
  ['a click that is missing', summary(), counted(9), `${DAY} has 8 clicks, where the raw zone has at least 9.`],
  ['a click too many', summary(), counted(7), `${DAY} has 8 clicks, where the raw zone has 7.`],
  ['an order that is missing', summary(), counted(8, 3), `${DAY} has 2 orders, where the table of orders has at least 3.`],
  ['more missing than was put aside', summary({ clicks: { faulty: 1 } }), counted(10), `${DAY} has 8 clicks, where the raw zone has at least 10, and only 1 lines were put aside.`],
  ['a day that was not made', summary({ tables: { clicks: stored(0) } }), { ...counted(5) }, `${DAY} has 0 clicks, where the raw zone has at least 5.`],
])('%s keeps it from being published', (_, made, known, fault) => {
  expect(faultsOf(made, known)).toEqual([fault]);
});

test('what came while the run began may be in it or not', () => {
  const came = new Map([[DAY, { least: 7, most: 9 }]]);
  expect(faultsOf(summary(), { ...counted(), rawClicks: came })).toEqual([]);
  expect(faultsOf(summary({ tables: { clicks: stored(6) } }), { ...counted(), rawClicks: came })).toEqual([`${DAY} has 6 clicks, where the raw zone has at least 7.`]);
});

test('what was put aside may be missing', () => {
  expect(faultsOf(summary({ clicks: { faulty: 2 } }), counted(10))).toEqual([]);
});

test('where a damaged file keeps Athena from counting, the job has counted by itself', () => {
  expect(faultsOf(summary(), { orders: counted().orders })).toEqual([]);
});
