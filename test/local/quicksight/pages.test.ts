import type { Browser, Page } from 'playwright-core';
import { barriers } from '../../support/axe';
import { launchBrowser } from '../../support/browser';
import { builtPages } from '../../support/builtPages';
import { temporaryFolder } from '../../support/folder';
import { anyOf, bars, between, category, date, definition, distinct, filterOf, funnel, kpi, line, pie, recently, sheet, sum, table } from './definitions';
import { arnOf, Shop } from './shop';

let shop: Shop;
let browser: Browser;
const folder = temporaryFolder('dashboards-shop');
const pages = builtPages('local/quicksight');

const NOW = Date.now();
const ago = (hours: number): Date => new Date(NOW - hours * 3_600_000);
const VENDORS = ['Clay & Co', 'Wool Works', 'Oak Street', 'Tin', 'Paper'];
const STATUSES = ['PLACED', 'PAID', 'SHIPPED', 'DELIVERED'];
const everyType = [
  kpi('revenue', 'Revenue', sum('revenue'), date('sold_at', 'HOUR')),
  line('by-hour', 'Revenue by hour', date('sold_at', 'HOUR'), [sum('revenue')], [category('vendor')]),
  bars('vendors', 'Vendors', category('vendor'), sum('revenue')),
  pie('statuses', 'Where orders stand', category('status'), distinct('order_id')),
  funnel('steps', 'From placing to delivery', category('status'), distinct('order_id')),
  table('sold', 'What was sold', [category('vendor'), date('sold_at', 'DAY')], [sum('revenue'), sum('items', {})]),
  { HeatMapVisual: { VisualId: 'heat', Title: { Visibility: 'VISIBLE', FormatText: { PlainText: 'Heat' } } } },
  kpi('broken', 'From nowhere', { ...sum('revenue'), NumericalMeasureField: { FieldId: 'broken', Column: { DataSetIdentifier: 'away', ColumnName: 'revenue' } } }),
];
const controls = [
  { RelativeDateTime: { FilterControlId: 'when', Title: 'Time', SourceFilterId: 'recently' } },
  { Dropdown: { FilterControlId: 'vendor', Title: 'Vendor', SourceFilterId: 'any-vendor', Type: 'MULTI_SELECT' } },
  { DateTimePicker: { FilterControlId: 'span', Title: 'Sold', SourceFilterId: 'between', Type: 'DATE_RANGE' } },
];

beforeAll(async () => {
  shop = await Shop.open(folder, pages);
  browser = await launchBrowser();
  await shop.sell(...Array.from({ length: 60 }, (_, index) => [`o${index}`, VENDORS[Math.min(index % 7, index % 5)] ?? '', STATUSES[index % 7 > 3 ? 0 : index % 4] ?? '', 1 + (index % 3), 5 + ((index * 37) % 90), ago(index / 3)] as const));
  await shop.dataSet('sales');
  const PhysicalTableMap = { none: { CustomSql: { DataSourceArn: arnOf('datasource', 'warehouse'), Name: 'none', SqlQuery: 'SELECT revenue FROM nowhere', Columns: [{ Name: 'revenue', Type: 'DECIMAL' as const }] } } };
  await shop.dataSet('away', { PhysicalTableMap });
  const filters = [filterOf('when', recently('sold_at', 'HOUR', 24)), filterOf('who', anyOf('vendor')), filterOf('span', between('sold_at'))];
  const shown = { ...definition(arnOf('dataset', 'sales'), [sheet({ name: 'Today', visuals: everyType, controls }), sheet({ name: 'Older', visuals: [kpi('all', 'All revenue', sum('revenue'))] })], filters) };
  await shop.dashboard('live-shop', { ...shown, DataSetIdentifierDeclarations: [...shown.DataSetIdentifierDeclarations, { Identifier: 'away', DataSetArn: arnOf('dataset', 'away') }] }, 'Live shop');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

async function opened(address: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('502')) errors.push(message.text());
  });
  await page.goto(address);
  Object.assign(page, { errors });
  return page;
}
const visual = (page: Page, id: string) => page.locator(`[data-visual=${id}]`);
const keep = async (page: Page, name: string): Promise<void> => void (process.env['SCREENSHOTS'] && (await page.screenshot({ path: `${process.env['SCREENSHOTS']}/${name}.png`, fullPage: true })));

test('each type of visual is drawn from its data; one that is not known says so in its place, as does one without an answer', async () => {
  const page = await opened(shop.address('live-shop'));
  for (const id of ['by-hour', 'vendors', 'statuses', 'steps']) await visual(page, id).locator('canvas').waitFor();
  expect(await visual(page, 'revenue').locator('.value').textContent()).toMatch(/^EUR \d+\.\d\d$/);
  expect(await visual(page, 'sold').locator('thead th').allTextContents()).toEqual(['Vendor', 'sold_at', 'Revenue (EUR)', 'items (Sum)']);
  expect(await visual(page, 'sold').locator('tbody tr').first().locator('td').nth(2).textContent()).toMatch(/^EUR [\d,]+\.\d\d$/);
  expect(await visual(page, 'heat').textContent()).toContain('HeatMapVisual is not drawn on this machine.');
  await visual(page, 'broken').getByRole('alert').getByText(/nowhere does not exist/).waitFor();
  await visual(page, 'by-hour').locator('canvas').hover({ position: { x: 300, y: 90 } });
  await keep(page, 'light');
  expect(page).toMatchObject({ errors: [] });
  await page.close();
});

