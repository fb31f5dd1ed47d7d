import { OPERATORS_GROUP } from '../../../contracts/operations';
import { REPORTS } from '../../../contracts/analytics';
import { watchPolicy } from '../../support/attacks';
import { eventually } from '../../support/eventually';
import { shopperOfEachTest } from './shopper';

const given = shopperOfEachTest();
const PHONE = { width: 375, height: 812 };

const report = (name: string) => given().page.getByRole('region', { name });
const link = () => given().page.getByRole('link', { name: 'Operators', exact: true });
const arrive = (groups: readonly string[], address?: string) => given().arriveAs(groups, address);

/** Every report is there. */
async function allThere(): Promise<void> {
  const { page } = given();
  await page.getByRole('heading', { level: 1, name: 'The numbers' }).waitFor();
  await page.getByText('Top products').waitFor();
  await eventually(async () => (await page.getByRole('main').getByRole('status').count()) === 0);
}

const chartsAt = () => given().page.locator('canvas').evaluateAll((all) => all.map((canvas) => canvas.getBoundingClientRect().width > 200));

test('an operator opens the numbers by a link and sees each with its unit, in words and in pictures', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  const violations = await watchPolicy(page);
  await arrive([OPERATORS_GROUP]);
  await link().click();
  await page.getByRole('navigation', { name: 'Operators' }).getByRole('link', { name: 'Numbers' }).click();
  await allThere();
  await report('Visitors now').getByText('12 visitors').waitFor();
  await report('Conversion').getByText('6.3 %').waitFor();
  await report('Conversion').getByText('60 sessions with an order, of 960 sessions').waitFor();
  await report('Revenue').getByText('€3,931.20', { exact: true }).waitFor();
  await report('Revenue').getByText('€3,991.20 taken, €60.00 given back').waitFor();
  await report('Orders').getByText('120 items in them').waitFor();
  await report('Orders').getByRole('img', { name: /^Orders by 15 minutes\. Orders: at most 4 orders, / }).waitFor();
  await report('From a look to an order').getByRole('row', { name: /Put one into the basket 301 25 %/ }).waitFor();
  expect(await chartsAt()).toEqual([true, true]);
  await report('Revenue').getByText('Each 15 minutes in numbers').click();
  await report('Orders').getByRole('img').hover();
  expect(await report('Revenue').getByRole('row').count()).toBe(97);
  await shopper.picture('numbers-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await report('Orders').getByRole('img').hover();
  await shopper.picture('numbers-dark');
  await report('Top products').getByRole('link', { name: 'Walnut serving board' }).click();
  await page.getByRole('heading', { level: 1, name: 'Walnut serving board' }).waitFor();
  expect(shop.reports.asked).toHaveLength(REPORTS.length);
  expect(violations).toEqual([]);
  expect(shopper.faults).toEqual([]);
});

test('the time and whether synthetic shoppers count stand in the address, and a look is repeated when asked for only', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  await arrive([OPERATORS_GROUP], '/operators/numbers');
  await allThere();
  await page.getByRole('link', { name: 'Last 30 days' }).click();
  await report('Orders').getByText('Each day in numbers').waitFor();
  await shopper.picture('numbers-month');
  await page.getByLabel('Count synthetic shoppers as well').check();
  await report('Visitors now').getByText('24 visitors').waitFor();
  expect(new URL(page.url()).search).toBe('?period=month&synthetic=include');
  await page.reload();
  await report('Visitors now').getByText('24 visitors').waitFor();
  await report('Orders').getByText('Each day in numbers').waitFor();
  await page.goBack();
  await report('Visitors now').getByText('12 visitors').waitFor();
  expect(await page.getByLabel('Count synthetic shoppers as well').isChecked()).toBe(false);
  await page.getByRole('link', { name: 'Last 7 days' }).click();
  await allThere();
  await shopper.picture('numbers-week');
  const before = shop.reports.asked.length;
  await shopper.button('Ask again').click();
  await eventually(() => shop.reports.asked.length === before + REPORTS.length);
  await page.getByRole('link', { name: 'Last hour' }).click();
  await allThere();
  await shopper.picture('numbers-hour');
  expect(shopper.faults).toEqual([]);
});

