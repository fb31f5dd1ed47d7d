import type { Browser, Frame, FrameLocator, Page } from 'playwright-core';
import StripeSdk, { type Stripe } from 'stripe';
import { paymentPart } from '../../../local/payment/paymentPart';
import { launchBrowser } from '../../support/browser';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { type RunningServer, serve } from '../../support/http';
import { SandboxProcess } from './sandboxProcess';

const stateDir = temporaryFolder('payment');
let sandbox: SandboxProcess;
let shop: RunningServer;
let browser: Browser;
let stripe: Stripe;
let stripeOrigin: string;

const SCRIPT = `
  const stripe = Stripe('pk_test_browser');
  const elements = stripe.elements({ mode: 'payment', amount: 4990, currency: 'eur', captureMethod: 'manual', appearance: { variables: { colorPrimary: '#1a6350' } } });
  const element = elements.create('payment');
  window.changes = [];
  element.on('ready', () => { document.body.dataset.ready = 'yes'; });
  element.on('change', ({ complete }) => window.changes.push(complete));
  element.mount('#payment');
  window.pay = async () => {
    const submitted = await elements.submit();
    if (submitted.error) return { step: 'submit', ...submitted };
    const made = await stripe.createConfirmationToken({ elements, params: { payment_method_data: { billing_details: { name: 'Ada Lovelace', address: { country: 'DE' } } } } });
    if (made.error) return { step: 'token', ...made };
    const confirmed = await (await fetch('/confirm', { method: 'POST', body: made.confirmationToken.id })).json();
    if (confirmed.error) return { step: 'confirm', token: made.confirmationToken, ...confirmed };
    if (confirmed.status !== 'requires_action') return { step: 'done', token: made.confirmationToken, ...confirmed };
    return { step: 'action', ...(await stripe.handleNextAction({ clientSecret: confirmed.client_secret })) };
  };
  window.tokenWithoutSubmit = () => stripe.createConfirmationToken({ elements }).catch(({ name, message }) => ({ name, message }));
`;

