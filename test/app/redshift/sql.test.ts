import { migrationFiles } from '../../../app/redshift/migrations';
import { CLICK_VIEW_COLUMNS, ORDER_VIEW_COLUMNS } from '../../../contracts/derived/redshift-columns';
import { clickSelections, orderSelections } from '../../../contracts/derived/redshift-selections';
import { statementsIn } from '../../../lambdas/redshift/script';

const statements = (): string[] => migrationFiles().flatMap(({ sql }) => statementsIn(sql));
/** What a view is now: a later file may have made it anew. */
const view = (name: string): string => statements().findLast((sql) => sql.startsWith(`CREATE OR REPLACE VIEW ${name} AS`)) ?? '';

test.each([
  ['shop.clicks', CLICK_VIEW_COLUMNS, clickSelections()],
  ['shop.orders', ORDER_VIEW_COLUMNS, orderSelections()],
])('%s has just the columns that its contract says, each read as it says', (name, columns, selections) => {
  const lines = view(name).split('\n').map((line) => line.trim());
  expect(lines).toContain(`SELECT ${columns.map((column) => column.name).join(', ')}, arrived_at`);
  const first = lines.indexOf(`${selections[0]},`);
  expect(lines.slice(first, first + selections.length)).toEqual(selections.map((selection) => `${selection},`));
});

test('files are numbered without a gap', () => {
  expect(migrationFiles().map(({ name }) => name.slice(0, 4))).toEqual(migrationFiles().map((_, index) => String(index + 1).padStart(4, '0')));
});

test('every statement may be run again, as it is where a deployment was interrupted within a file', () => {
  const again = /^(CREATE (EXTERNAL )?SCHEMA IF NOT EXISTS|CREATE OR REPLACE VIEW|DROP MATERIALIZED VIEW IF EXISTS) /;
  // Redshift makes no materialized view that is there: it is dropped just before.
  const pairs = statements().map((sql, index) => ({ sql, dropped: /^DROP MATERIALIZED VIEW IF EXISTS (\S+)$/.exec(statements()[index - 1] ?? '')?.[1] }));
  expect(pairs.filter(({ sql, dropped }) => !again.test(sql) && !sql.startsWith(`CREATE MATERIALIZED VIEW ${dropped} `))).toEqual([]);
});

test('a statement is short enough for the Data API, which takes 100 KB', () => {
  for (const sql of statements()) expect(Buffer.byteLength(sql)).toBeLessThan(100 * 1_024);
});
