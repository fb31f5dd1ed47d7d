import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { mailOf } from '../../../lambdas/workflow/mail/layout';
import { inboxPart } from '../../../local/inbox/inboxPart';
import { launchBrowser } from '../../support/browser';
import { serve, type RunningServer } from '../../support/http';
import { SandboxProcess } from '../payment/sandboxProcess';
import type { TestServer } from '../ministack/ministackServer';
import { openMailbox, type Mailbox } from './mailbox';

const ORDER = '019ab1c2-0000-7000-8000-00000000000a';

let server: TestServer;
let send: Mailbox['send'];
let inbox: SandboxProcess;
let shop: RunningServer;
let browser: Browser;

beforeAll(async () => {
  ({ server, send } = await openMailbox());
  inbox = await SandboxProcess.start(({ port }) => inboxPart({ port, ministackUrl: server.url }), '');
  shop = await serve((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>My order</title>'));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
  await inbox?.stop();
  await server?.stop();
});

async function confirmation(): Promise<{ subject: string; text: string; html: string }> {
  return mailOf({
    language: 'en',
    subject: 'Thank you for your order',
    paragraphs: ['Hello Ada Lovelace,', 'We have received your payment and our carrier will fetch your order soon.'],
    rows: [
      { what: '1 × Walnut serving board', amount: '€39.90' },
      { what: 'Shipping', amount: '€4.90' },
      { what: 'Total', amount: '€44.80' },
    ],
    link: { text: 'See your order', url: `${shop.url}orders/${ORDER}` },
  });
}

async function open(path = '/', options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, ...options });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${inbox.url}${path}`);
  return { page, complaints };
}
const rows = (page: Page) => page.getByRole('navigation', { name: 'Mails' }).getByRole('listitem');

test('whoever opens an empty inbox reads what to do, and sees the first mail come by itself', async () => {
  const { page, complaints } = await open('/?environment=Prod');
  await page.getByText('No mail fits this filter.').waitFor();
  await page.getByRole('link', { name: 'Show all' }).click();
  await page.getByText('Sign up or order something in one of the shops').waitFor();
  await send('Prod', { to: ['first@shop.example'], subject: 'The very first', text: 'Hello' });
  await rows(page).getByText('The very first').waitFor();
  await page.getByText('1 mail', { exact: true }).waitFor();
  expect(await page.getByText('Sign up or order something').count()).toBe(0);
  expect(complaints).toEqual([]);
  await page.close();
});

test('a customer’s mail is shown as its page, its text and its headers, and its link opens in a tab of its own', async () => {
  await send('Dev', { to: ['ada@shop.example'], ...(await confirmation()), tags: { order: ORDER, mail: 'confirmation' } });
  const { page, complaints } = await open();
  await rows(page).filter({ hasText: 'ada@shop.example' }).click();
  const letter = page.frameLocator('iframe');
  await letter.getByRole('heading', { name: 'Thank you for your order' }).waitFor();
  expect(await page.getByRole('article').textContent()).toContain(`order ${ORDER} · confirmation · delivered`);

  const [tab] = await Promise.all([page.waitForEvent('popup'), letter.getByRole('link', { name: 'See your order' }).click()]);
  expect([tab.url(), await tab.title()]).toEqual([`${shop.url}orders/${ORDER}`, 'My order']);
  await tab.close();

  await page.getByRole('link', { name: 'Text', exact: true }).click();
  expect(await page.locator('article pre').textContent()).toContain('1 × Walnut serving board  €39.90');
  await page.getByRole('link', { name: 'Headers' }).click();
  expect(await page.getByRole('row').filter({ hasText: 'From' }).textContent()).toContain('shop@dev.example.com');
  expect(complaints).toEqual([]);
  await page.close();
});

test('a mail’s scripts do not run, and its tags in a subject are text', async () => {
  await send('Dev', { to: ['eve@shop.example'], subject: '<img src=x onerror="document.title=\'taken\'">', html: '<p>Read me</p><script>document.querySelector("p").textContent = "taken"</script>' });
  const { page } = await open('/?to=eve');
  await rows(page).getByRole('link').click();
  expect(await page.frameLocator('iframe').getByRole('paragraph').textContent()).toBe('Read me');
  expect(await page.title()).toContain('<img src=x');
  await page.close();
});

test('new mail moves neither the list that somebody has scrolled nor the mail that is open', async () => {
  for (let number = 0; number < 40; number += 1) await send('Staging', { to: [`reader-${number}@shop.example`], subject: `Number ${number}`, text: 'word\n'.repeat(500) });
  const { page } = await open('/?environment=Staging');
  await page.getByText('Number 20', { exact: true }).click();
  await page.getByRole('article').waitFor();
  await page.locator('#list').evaluate((list) => list.scrollTo(0, 600));
  await page.locator('#mail').evaluate((mail) => mail.scrollTo(0, 300));
  const places = () => page.evaluate(`[document.querySelector('#mail').scrollTop, [...document.querySelectorAll('#mails li')].find((row) => row.textContent.includes('Number 20')).getBoundingClientRect().top]`);
  const before = await places();
  expect(before).toEqual([300, expect.any(Number)]);
  await send('Staging', { to: ['late@shop.example'], subject: 'Too late', text: 'Hello' });
  await rows(page).getByText('Too late').waitFor({ state: 'attached' });
  expect(await places()).toEqual(before);
  await page.close();
});

test('on a phone the list and the mail are shown one after the other, and neither is wider than the screen', async () => {
  await send('Dev', { to: [`${'a-very-long-name-'.repeat(3)}@shop.example`], ...(await confirmation()) });
  const { page } = await open('/?to=a-very-long-name', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
  const tooWide = () => page.evaluate('document.documentElement.scrollWidth > innerWidth');
  expect(await tooWide()).toBe(false);
  await rows(page).getByRole('link').click();
  await page.frameLocator('iframe').getByRole('heading').waitFor();
  expect([await tooWide(), await page.locator('#list').isVisible()]).toEqual([false, false]);
  await page.getByRole('link', { name: 'All mails' }).click();
  await rows(page).getByText('Thank you for your order').waitFor();
  await page.close();
});

test('the page says when the inbox is gone, and goes on by itself when it is back', async () => {
  const { page } = await open();
  await inbox.kill();
  await page.getByText('The inbox does not answer').waitFor();
  await inbox.start();
  await send('Dev', { to: ['back@shop.example'], subject: 'Here again', text: 'Hello' });
  await rows(page).getByText('Here again').waitFor();
  expect(await page.getByRole('status').textContent()).toBe('');
  await page.close();
});
