// Its CommonJS build has the default export only.
import StripeSdk, { type Stripe } from 'stripe';
import type { SendWebhook } from '../../../local/sandbox/webhooks';
import { memoryStore } from '../../../local/sandbox/store';
import { PaymentSandbox } from '../../../local/payment/paymentSandbox';

/** A provider in memory with a clock of its own, and the SDK that talks to it without a server. */
export function providerInMemory(start = Date.UTC(2026, 10, 23)) {
  const clock = { now: start };
  const sent: { type: string; body: string; headers: Readonly<Record<string, string>> }[] = [];
  const receiver = { status: 200 };
  const send: SendWebhook = async ({ headers }, body) => {
    sent.push({ type: (JSON.parse(body) as { type: string }).type, body, headers });
    return receiver;
  };
  const sandbox = new PaymentSandbox({ store: memoryStore(), now: () => clock.now, send });
  const client = (key = 'sk_test_shop', options: Partial<ConstructorParameters<typeof StripeSdk>[1]> = {}): Stripe =>
    new StripeSdk(key, { httpClient: StripeSdk.createFetchHttpClient((input, init) => sandbox.fetch(new Request(input, init))), maxNetworkRetries: 0, telemetry: false, ...options });
  return { sandbox, clock, sent, receiver, client, stripe: client() };
}

/** A payment as the shop makes it: authorized now, captured when the carrier has accepted. */
export const held = (amount = 4_990, method = 'pm_card_visa'): Stripe.PaymentIntentCreateParams => ({
  amount,
  currency: 'eur',
  capture_method: 'manual',
  confirm: true,
  payment_method: method,
  automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  metadata: { orderId: '019d4a40-0000-7000-8000-000000000001' },
});

/** The error that a call is answered with. @throws Error when there is none */
export async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const answer = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in answer && answer.error instanceof StripeSdk.errors.StripeError) return answer.error;
  throw new Error(`It was not refused: ${JSON.stringify(answer)}`);
}
