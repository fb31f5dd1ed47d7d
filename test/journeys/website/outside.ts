import StripeSdk, { type Stripe } from 'stripe';
import * as z from 'zod';
import type { FaultRule } from '../../../local/sandbox/faults';
import type { SandboxPorts } from '../../../local/sandbox/sandboxes';
import { website } from '../../../stages/environments';
import { eventually } from '../../support/eventually';

const Letters = z.array(z.object({ subject: z.string(), text: z.string(), html: z.string() }));

/** The payment provider, the carrier and the customer's inbox, as they know an order of dev. */
export class Outside {
  readonly #ports: SandboxPorts;
  readonly #stripe: Stripe;

  constructor(ports: SandboxPorts) {
    this.#ports = ports;
    const publishableKey = website.environments.find(({ name }) => name === 'Dev')?.payment.publishableKey ?? '';
    this.#stripe = new StripeSdk(publishableKey.replace(/^pk_/, 'sk_'), { protocol: 'http', host: 'localhost', port: ports.payment });
  }

  /** What the provider has taken for an order and given back, in cents. */
  async money(orderId: string): Promise<{ readonly taken: number; readonly givenBack: number }> {
    const { latest_charge: charge } = await this.#payment(orderId);
    if (charge === null || typeof charge === 'string') return { taken: 0, givenBack: 0 };
    return { taken: charge.amount_captured, givenBack: charge.amount_refunded };
  }

  /** The customer proves to their bank that it is them. */
  async giveSecondFactor(orderId: string): Promise<void> {
    const { id } = await this.#payment(orderId);
    await this.#ask(this.#ports.payment, `/_sandbox/payment_intents/${id}/authenticate`, 'POST', { outcome: 'complete' });
  }

  /** The parcels stay where they are, or go on by themselves again. */
  holdParcels(hold: boolean): Promise<unknown> {
    return this.#ask(this.#ports.carrier, '/_sandbox/pace', 'PUT', { hold });
  }

  /** The parcels come one step further: accepted, handed over, delivered. */
  moveParcels(orderId: string): Promise<unknown> {
    return this.#ask(this.#ports.carrier, `/_sandbox/shipments/${orderId}/advance`, 'POST', {});
  }

  /** The carrier does not take the next booking, and would take it again. */
  failNextBooking(): Promise<unknown> {
    return this.setFaults('carrier', [{ match: { method: 'PUT', path: '/v1/shipments/*', times: 1 }, fault: 'server-error' }]);
  }

  /** What goes wrong there until it is told otherwise; nothing with an empty list. */
  setFaults(sandbox: 'payment' | 'carrier', rules: readonly FaultRule[]): Promise<unknown> {
    return this.#ask(this.#ports[sandbox], '/_sandbox/faults', 'PUT', rules);
  }

  /** Somebody gives the customer all of their money back, at the provider and past the shop. */
  async giveBack(orderId: string): Promise<void> {
    const { id } = await this.#payment(orderId);
    await this.#stripe.refunds.create({ payment_intent: id });
  }

  /** Subjects of the mails about an order, the oldest first, once there are `count`. */
  async mails(orderId: string, count: number): Promise<string[]> {
    return (await this.letters(orderId, count)).map(({ subject }) => subject);
  }

  /** The mails themselves. */
  letters(orderId: string, count: number): Promise<z.infer<typeof Letters>> {
    return eventually(async () => {
      const letters = Letters.parse(await this.#ask(this.#ports.inbox, `/mails?environment=Dev&order=${orderId}`, 'GET'));
      return letters.length >= count && letters.toReversed();
    });
  }

  #payment(orderId: string): Promise<Stripe.PaymentIntent> {
    // A new payment is found only after a moment.
    return eventually(async () => (await this.#stripe.paymentIntents.search({ query: `metadata['order_id']:'${orderId}'`, expand: ['data.latest_charge'] })).data[0], 60);
  }

  async #ask(port: number, path: string, method: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`http://localhost:${port}${path}`, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path} of a sandbox answered ${response.status}: ${await response.text()}`);
    return response.json();
  }
}
