import StripeSdk, { type Stripe } from 'stripe';
import { PaymentSandbox } from '../../local/payment/paymentSandbox';
import { listen } from '../../local/sandbox/listen';
import { memoryStore } from '../../local/sandbox/store';

/** The payment provider of the fake shop: the sandbox itself, in memory. */
export interface FakePayment {
  /** Another host name than the shop's: to the browser these are two sites. */
  readonly origin: string;
  readonly publishableKey: string;
  readonly stripe: Stripe;
  close(): Promise<void>;
}

export async function fakePayment(): Promise<FakePayment> {
  const sandbox = new PaymentSandbox({ store: memoryStore() });
  const server = await listen(sandbox.fetch, 0);
  const stripe = new StripeSdk('sk_test_storefront', { host: '127.0.0.1', port: server.port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
  return { origin: `http://localhost:${server.port}`, publishableKey: 'pk_test_storefront', stripe, close: () => server.close() };
}