test('a report that Redshift takes long for says what is waited for, and then is there', async () => {
  const shopper = given();
  const { shop } = shopper;
  shop.reports.slow.add('revenue');
  await arrive([OPERATORS_GROUP], '/operators/numbers');
  await report('Revenue').getByText('Redshift is still counting the revenue').waitFor();
  await report('Orders').getByText('120 items in them').waitFor();
  await shopper.picture('numbers-waiting');
  shop.reports.slow.clear();
  await report('Revenue').getByText('€3,931.20', { exact: true }).waitFor();
  expect(shop.reports.asked.filter((one) => one.report === 'revenue' && one.query.statement === undefined)).toHaveLength(1);
  expect(shopper.faults).toEqual([]);
});

test('a report that is away says so in its place, while the others show, and is asked for once more by itself', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  shop.reports.away.add('funnel');
  await arrive([OPERATORS_GROUP], '/operators/numbers');
  await report('From a look to an order').getByRole('alert').getByText('Redshift, where this is counted, is away just now').waitFor();
  await report('Orders').getByText('120 items in them').waitFor();
  expect(await page.getByRole('alert').count()).toBe(1);
  await shopper.picture('numbers-away');
  shop.reports.away.clear();
  await shopper.button('Try again').click();
  await report('From a look to an order').getByText('(80 orders)').waitFor();
  expect(shop.reports.asked).toHaveLength(REPORTS.length + 1);
  expect(shopper.faults).toEqual([]);
});

test('where nothing has happened that is said, and no empty picture shown', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  shop.reports.quiet = true;
  await arrive([OPERATORS_GROUP], '/operators/numbers');
  await allThere();
  await report('Orders').getByText('0 orders').waitFor();
  await report('Conversion').getByText('Nobody came in this time').waitFor();
  expect(await page.locator('canvas').count()).toBe(0);
  await shopper.picture('numbers-quiet');
});

test('a shopper sees no link, loads nothing of the page, and is refused at its address in plain words', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  const scripts: string[] = [];
  page.on('request', (request) => request.resourceType() === 'script' && scripts.push(new URL(request.url()).pathname));
  await arrive([]);
  await page.getByRole('heading', { name: 'Walnut serving board' }).waitFor();
  expect(await link().count()).toBe(0);
  expect(scripts.filter((name) => name.includes('numbers'))).toEqual([]);
  await shopper.open('/operators/numbers');
  await page.getByRole('alert').getByText('This page is for the people who run the shop').waitFor();
  expect(await page.getByRole('alert').count()).toBe(1);
  await shopper.picture('numbers-refused');
  expect(scripts.filter((name) => name.includes('numbers')).length).toBeGreaterThan(0);
  expect(shop.reports.asked).toEqual([]);
  expect(shopper.faults).toEqual([]);
});

test('whoever is not signed in is asked to sign in, and comes back to the numbers', async () => {
  const { page, shop } = given();
  await arrive([OPERATORS_GROUP], '/operators/numbers?period=week');
  await allThere();
  expect(new URL(page.url()).search).toBe('?period=week');
  expect(shop.reports.asked).toHaveLength(REPORTS.length);
});

test('what people have searched for is text, whatever is in it', async () => {
  const { page } = given();
  await arrive([OPERATORS_GROUP], '/operators/numbers');
  await report('Searches without results').getByText('<img src=x onerror="window.taken = true"><b>teapot</b>', { exact: true }).waitFor();
  expect(await report('Searches without results').locator('img, b').count()).toBe(0);
  expect(await page.evaluate(() => window.taken)).toBeUndefined();
});

test('on a phone nothing reaches beyond the side', async () => {
  const shopper = given();
  const { page } = shopper;
  await page.setViewportSize(PHONE);
  await arrive([OPERATORS_GROUP], '/operators/numbers');
  for (const period of ['hour', 'day', 'week', 'month']) {
    await shopper.open(`/operators/numbers?period=${period}`);
    await allThere();
    expect([period, await shopper.width()]).toEqual([period, PHONE.width]);
    expect(await chartsAt()).toEqual([true, true]);
    await shopper.picture(`numbers-phone-${period}`);
  }
  expect(shopper.faults).toEqual([]);
});
