import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import type { Order } from '../../../contracts/order';
import { OPERATORS_GROUP } from '../../../contracts/operations';
import type { OperatorOrderWithExecutions } from '../../../contracts/operations';
import { Problem } from '../../../contracts/problem';
import type { Shopper } from '../../../pipeline/gate/shoppers';
import { onPage } from '../../support/browser';
import { eventually } from '../../support/eventually';
import type { DevShop } from './customers';
import { Outside } from './outside';
import type { RunningWebsite } from './runningWebsite';
import { signedIn, tokenOf } from './tokens';

interface Given {
  readonly dev: DevShop;
  readonly running: RunningWebsite;
  readonly browser: Browser;
}

const PRODUCT = 'stoneware-mug-sage';

/** What people of the shop do with an order through the public edge, with a token that they got as docs/runbooks.md says. */
export function operators(given: () => Given): void {
  const outside = (): Outside => new Outside(given().running.sandboxes);
  let token: string;
  let customer: Shopper;
  let order: Order;
  const onOrder = () => ({ token, pathParameters: { orderId: order.orderId } });
  const shown = (): Promise<OperatorOrderWithExecutions> => given().dev.shop.call('showOrder', onOrder());

  beforeAll(async () => {
    const { dev } = given();
    token = await tokenOf(given(), OPERATORS_GROUP);
    customer = await dev.customer();
    await outside().holdParcels(true);
    await outside().failNextBooking();
    order = await dev.order(customer, PRODUCT, { quantity: 2 });
    await dev.orderWith('CONFIRMED', customer, order.orderId);
  });
  afterAll(() => outside().holdParcels(false));

  test('sees every step of an order and every attempt at it, with what was answered', async () => {
    const { executions } = await shown();
    expect(executions.map(({ machine, status }) => [machine, status])).toEqual([['ProcessOrder', 'SUCCEEDED']]);
    const steps = executions.flatMap((execution) => execution.steps);
    expect(steps.map(({ name }) => name)).toEqual(['AuthorizePayment', 'BookShipment', 'RecordShipment', 'CapturePayment', 'ConfirmByMail']);
    expect(steps.find(({ name }) => name === 'BookShipment')?.attempts).toMatchObject([
      { outcome: 'FAILED', error: 'States.Http.StatusCode.503' },
      { outcome: 'SUCCEEDED', answer: expect.stringContaining('trackingNumber') },
    ]);
  });

  test('is told in words that nothing of it has failed that could be retried', async () => {
    const answer = await given().dev.shop.send('retryOrder', { ...onOrder(), body: { reason: 'Just in case' } });
    expect(Problem.parse(await answer.json())).toMatchObject({ type: '/problems/nothing-to-retry', status: 409, title: 'Nothing of the order has failed' });
  });

  test('sends a mail again', async () => {
    const { acts } = await given().dev.shop.call('resendMail', { ...onOrder(), body: { mail: 'confirmation', reason: 'The customer has deleted it' } });
    expect(acts).toMatchObject([{ act: 'RESEND_MAIL', subject: 'confirmation', why: 'The customer has deleted it', by: expect.stringMatching(/^operator:/) }]);
    expect(await outside().mails(order.orderId, 2)).toEqual(['Thank you for your order', 'Thank you for your order']);
  });

  test('refunds a line with a reason, once however often it is asked for, and the customer is told', async () => {
    const { dev } = given();
    const refund = { ...onOrder(), idempotencyKey: randomUUID(), body: { lines: [{ productId: PRODUCT, quantity: 1 }], goods: 'WRITE_OFF', reason: 'Arrived broken' } };
    await dev.shop.call('refundOrder', refund);
    await dev.shop.call('refundOrder', refund);
    const refunded = await eventually(async () => {
      const { undone, payment, status } = await shown();
      return status === 'CONFIRMED' && undone.length > 0 && { undone, amount: payment.refunded.amount };
    });
    expect(refunded.undone).toMatchObject([{ reason: 'REFUNDED', detail: 'Arrived broken', goods: 'WRITE_OFF', lines: [{ productId: PRODUCT, quantity: 1 }], by: expect.stringMatching(/^operator:/) }]);
    expect(refunded.amount).toBeGreaterThan(0);
    expect(await outside().money(order.orderId)).toEqual({ taken: order.total.amount, givenBack: refunded.amount });
    expect(await outside().mails(order.orderId, 3)).toContain('Your refund is on its way');
  });

  test('finds the order on the shop’s pages, sends a mail again there, and sees the numbers', async () => {
    const { dev } = given();
    await signedIn(given(), (page) => onPage(page, async () => {
      await page.goto(new URL('/operators/orders', dev.url).href);
      await page.getByRole('searchbox').fill(order.orderId);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Order for Ada Lovelace' }).waitFor();
      await page.getByRole('region', { name: 'Steps and attempts' }).getByText('Fulfilling the order').waitFor();
      await page.getByRole('button', { name: 'Send a mail again' }).click();
      await page.getByLabel('Why is it sent again?').fill('The first went to the spam');
      await page.getByRole('button', { name: 'Send the mail' }).click();
      await page.getByText('is being sent again').waitFor();
      await page.getByRole('navigation', { name: 'Operators' }).getByRole('link', { name: 'Numbers' }).click();
      await page.getByRole('region', { name: 'Visitors now' }).getByText(/\d visitors?/).waitFor();
      await eventually(async () => (await page.getByRole('main').getByRole('status').count()) === 0);
      expect(await page.getByRole('alert').allInnerTexts()).toEqual([]);
    }), OPERATORS_GROUP);
    expect(await outside().mails(order.orderId, 4)).toHaveLength(4);
  });

  test('is somebody of the group: a shopper who is not is refused', async () => {
    const shopper = await tokenOf(given());
    await given().dev.shop.refusal('showOrder', { token: shopper, pathParameters: { orderId: order.orderId } }, 403, 'not-an-operator');
  });
}
