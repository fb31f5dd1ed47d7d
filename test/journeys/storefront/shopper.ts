import path from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type FakePayment, fakePayment } from '../../storefront/fakePayment';
import { type FakeShop, fakeShop } from '../../storefront/fakeShop';
import { type FakeSignIn, fakeSignIn } from '../../storefront/fakeSignIn';
import { launchBrowser } from '../../support/browser';
import { builtPages } from '../../support/builtPages';
import { temporaryFolder } from '../../support/folder';

/** Test cards of https://docs.stripe.com/testing. */
export const CARDS = { good: '4242424242424242', insufficientFunds: '4000000000009995', secondFactor: '4000000000003220' };

/** Somebody at a browser, in front of a fake shop with the pages as they are released. */
export class Shopper {
  /** Errors of the page and of its policies, not of what the bank shows. */
  readonly faults: string[] = [];

  private constructor(
    readonly page: Page,
    readonly shop: FakeShop,
    readonly signIn: FakeSignIn,
    readonly payment: FakePayment,
    private readonly context: BrowserContext,
    private readonly screenshots: string,
  ) {
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => {
      // A refused call shows as an error in the browser's log; that is what some of these tests bring about.
      const isRefusal = message.text().startsWith('Failed to load resource');
      const isOfBank = message.location().url.startsWith(`${payment.origin}/3d_secure/`);
      if (message.type() === 'error' && !isRefusal && !isOfBank) this.faults.push(message.text());
    });
  }

  static async arrive(browser: Browser, pages: string, screenshots: string, options: BrowserContextOptions): Promise<Shopper> {
    const [signIn, payment, context] = await Promise.all([fakeSignIn(), fakePayment(), browser.newContext(options)]);
    const shop = await fakeShop(pages, signIn, payment);
    return new Shopper(await context.newPage(), shop, signIn, payment, context, screenshots);
  }

  async leave(): Promise<void> {
    await this.context.close();
    await Promise.all([this.shop.server.close(), this.signIn.server.close(), this.payment.close()]);
  }

  open(address = '/') {
    return this.page.goto(this.shop.server.url.origin + address);
  }

  picture(name: string) {
    return this.page.screenshot({ path: path.join(this.screenshots, `shop-${name}.png`), fullPage: true });
  }

  heading(name: string) {
    return this.page.getByRole('heading', { name, exact: true });
  }

  button(name: string) {
    return this.page.getByRole('button', { name });
  }

  /** Opens a page and signs in there, as somebody of these groups. */
  async arriveAs(groups: readonly string[], address = '/'): Promise<void> {
    this.signIn.groups.push(...groups);
    await this.open(address);
    await this.page.getByRole('main').or(this.page.getByRole('banner')).getByRole('button', { name: 'Sign in' }).last().click();
    await this.page.getByRole('link', { name: 'Go on as Ada' }).click();
    await this.page.getByRole('link', { name: 'ada@example.com' }).waitFor();
  }

  /** How wide the page is: on a phone no more than the phone. */
  width(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth);
  }

  async fillBasketAndAddress(): Promise<void> {
    await this.open();
    await this.button('Add to basket: Walnut serving board').click();
    await this.page.getByRole('link', { name: 'Basket (1)' }).click();
    await this.page.getByLabel('Name').fill('Ada <Lovelace>');
    await this.page.getByLabel('Street and number').fill('Unter den Linden 1');
    await this.page.getByLabel('Postal code').fill('10117');
    await this.page.getByLabel('City').fill('Berlin');
    await this.page.getByLabel('Country').selectOption('Germany');
    await this.button('Show the total').click();
    await this.heading('The total').waitFor();
  }

  async signInFromBasket(): Promise<void> {
    await this.button('Sign in to order').click();
    await this.page.getByRole('link', { name: 'Go on as Ada' }).click();
    await this.button('Order for').waitFor();
  }

  /** Into the fields of the payment provider's frame. */
  async fillCard(number = CARDS.good): Promise<void> {
    const card = this.page.frameLocator('iframe[title="Secure payment input frame"]');
    await card.getByLabel('Card number').fill(number);
    await card.getByLabel('Expiration date').fill('1234');
    await card.getByLabel('Security code').fill('123');
  }

  /** From the shop window to the button that orders. */
  async getReadyToOrder(number?: string): Promise<void> {
    await this.fillBasketAndAddress();
    await this.signInFromBasket();
    await this.fillCard(number);
  }

  async order(number?: string): Promise<void> {
    await this.getReadyToOrder(number);
    await this.button('Order for €66.52').click();
  }
}

/** What a service worker asks for cannot be answered by a test instead: most do without one. */
const USUAL: BrowserContextOptions = { serviceWorkers: 'block' };

/** A new shopper for each test of a file. @param options what their browsers are like */
export function shopperOfEachTest(options: BrowserContextOptions = {}, pages = builtPages('storefront')): () => Shopper {
  const screenshots = process.env.SCREENSHOTS ?? temporaryFolder('screenshots');
  let browser: Browser;
  let shopper: Shopper;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    shopper = await Shopper.arrive(browser, pages, screenshots, { ...USUAL, ...options });
  });
  afterEach(() => shopper.leave());
  afterAll(() => browser.close());
  return () => shopper;
}
