import type { Granularity } from '../../../local/quicksight/definition/definition';
import { expressionSql } from '../../../local/quicksight/queries/expression';
import { groupCondition, groupsFor } from '../../../local/quicksight/queries/filters';
import { relativeRange, type Relative } from '../../../local/quicksight/queries/relativeDates';
import { latestDue } from '../../../local/quicksight/queries/schedule';
import { parseDefinition } from '../../../local/quicksight/definition/check';
import { anyOf, between, definition, filterOf, recently, sheet } from './definitions';

const now = new Date('2026-11-27T13:45:30.500Z');

test.each<[Relative['type'], Granularity, number | undefined, string, string]>([
  ['LAST', 'HOUR', 24, '2026-11-26T14:00:00.000Z', '2026-11-27T14:00:00.000Z'],
  ['LAST', 'DAY', 7, '2026-11-21T00:00:00.000Z', '2026-11-28T00:00:00.000Z'],
  ['PREVIOUS', 'DAY', undefined, '2026-11-26T00:00:00.000Z', '2026-11-27T00:00:00.000Z'],
  ['PREVIOUS', 'MONTH', undefined, '2026-10-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z'],
  ['THIS', 'WEEK', undefined, '2026-11-22T00:00:00.000Z', '2026-11-29T00:00:00.000Z'],
  ['THIS', 'QUARTER', undefined, '2026-10-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['NEXT', 'YEAR', 1, '2027-01-01T00:00:00.000Z', '2028-01-01T00:00:00.000Z'],
  ['NOW', 'DAY', undefined, '2026-11-27T00:00:00.000Z', '2026-11-27T13:45:30.501Z'],
])('%s %s %s is from %s to %s', (type, granularity, amount, from, to) => {
  expect(relativeRange({ type, granularity, amount }, now).map((at) => at.toISOString())).toEqual([from, to]);
});

test.each([
  [{ Interval: 'MINUTE15' }, '2026-11-27T13:45:00.000Z'],
  [{ Interval: 'HOURLY', TimeOfTheDay: '00:50' }, '2026-11-27T12:50:00.000Z'],
  [{ Interval: 'DAILY', TimeOfTheDay: '05:00' }, '2026-11-27T05:00:00.000Z'],
  [{ Interval: 'DAILY', TimeOfTheDay: '14:00' }, '2026-11-26T14:00:00.000Z'],
  [{ Interval: 'DAILY', TimeOfTheDay: '14:00', Timezone: 'Europe/Berlin' }, '2026-11-27T13:00:00.000Z'],
  [{ Interval: 'WEEKLY', TimeOfTheDay: '05:00', RefreshOnDay: { DayOfWeek: 'MONDAY' } }, '2026-11-23T05:00:00.000Z'],
  [{ Interval: 'MONTHLY', TimeOfTheDay: '05:00', RefreshOnDay: { DayOfMonth: 'LAST_DAY_OF_MONTH' } }, '2026-10-31T05:00:00.000Z'],
] as const)('a schedule of %j was due last at %s', (frequency, due) => {
  expect(latestDue({ ScheduleFrequency: { Timezone: 'UTC', ...frequency } }, now).toISOString()).toBe(due);
});

const columns = [{ Name: 'vendor', Type: 'STRING' }, { Name: 'items', Type: 'INTEGER' }, { Name: 'sold_at', Type: 'DATETIME' }] as const;
const conditionOf = (filter: object, choices: Parameters<typeof groupCondition>[2]['choices'] = {}) => {
  const parsed = parseDefinition(definition('arn:aws:quicksight:us-east-1:222222222222:dataset/x', [sheet({ name: 'Today', visuals: [] })], [filterOf('one', filter)]));
  const [group] = groupsFor(parsed, 'today', 'any');
  return group && groupCondition(group, 'shop', { now, choices, columns });
};
const listed = (MatchOperator: string, CategoryValues: string[], NullOption?: string) => ({ CategoryFilter: { FilterId: 'f', Column: { DataSetIdentifier: 'shop', ColumnName: 'vendor' }, Configuration: { FilterListConfiguration: { MatchOperator, CategoryValues, NullOption } } } });

test('a filter is a condition, or none where it leaves nothing out', () => {
  expect(conditionOf(anyOf('vendor'))).toBeUndefined();
  expect(conditionOf(between('sold_at'))).toBeUndefined();
  expect(conditionOf(listed('CONTAINS', ["O'Neil"]))).toBe(`"vendor" IN ('O''Neil')`);
  expect(conditionOf(listed('DOES_NOT_CONTAIN', ['a'], 'ALL_VALUES'))).toBe(`("vendor" NOT IN ('a') OR "vendor" IS NULL)`);
  expect(conditionOf(recently('sold_at', 'DAY', 1))).toBe(`"sold_at" >= TIMESTAMP '2026-11-27 00:00:00.000' AND "sold_at" < TIMESTAMP '2026-11-28 00:00:00.000'`);
});

test('what somebody chose takes the place of what the filter says', () => {
  expect(conditionOf(anyOf('items'), { 'any-items': { kind: 'values', values: ['1'] } })).toBe(`CAST("items" AS VARCHAR) IN ('1')`);
  expect(conditionOf(anyOf('vendor'), { 'any-vendor': { kind: 'values', values: [] } })).toBe('FALSE');
  expect(conditionOf(between('sold_at'), { between: { kind: 'range', from: '2026-11-27T00:00:00.000Z' } })).toBe(`"sold_at" >= TIMESTAMP '2026-11-27 00:00:00.000'`);
});

test('a filter of a type that is not known is no filter that is left out, but said', () => {
  expect(() => conditionOf({ TopBottomFilter: { FilterId: 'top', Column: { DataSetIdentifier: 'shop', ColumnName: 'vendor' } } })).toThrow(/TopBottomFilter/);
});

test('a calculated field divides whole numbers into parts, in each engine', () => {
  expect(expressionSql('round({items} / 100) + 1.5', columns, 'redshift')).toBe('round ( CAST("items" AS DOUBLE PRECISION) / 100 ) + 1.5');
  expect(expressionSql('{items} / 100', columns, 'athena')).toBe('CAST("items" AS DOUBLE) / 100');
  expect(() => expressionSql('sumOver(sum({items}))', columns, 'duckdb')).toThrow(/from sumOver/);
  expect(() => expressionSql('{turnover} / 100', columns, 'duckdb')).toThrow(/turnover/);
  expect(() => expressionSql('{items}; DROP TABLE x', columns, 'duckdb')).toThrow(/from ;/);
});