beforeAll(async () => {
  sandbox = await SandboxProcess.start(paymentPart, stateDir);
  const { port } = new URL(sandbox.url);
  // Another host name than the shop's: to the browser these are two sites.
  stripeOrigin = `http://localhost:${port}`;
  stripe = new StripeSdk('sk_test_browser', { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
  shop = await serve((request, response) => {
    if (request.url === '/shop.js') return response.writeHead(200, { 'content-type': 'text/javascript' }).end(SCRIPT);
    if (request.url === '/confirm') {
      let token = '';
      request.on('data', (part) => (token += String(part)));
      request.on('end', () => {
        void stripe.paymentIntents
          .create({ amount: 4_990, currency: 'eur', capture_method: 'manual', confirm: true, confirmation_token: token, automatic_payment_methods: { enabled: true } })
          .then(
            ({ id, status, client_secret }) => ({ id, status, client_secret }),
            ({ code, message }: Stripe.errors.StripeError) => ({ error: { code, message } }),
          )
          .then((answer) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer)));
      });
      return undefined;
    }
    return response
      .writeHead(200, {
        'content-type': 'text/html',
        'content-security-policy': `default-src 'none'; script-src 'self' ${stripeOrigin}; style-src 'self'; img-src 'self'; connect-src 'self' ${stripeOrigin}; frame-src ${stripeOrigin}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': 'camera=(), payment=()',
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
      })
      .end(`<!doctype html><html lang="en"><title>Shop</title><body><div id="payment"></div><script src="${stripeOrigin}/endive/stripe.js"></script><script src="/shop.js"></script></body></html>`);
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
  await sandbox?.stop();
});

interface Paid {
  step: string;
  status?: string;
  id?: string;
  error?: { type?: string; code?: string; message?: string; payment_intent?: { status: string } };
  paymentIntent?: { id: string; status: string };
  token?: { id: string; payment_method_preview: { billing_details: { name: string } } };
}

async function openShop(): Promise<{ page: Page; card: FrameLocator; violations: string[] }> {
  const page = await browser.newPage();
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) violations.push(message.text());
  });
  page.on('pageerror', (error) => violations.push(error.message));
  await page.goto(shop.url.href);
  await page.waitForSelector('body[data-ready=yes]');
  return { page, card: page.frameLocator('#payment iframe'), violations };
}

async function fill(card: FrameLocator, number: string, expiry = '1234', cvc = '123'): Promise<void> {
  await card.getByLabel('Card number').pressSequentially(number);
  await card.getByLabel('Expiration date').pressSequentially(expiry);
  await card.getByLabel('Security code').pressSequentially(cvc);
}

const pay = (page: Page): Promise<Paid> => page.evaluate('window.pay()');

test('a shopper pays with 4242…, under a strict CSP, and the shop’s page never has the number', async () => {
  const { page, card, violations } = await openShop();
  await fill(card, '4242424242424242');
  expect(await card.getByLabel('Card number').inputValue()).toBe('4242 4242 4242 4242');
  const paid = await pay(page);
  expect(paid).toMatchObject({ step: 'done', status: 'requires_capture', token: { payment_method_preview: { billing_details: { name: 'Ada Lovelace' } } } });
  expect(await page.evaluate('window.changes.at(-1)')).toBe(true);
  expect((await stripe.paymentIntents.capture(paid.id ?? '')).amount_received).toBe(4_990);
  expect(violations).toEqual([]);
  expect(page.frames().filter((frame: Frame) => frame.url().startsWith(stripeOrigin))).toHaveLength(1);
  await page.close();
});

test('what was mistyped is said beside its field, and no token is made of it', async () => {
  const { page, card } = await openShop();
  await fill(card, '4242424242424241', '0120', '12');
  expect(await pay(page)).toMatchObject({ step: 'submit', error: { type: 'validation_error', code: 'invalid_number', message: 'Your card number is invalid.' } });
  expect(await card.getByRole('alert').allTextContents()).toEqual(['Your card number is invalid.', "Your card's expiration year is in the past.", "Your card's security code is incomplete."]);
  expect(await card.getByLabel('Card number').getAttribute('aria-invalid')).toBe('true');
  await page.close();
});

test('a card that is declined makes a token, and the shop’s server learns why it does not pay', async () => {
  const { page, card } = await openShop();
  await fill(card, '4000000000009995');
  expect(await pay(page)).toMatchObject({ step: 'confirm', token: { id: expect.stringMatching(/^ctoken_/) as string }, error: { code: 'card_declined', message: 'Your card has insufficient funds.' } });
  await page.close();
});

test('a real card is refused in the form', async () => {
  const { page, card } = await openShop();
  await fill(card, '4111111111111111');
  expect(await pay(page)).toMatchObject({ step: 'token', error: { type: 'card_error', code: 'card_declined' } });
  await page.close();
});

test.each([
  ['completes', 'Complete', { step: 'action', paymentIntent: { status: 'requires_capture' } }],
  ['fails', 'Fail', { step: 'action', error: { code: 'payment_intent_authentication_failure', payment_intent: { status: 'requires_payment_method' } } }],
])('whoever %s the second factor in its dialog goes on with what became of the payment', async (_, button, expected) => {
  const { page, card, violations } = await openShop();
  await fill(card, '4000000000003220');
  const paying = pay(page);
  const dialog = page.frameLocator('iframe[title="3D Secure"]');
  expect(await dialog.getByRole('dialog').textContent()).toContain('€49.90');
  await dialog.getByRole('button', { name: button }).click();
  expect(await paying).toMatchObject(expected);
  expect(await page.locator('dialog').count()).toBe(0);
  expect(violations).toEqual([]);
  await page.close();
});

test('a token needs a submitted form, as in Stripe.js', async () => {
  const { page } = await openShop();
  expect(await page.evaluate('window.tokenWithoutSubmit()')).toMatchObject({ name: 'IntegrationError', message: expect.stringContaining('elements.submit()') as string });
  await page.close();
});

test('a person sees payments on the sandbox’s page and answers a second factor there', async () => {
  const { id } = await stripe.paymentIntents.create({ amount: 777, currency: 'eur', confirm: true, payment_method: 'pm_card_threeDSecure2Required', description: 'A walnut board', automatic_payment_methods: { enabled: true, allow_redirects: 'never' } });
  const page = await browser.newPage();
  await page.goto(sandbox.url);
  const row = page.locator('#payments').getByRole('row').filter({ hasText: id });
  expect(await row.textContent()).toContain('A walnut board');
  await row.getByRole('button', { name: 'Complete' }).click();
  await row.getByText('succeeded', { exact: true }).waitFor();
  expect((await stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
  await page.getByRole('button', { name: 'Throttle' }).click();
  await page.getByText('"throttle"').first().waitFor();
  await page.getByRole('button', { name: 'No faults' }).click();
  await eventually(async () => (await page.getByLabel('Rules').inputValue()) === '[]');
  await page.close();
});
