import StripeSdk from 'stripe';
import { AcceptedSecret } from '../../../lambdas/shared/accepted-secret';
import { forgetPaymentWebhook, registerCarrierCallbacks, registerPaymentWebhook } from '../../../lambdas/workflow/registration';
import { verifiedEvent } from '../../../lambdas/workflow/payment/payment-events';
import { stripeClient } from '../../../lambdas/workflow/payment/stripe-payments';
import { signedWithOneOf } from '../../../lambdas/workflow/signing';
import { CarrierSandbox } from '../../../local/carrier/carrierSandbox';
import { PaymentSandbox } from '../../../local/payment/paymentSandbox';
import { memoryStore } from '../../../local/sandbox/store';

const DAY = 24 * 3_600_000;
const url = 'https://shop.test/api/webhooks';
const carrierAccess = { apiUrl: 'https://carrier.test', apiKey: 'key_shop_1' };

/** A secret as Secrets Manager keeps it, a clock, and whoever accepts the current version and the one before. */
function kept() {
  const clock = { now: Date.parse('2026-11-01T08:00:00.000Z') };
  const versions: { text: string; since: Date }[] = [];
  const secret = {
    current: async () => versions.at(-1),
    keep: async (text: string) => {
      versions.push({ text, since: new Date(clock.now) });
    },
  };
  const receiver = new AcceptedSecret(async (version) => versions.at(version === 'AWSPREVIOUS' ? -2 : -1)?.text, () => clock.now);
  const texts = (): string[] => versions.map(({ text }) => text);
  return { clock, secret, receiver, texts, registration: () => ({ url, secret, now: new Date(clock.now) }) };
}

describe("the secret of the payment provider's webhooks", () => {
  const world = () => {
    const { clock, secret, receiver, texts, registration } = kept();
    const sandbox = new PaymentSandbox({ store: memoryStore(), now: () => clock.now });
    const stripe = stripeClient('sk_test_shop', 'https://payment.test', { httpClient: StripeSdk.createFetchHttpClient((to: string | URL | Request, init?: RequestInit) => sandbox.fetch(new Request(to, init))) });
    const endpoints = async (): Promise<string[]> => (await stripe.webhookEndpoints.list()).data.map(({ id }) => id);
    const daysOn = async (days: number): Promise<void> => {
      for (let day = 0; day < days; day++) {
        clock.now += DAY;
        // oxlint-disable-next-line no-await-in-loop
        await registerPaymentWebhook(stripe, registration());
      }
    };
    return { stripe, secret, receiver, texts, registration, endpoints, daysOn };
  };

  it('is kept when the address is registered, and stays for a month however often that is repeated', async () => {
    const { stripe, texts, registration, endpoints, daysOn } = world();
    await registerPaymentWebhook(stripe, registration());
    await daysOn(29);
    expect(texts()).toHaveLength(1);
    expect(await endpoints()).toHaveLength(1);
  });

  it('is another after a month, while the endpoint of the first delivers what it has still to deliver', async () => {
    const { stripe, texts, registration, endpoints, daysOn } = world();
    await registerPaymentWebhook(stripe, registration());
    const [first] = await endpoints();
    await daysOn(33);
    expect(texts()).toHaveLength(2);
    expect(await endpoints()).toContain(first);
    await daysOn(1);
    expect(await endpoints()).toHaveLength(1);
    expect(await endpoints()).not.toContain(first);
    await daysOn(26);
    expect(texts()).toHaveLength(3);
  });

  it('is accepted beside the one before it, and nothing else is', async () => {
    const { stripe, receiver, registration, daysOn, texts } = world();
    const receive = (secret: string) => {
      const body = JSON.stringify({ id: 'evt_1', object: 'event', type: 'charge.refunded', data: { object: {} } });
      return signedWithOneOf(receiver, (version) => verifiedEvent(stripe, body, stripe.webhooks.generateTestHeaderString({ payload: body, secret }), version));
    };
    await registerPaymentWebhook(stripe, registration());
    await expect(receive(texts()[0] ?? '')).resolves.toEqual({ type: 'charge.refunded' });
    await daysOn(60);
    const [first = '', second = '', third = ''] = texts();
    await expect(receive(third)).resolves.toEqual({ type: 'charge.refunded' });
    await expect(receive(second)).resolves.toEqual({ type: 'charge.refunded' });
    await expect(receive(first)).rejects.toMatchObject({ code: 'bad-signature' });
    await expect(receive('whsec_guessed')).rejects.toMatchObject({ code: 'bad-signature' });
  });

  it('is drawn anew where it was told and could not be kept, and that endpoint goes', async () => {
    const { stripe, secret, texts, registration, endpoints } = world();
    const interrupted = { ...registration(), secret: { ...secret, keep: () => Promise.reject(new Error('Secrets Manager is away')) } };
    await expect(registerPaymentWebhook(stripe, interrupted)).rejects.toThrow('away');
    const [unknown] = await endpoints();
    await registerPaymentWebhook(stripe, registration());
    expect(texts()).toHaveLength(1);
    expect(await endpoints()).toHaveLength(1);
    expect(await endpoints()).not.toContain(unknown);
    await forgetPaymentWebhook(stripe, url);
    expect(await endpoints()).toEqual([]);
  });
});

describe("the secret of the carrier's callbacks", () => {
  const world = () => {
    const { clock, secret, texts, registration } = kept();
    const sandbox = new CarrierSandbox({ store: memoryStore(), now: () => clock.now });
    jest.spyOn(globalThis, 'fetch').mockImplementation((to, init) => sandbox.fetch(new Request(to, init)));
    return { clock, secret, texts, registration };
  };
  afterEach(() => jest.restoreAllMocks());

  it('is another after a month', async () => {
    const { clock, texts, registration } = world();
    await registerCarrierCallbacks(carrierAccess, registration());
    clock.now += 29 * DAY;
    await registerCarrierCallbacks(carrierAccess, registration());
    expect(texts()).toHaveLength(1);
    clock.now += DAY;
    await registerCarrierCallbacks(carrierAccess, registration());
    expect(new Set(texts()).size).toBe(2);
  });

  it('is kept at the next look where it was changed and could not be kept', async () => {
    const { clock, secret, texts, registration } = world();
    await registerCarrierCallbacks(carrierAccess, registration());
    clock.now += 30 * DAY;
    const interrupted = { ...registration(), secret: { ...secret, keep: () => Promise.reject(new Error('Secrets Manager is away')) } };
    await expect(registerCarrierCallbacks(carrierAccess, interrupted)).rejects.toThrow('away');
    clock.now += DAY;
    await registerCarrierCallbacks(carrierAccess, registration());
    expect(new Set(texts()).size).toBe(2);
  });
});
