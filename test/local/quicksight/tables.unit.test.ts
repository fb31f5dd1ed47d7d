import path from 'node:path';
import { Tables } from '../../../local/quicksight/queries/tables';
import { temporaryFolder } from '../../support/folder';

const folder = temporaryFolder('tables');
const columns = [{ Name: 'vendor', Type: 'STRING' }, { Name: 'sold', Type: 'INTEGER' }, { Name: 'at', Type: 'DATETIME' }] as const;
let tables: Tables;
beforeEach(async () => {
  tables = await Tables.open(path.join(folder, `${expect.getState().currentTestName?.length}.duckdb`));
});
afterEach(() => tables.close());

test('what is kept is asked by its types, and a row that has not got them is dropped', async () => {
  const rows = [['Clay', '2', '2026-11-22 10:00:00'], ['Wool', 'many', '2026-11-22 10:00:00'], ['Clay', 3, '2026-11-22T11:00:00.000Z'], [null, null, null]] as const;
  await expect(tables.keep('shop/sales', { columns, rows })).resolves.toEqual({ kept: 3, dropped: 1 });
  await expect(tables.ask('shop/sales', (source) => `SELECT vendor, sum(sold), max("at") FROM ${source} GROUP BY 1 ORDER BY 1 NULLS LAST`)).resolves.toEqual([['Clay', '5', '2026-11-22 11:00:00'], [null, null, null]]);
});

test('what is kept anew takes the place of what was, and is gone once it is forgotten', async () => {
  await tables.keep('sales', { columns, rows: [['Clay', 1, null]] });
  await tables.keep('sales', { columns: columns.slice(0, 1), rows: [['Wool'], ['Oak']] });
  await expect(tables.ask('sales', (source) => `SELECT * FROM ${source} ORDER BY 1`)).resolves.toEqual([['Oak'], ['Wool']]);
  await tables.forget('sales');
  await expect(tables.has('sales')).resolves.toBe(false);
});

test('rows that are only held leave nothing behind, a failed question included', async () => {
  const held = { columns, rows: [['Clay', 1, null]] as const };
  await expect(tables.askRows(held, (source) => `SELECT count(*) FROM ${source}`)).resolves.toEqual([['1']]);
  await expect(tables.askRows(held, (source) => `SELECT nothing FROM ${source}`)).rejects.toThrow(/nothing/);
  await expect(tables.askRows(held, () => `SELECT table_name FROM information_schema.tables`)).resolves.toEqual([['held_3']]);
});