test('what is not drawn in colours is there as rows', async () => {
  const page = await opened(shop.address('live-shop'));
  await visual(page, 'vendors').getByRole('button', { name: 'Table' }).press('Enter');
  await visual(page, 'vendors').locator('tbody tr').first().waitFor();
  expect(await visual(page, 'vendors').locator('tbody tr').count()).toBeGreaterThan(2);
  await keep(page, 'as-table');
  await page.close();
});

test('a choice of vendors or of time narrows each visual, and is taken back', async () => {
  const page = await opened(shop.address('live-shop'));
  const vendors = visual(page, 'sold').locator('tbody tr td:first-child');
  await vendors.first().waitFor();
  const before = await visual(page, 'revenue').locator('.value').textContent();
  await page.getByText('Vendor: all').click();
  await page.getByRole('button', { name: 'None' }).click();
  await visual(page, 'sold').getByText('No data yet.').waitFor();
  await page.getByLabel('Tin').check();
  await vendors.first().waitFor();
  expect(new Set(await vendors.allTextContents())).toEqual(new Set(['Tin']));
  await keep(page, 'chosen');
  await page.getByRole('button', { name: 'As it was' }).click();
  await page.waitForFunction((old) => document.querySelector('[data-visual=revenue] .value')?.textContent === old, before);
  await page.close();
});

test('what is sold while one looks appears by itself', async () => {
  const page = await opened(shop.address('live-shop', 'older'));
  const value = visual(page, 'all').locator('.value');
  await value.waitFor();
  const before = await value.textContent();
  await shop.sell(['new', 'Tin', 'PAID', 1, 1_000, new Date()]);
  await page.waitForFunction((old) => document.querySelector('.value')?.textContent !== old, before);
  const amount = (text: string | null) => Number(text?.replace(/[^\d.]/g, ''));
  expect(amount(await value.textContent()) - amount(before)).toBe(1_000);
  await keep(page, 'second-sheet');
  await page.close();
});

test('nobody is asked while nobody looks, and at once when somebody does', async () => {
  const page = await browser.newPage();
  await page.clock.install();
  await page.goto(shop.address('live-shop', 'older'));
  const value = visual(page, 'all').locator('.value');
  await value.waitFor();
  const before = await value.textContent();
  const become = (hidden: boolean) =>
    page.evaluate((now) => {
      Object.defineProperty(document, 'hidden', { value: now, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await become(true);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await shop.sell(['late', 'Tin', 'PAID', 1, 500, new Date()]);
  await page.clock.fastForward(600_000);
  expect(asked).toEqual([]);
  await become(false);
  await page.waitForFunction((old) => document.querySelector('.value')?.textContent !== old, before);
  expect(asked).not.toEqual([]);
  await page.close();
});

test('the dashboards of all accounts are listed, and one over SPICE says of when its data is', async () => {
  await shop.dataSet('night', { ImportMode: 'SPICE' });
  await shop.dashboard('night', definition(arnOf('dataset', 'night'), [sheet({ name: 'Night', visuals: [bars('vendors', 'Vendors', category('vendor'), sum('revenue'), 2)] })]), 'Yesterday');
  const page = await opened(shop.address());
  await page.getByRole('link', { name: 'Live shop' }).waitFor();
  await keep(page, 'list');
  await page.getByRole('link', { name: 'Yesterday' }).click();
  await visual(page, 'vendors').getByText(/^Data of \d/).waitFor();
  expect(await page.title()).toBe('Yesterday – Dashboards');
  await visual(page, 'vendors').getByText('3 more are left out.').waitFor();
  await keep(page, 'spice');
  expect(page).toMatchObject({ errors: [] });
  await page.close();
});

test('it is drawn for the dark, and for a phone', async () => {
  const page = await opened(shop.address('live-shop'), { colorScheme: 'dark' });
  await visual(page, 'by-hour').locator('canvas').waitFor();
  await visual(page, 'sold').locator('tbody tr').first().waitFor();
  await keep(page, 'dark');
  await page.close();
  const phone = await opened(shop.address('live-shop'), { viewport: { width: 390, height: 800 } });
  await visual(phone, 'by-hour').locator('canvas').waitFor();
  await visual(phone, 'sold').locator('tbody tr').first().waitFor();
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await keep(phone, 'phone');
  await phone.close();
});

test('it can be seen, read and used by everybody', async () => {
  const page = await opened(shop.address());
  await page.getByRole('link', { name: 'Live shop' }).waitFor();
  expect(await barriers(page, 'dashboards')).toEqual([]);
  await page.goto(shop.address('live-shop'));
  for (const id of ['by-hour', 'vendors', 'statuses', 'steps']) await visual(page, id).locator('canvas').waitFor();
  await visual(page, 'sold').locator('tbody tr').first().waitFor();
  await visual(page, 'broken').getByRole('alert').waitFor();
  await page.getByText('Vendor: all').click();
  await page.getByRole('checkbox', { name: 'Tin' }).waitFor();
  expect(await barriers(page, 'dashboard')).toEqual([]);
  expect(page).toMatchObject({ errors: [] });
  await page.goto(shop.address('no-such-dashboard'));
  await page.getByRole('alert').waitFor();
  expect(await barriers(page, 'no such dashboard')).toEqual([]);
  await page.close();
});
