import type { DevShop } from './customers';
import { Outside } from './outside';
import type { RunningWebsite } from './runningWebsite';

interface Given {
  readonly dev: DevShop;
  readonly running: RunningWebsite;
}

const PRODUCT = 'stoneware-mug-sage';

/** What becomes of an order that its customer or their bank does not go on with, or only later, through the public edge. */
export function undoing(given: () => Given): void {
  const outside = (): Outside => new Outside(given().running.sandboxes);
  const stock = async (): Promise<number> => (await given().dev.shop.call('getProduct', { pathParameters: { productId: PRODUCT } })).stock;
  beforeAll(() => outside().holdParcels(true));
  afterAll(() => outside().holdParcels(false));

  test('is cancelled by its customer before the carrier has it: the money and the goods come back, and a mail says so', async () => {
    const { dev } = given();
    const [customer, before] = [await dev.customer(), await stock()];
    const { orderId, total } = await dev.order(customer, PRODUCT, { quantity: 2 });
    await dev.orderWith('CONFIRMED', customer, orderId);
    expect([await outside().money(orderId), await stock()]).toEqual([{ taken: total.amount, givenBack: 0 }, before - 2]);
    await dev.shop.call('cancelOrder', { token: customer.accessToken, pathParameters: { orderId }, body: { reason: 'Found it in the attic' } });
    const { payment, timeline } = await dev.orderWith('CANCELLED', customer, orderId);
    expect(payment).toMatchObject({ captured: total, refunded: total });
    expect(timeline.map(({ event }) => event)).toEqual(expect.arrayContaining(['CANCELLATION_REQUESTED', 'SHIPMENT_RECALLED', 'PAYMENT_REFUNDED', 'CANCELLED']));
    expect([await outside().money(orderId), await stock()]).toEqual([{ taken: total.amount, givenBack: total.amount }, before]);
    expect(await outside().mails(orderId, 2)).toEqual(['Thank you for your order', 'Your order is cancelled']);
  });

  test('is not cancelled once the carrier has it', async () => {
    const { dev } = given();
    const customer = await dev.customer();
    const { orderId } = await dev.order(customer, PRODUCT);
    await dev.orderWith('CONFIRMED', customer, orderId);
    for (let step = 0; step < 2; step++) await outside().moveParcels(orderId);
    await dev.orderWith('HANDED_OVER', customer, orderId);
    await dev.shop.refusal('cancelOrder', { token: customer.accessToken, pathParameters: { orderId }, body: {} }, 409, 'too-late-to-cancel');
  });

  test('that a card is declined for costs nothing, gives its goods back and says why', async () => {
    const { dev } = given();
    const [customer, before] = [await dev.customer(), await stock()];
    const { orderId } = await dev.order(customer, PRODUCT, { paymentMethod: 'pm_card_chargeDeclined' });
    const { payment, timeline } = await dev.orderWith('PAYMENT_DECLINED', customer, orderId);
    expect(payment.captured.amount).toBe(0);
    expect(timeline.map(({ event }) => event)).toContain('PAYMENT_DECLINED');
    expect([await outside().money(orderId), await stock()]).toEqual([{ taken: 0, givenBack: 0 }, before]);
    expect(await outside().mails(orderId, 1)).toEqual(['Your payment was declined']);
  });

  test('waits for the second factor that the bank asks for, and goes on when it is given', async () => {
    const { dev } = given();
    const customer = await dev.customer();
    const { orderId, total } = await dev.order(customer, PRODUCT, { paymentMethod: 'pm_card_authenticationRequired' });
    const { action } = await dev.orderWith('ACTION_REQUIRED', customer, orderId);
    expect(action?.clientSecret).toMatch(/^pi_\w+_secret_\w+$/);
    expect(await outside().money(orderId)).toEqual({ taken: 0, givenBack: 0 });
    await outside().giveSecondFactor(orderId);
    const confirmed = await dev.orderWith('CONFIRMED', customer, orderId);
    expect(confirmed).toMatchObject({ payment: { captured: total } });
    expect(confirmed).not.toHaveProperty('action');
    expect(await outside().money(orderId)).toEqual({ taken: total.amount, givenBack: 0 });
  });
}
