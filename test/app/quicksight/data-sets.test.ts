import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import tables from '../../../app/lake/jobs/schemas/tables.json';
import type { DataSet } from '../../../app/quicksight/data-set';
import { sourceColumns } from '../../../app/quicksight/data-set';
import { liveShop } from '../../../app/quicksight/live-shop';
import { ordersDashboard } from '../../../app/quicksight/orders';
import { yesterdayDashboard } from '../../../app/quicksight/yesterday';
import { DAY } from '../../../contracts/derived/lake-tables';
import { ORDERS_INDEX } from '../../../lambdas/search/index-definitions';

const all = [liveShop, ordersDashboard, yesterdayDashboard].flatMap(({ dataSets }) => dataSets);
const sqlOf = ({ rows }: DataSet): string => ('sql' in rows ? rows.sql('website_dev') : '');

/** What a column of DuckDB is to QuickSight: Athena and Redshift have the same types by other names. */
const KIND: readonly [type: RegExp, kind: string][] = [[/^VARCHAR/, 'STRING'], [/INT$/, 'INTEGER'], [/^(DECIMAL|DOUBLE)/, 'DECIMAL'], [/^(DATE|TIMESTAMP)/, 'DATETIME']];
const kindOf = (type: string): string => KIND.find(([pattern]) => pattern.test(type))?.[1] ?? type;

describe('a data set', () => {
  test('has an id and a name of its own, and keeps to what QuickSight takes', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    // Names of data sets and of statements in them take 128 characters, a statement 168,000, columns 2,048: API_CustomSql.
    expect(all.filter((of) => `Staging: ${of.name}`.length > 128 || !/^[\w-]{1,100}$/.test(of.id) || sqlOf(of).length > 168_000 || Object.keys(of.columns).length > 2_048)).toEqual([]);
    expect(all.flatMap(({ columns }) => Object.keys(columns)).filter((column) => column.length > 127)).toEqual([]);
  });

  test('asks for nothing by which a person could be found', () => {
    const personal = /customer|recipient|email|tracking|user_?id|address|idempotency/i;
    expect(all.flatMap(({ columns }) => Object.keys(columns)).filter((column) => personal.test(column))).toEqual([]);
    expect(all.filter((of) => personal.test(sqlOf(of)))).toEqual([]);
  });
});

describe('what is asked of OpenSearch', () => {
  test('is in the index, and of its type', () => {
    const mapping = (ORDERS_INDEX.body.mappings as { properties: Readonly<Record<string, { type?: string; properties?: Readonly<Record<string, { type: string }>> }>> }).properties;
    const fields = new Map(Object.entries(mapping).flatMap(([name, { type, properties = {} }]) => [[name, type], ...Object.entries(properties).map(([inner, of]) => [`${name}.${inner}`, of.type])] as [string, string | undefined][]));
    const kinds: Readonly<Record<string, string>> = { keyword: 'STRING', integer: 'INTEGER', long: 'INTEGER', date: 'DATETIME', boolean: 'BOOLEAN' };
    const [orders, ...others] = ordersDashboard.dataSets;
    if (!orders) throw new Error('There is no data set of orders.');
    expect(others).toEqual([]);
    expect(orders.rows).toEqual({ index: ORDERS_INDEX.alias });
    expect(sourceColumns(orders).map(([name, type]) => [name, type, kinds[fields.get(name) ?? '']])).toEqual(sourceColumns(orders).map(([name, type]) => [name, type, type]));
  });
});

/** Athena reads Trino's SQL; what is written here means the same to DuckDB. */
describe('what is asked of the lake', () => {
  let database: DuckDBConnection;
  beforeAll(async () => {
    database = await (await DuckDBInstance.create(':memory:')).connect();
    await database.run('CREATE SCHEMA website_dev');
    for (const [table, columns] of Object.entries(tables)) {
      const typed = [...columns, DAY].map(({ name, type }) => `"${name}" ${type === 'string' ? 'VARCHAR' : type}`);
      await database.run(`CREATE TABLE website_dev.${table} (${typed.join(', ')})`);
    }
  });
  afterAll(() => database.closeSync());

  /** One after the other: they are read in this order. */
  const put = async (table: string, ...rows: Readonly<Record<string, string | number | boolean>>[]): Promise<void> => {
    for (const row of rows) await database.run(`INSERT INTO website_dev.${table} (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).map((value) => (typeof value === 'string' ? `'${value}'` : value)).join(', ')})`);
  };
  const read = async (id: string): Promise<unknown[]> => {
    const found = yesterdayDashboard.dataSets.find((of) => of.id === id);
    if (!found) throw new Error(`There is no data set ${id}.`);
    return (await database.runAndReadAll(sqlOf(found))).getRowObjectsJson();
  };
  const today = new Date().toISOString().slice(0, 10);

  test.each(yesterdayDashboard.dataSets.map((of) => [of.id, of] as const))('%s has just the columns that it says, of their types', async (_, of) => {
    const result = await database.runAndReadAll(sqlOf(of));
    const found = result.columnNames().map((name, index) => [name, kindOf(result.columnType(index).toString())]);
    expect(found).toEqual(Object.entries(of.columns));
  });

  test('is money in major units and shares in percent, of the last 400 days', async () => {
    const figure = { currency: 'EUR', sessions: 40, visitors: 30, average_session_seconds: 90, conversion: 0.25, orders: 10, items: 15, average_basket_items: 1.5, average_order_amount: 2_550, revenue_amount: 25_501 };
    await put('figures', { ...figure, day: today }, { ...figure, day: '2020-01-01' }, { sessions: 1, visitors: 1, day: '2999-01-01' });
    await expect(read('yesterday-figures')).resolves.toEqual([
      expect.objectContaining({ day: today, currency: 'EUR', sessions: '40', session_minutes: 1.5, conversion: 25, order_value: 25.5 }),
      expect.objectContaining({ currency: 'EUR', sessions: '1', revenue: null }),
    ]);
    expect(((await read('yesterday-figures')) as { revenue: unknown }[]).map(({ revenue }) => Number(revenue))).toEqual([255.01, 0]);
  });

  test('counts what was sold and paid for, by nobody synthetic', async () => {
    const line = { order_id: 'a', product_id: 'mug', name: 'Mug', vendor: 'Clay', quantity: 2, line_total_amount: 1_999, line_total_currency: 'EUR', payment_captured_amount: 4_000, synthetic: false, day: today };
    await put('order_lines', line, { ...line, order_id: 'b' }, { ...line, synthetic: true }, { ...line, payment_captured_amount: 0 });
    const sold = (await read('yesterday-products')) as Readonly<Record<string, unknown>>[];
    expect(sold.map((row) => ({ ...row, quantity: Number(row['quantity']), sold: Number(row['sold']) }))).toEqual([{ day: today, product_id: 'mug', product: 'Mug', vendor: 'Clay', category: 'unknown', currency: 'EUR', quantity: 4, sold: 39.98 }]);
  });

  test('tells by the hour in which a session began whether it bought', async () => {
    const session = { session_id: 's', began_at: '2026-11-26 10:59:00', searches: 3, orders: 0, day: today };
    await put('sessions', session, { ...session, session_id: 't', orders: 2 });
    const hours = (await read('yesterday-sessions')) as Readonly<Record<string, unknown>>[];
    expect(hours.map(({ hour, sessions, buying, searches }) => [hour, sessions, buying, searches].map(Number))).toEqual([[10, 2, 1, 6]]);
  });
});
