import type { RecommendationId } from '../../../contracts/recommendation';
import { products } from '../../storefront/fakeProducts';
import { eventually } from '../../support/eventually';
import { ATTACKS, foreignSite, watchPolicy } from '../../support/attacks';
import type { ForeignSite } from '../../support/attacks';
import { CARDS, shopperOfEachTest } from './shopper';

const given = shopperOfEachTest();
let foreign: ForeignSite;
beforeEach(async () => {
  foreign = await foreignSite();
});
afterEach(() => foreign.server.close());

test('nothing on the way from the window to the order and back asks for more than the policy allows', async () => {
  const shopper = given();
  const { page } = shopper;
  const violations = await watchPolicy(page);
  shopper.shop.recommend = () => ({ recommendationId: 'r-1' as RecommendationId, source: 'popular', items: products.map((product) => ({ product })) });
  await shopper.open();
  await page.getByRole('link', { name: 'Coffee & tea', exact: true }).click();
  await page.getByRole('link', { name: 'Sencha, first flush' }).click();
  await page.getByRole('region', { name: 'You may like' }).getByText('Popular now').first().waitFor();
  await page.getByRole('combobox', { name: 'Search the shop' }).fill('walnut');
  await page.getByRole('option').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('1 product', { exact: true }).waitFor();
  await page.getByLabel('Filters').getByRole('link', { name: 'Kitchen' }).click();
  // The basket, the sign-in and its way back, the fields of the payment provider, the bank's question.
  await shopper.order(CARDS.secondFactor);
  await page.frameLocator('iframe[title="3D Secure"]').getByRole('button', { name: 'Complete' }).click();
  await shopper.heading('Thank you, we have your order').waitFor();
  await page.reload();
  await page.getByText('You have paid €66.52.').waitFor();
  await page.getByRole('link', { name: 'All your orders' }).click();
  await page.getByText('1 item, €66.52').waitFor();
  await shopper.open('/?code=forged&state=forged');
  await page.getByRole('alert').getByText('Signing in did not work').waitFor();
  await shopper.open('/no/such/page');
  await page.getByText('There is no such page').waitFor();
  expect(violations).toEqual([]);
  expect(shopper.faults).toEqual([]);
});

test.each(ATTACKS)('$what is refused by $directive', async ({ directive, run }) => {
  const shopper = given();
  const { page } = shopper;
  const violations = await watchPolicy(page);
  await shopper.open();
  await page.getByRole('heading', { name: 'Walnut serving board' }).waitFor();
  await page.evaluate(run, foreign.server.url.origin);
  const refused = await eventually(() => violations.find((violation) => violation.directive === directive), 60);
  expect(refused.blocked).toMatch(new RegExp(`^(${foreign.server.url.origin.replace('http', '(http|ws)')}|inline$|data$|blob$|trusted-types|eval$)`));
  expect(await page.evaluate(() => window.taken)).toBeUndefined();
  expect(foreign.asked).toEqual([]);
  expect(await page.getByRole('heading', { name: 'Walnut serving board' }).isVisible()).toBe(true);
});

test('the very same attacks succeed on a page without a policy', async () => {
  const context = given().page.context();
  for (const { what, run } of ATTACKS.filter(({ directive }) => /^(script|frame|form|connect|img)/.test(directive))) {
    const page = await context.newPage();
    await page.goto(foreign.server.url.href);
    foreign.asked.length = 0;
    await page.evaluate(run, foreign.server.url.origin);
    const taken = async (): Promise<boolean> => foreign.asked.length > 0 || (await page.evaluate(() => window.taken)) === true;
    expect(await eventually(taken, 60).then(() => what, String)).toBe(what);
    await page.close();
  }
});

test('no other site may show the shop in a frame, take its scripts, or keep hold of its window', async () => {
  const shopper = given();
  const { page, shop } = shopper;
  const origin = shop.server.url.origin;
  const asset = await page.request.get(origin).then(async (answer) => /src="([^"]+\.js)"/.exec(await answer.text())?.[1] ?? '');
  foreign.page = `<!doctype html><iframe src="${origin}/"></iframe><script src="${origin}${asset}" onerror="window.refused = true"></script>`;
  // Another host is another site: `same-site` would let other ports in.
  await page.goto(foreign.server.url.href.replace('127.0.0.1', 'localhost'));
  await eventually(() => page.evaluate(() => 'refused' in window));
  await eventually(() => page.frames().some((frame) => frame.url().startsWith('chrome-error:')));
  const opened = page.waitForEvent('popup');
  await page.evaluate((address) => void window.open(address), origin);
  const popup = await opened;
  await popup.getByRole('heading', { name: 'Walnut serving board' }).waitFor();
  expect(await popup.evaluate(() => window.opener as unknown)).toBeNull();
});

test('the headers are those of the template, and the browser keeps camera, place and the like from the page', async () => {
  const shopper = given();
  const { page } = shopper;
  const answer = await shopper.open();
  const headers = answer?.headers() ?? {};
  expect(headers).toMatchObject({
    'content-security-policy': expect.not.stringMatching(/unsafe-|\*|data:|blob:/) as unknown,
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  const allowed = await page.evaluate(() => (document as Document & { featurePolicy: { allowedFeatures(): string[] } }).featurePolicy.allowedFeatures());
  expect(allowed.filter((feature) => ['camera', 'geolocation', 'microphone', 'payment', 'usb'].includes(feature))).toEqual([]);
});
