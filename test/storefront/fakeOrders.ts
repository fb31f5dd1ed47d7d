import StripeSdk, { type Stripe } from 'stripe';
import { v7 as uuidv7 } from 'uuid';
import { Order, OrderWithAction, type SubmitOrderRequest } from '../../contracts/order';
import { isCancellable, isSettled, isWorkedOn, type OrderStatus, type TimelineEvent } from '../../contracts/order-status';
import type { Quote } from '../../contracts/quote';
import type { FakePayment } from './fakePayment';

const DAY = 86_400_000;
const GOOD_WAY: readonly OrderStatus[] = ['PAYMENT_AUTHORIZED', 'SHIPMENT_BOOKED', 'PAYMENT_CAPTURED', 'CONFIRMED', 'HANDED_OVER', 'DELIVERED'];

/**
 * Orders that go on by one step each time somebody looks, as far as `goesTo`; the money moves at the payment sandbox.
 */
export class FakeOrders {
  readonly all = new Map<string, OrderWithAction>();
  goesTo: OrderStatus = 'CONFIRMED';
  /** How often orders were looked at. */
  looks = 0;
  readonly #intents = new Map<string, string>();
  readonly #methods = new Map<string, string>();

  constructor(private readonly payment: FakePayment) {}

  place(quote: Quote, { shippingAddress, email, paymentMethod, language }: SubmitOrderRequest): Order {
    const now = new Date().toISOString();
    const { createdAt: _, expiresAt: __, shippingCountry: ___, ...priced } = quote;
    const none = { amount: 0, currency: 'EUR' };
    const order = Order.parse({
      ...priced,
      orderId: uuidv7(),
      status: 'ACCEPTED',
      shippingAddress,
      email,
      language,
      payment: { status: 'PENDING', captured: none, refunded: none },
      timeline: [{ at: now, event: 'ACCEPTED' }],
      createdAt: now,
      updatedAt: now,
      version: 1,
    });
    this.#methods.set(order.orderId, paymentMethod);
    this.all.set(order.orderId, order);
    return order;
  }

  async look(orderId: string): Promise<OrderWithAction | undefined> {
    this.looks++;
    const order = this.all.get(orderId);
    if (!order || isSettled(order.status)) return order;
    if (order.status === 'UNDOING') return this.#undone(order);
    if (order.timeline.at(-1)?.event === 'CANCELLATION_REQUESTED') return this.#become(order, 'UNDOING', { status: 'UNDOING', action: undefined });
    if (order.status === 'ACCEPTED') return this.#paid(order, await this.#confirmed(order));
    if (order.status === 'ACTION_REQUIRED') return this.#paid(order, await this.payment.stripe.paymentIntents.retrieve(this.#intents.get(orderId) ?? ''));
    return this.#further(order);
  }

  cancel(orderId: string, reason: string | undefined): Order | 'order-not-found' | 'too-late-to-cancel' {
    const order = this.all.get(orderId);
    if (!order) return 'order-not-found';
    if (!isCancellable(order.status)) return 'too-late-to-cancel';
    return this.#become(order, 'CANCELLATION_REQUESTED', isWorkedOn(order.status) ? {} : { status: 'UNDOING' }, reason);
  }

  async #confirmed(order: Order): Promise<Stripe.PaymentIntent> {
    const { paymentIntents } = this.payment.stripe;
    const { id } = await paymentIntents.create({
      amount: order.total.amount,
      currency: 'eur',
      capture_method: 'manual',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    this.#intents.set(order.orderId, id);
    try {
      return await paymentIntents.confirm(id, { confirmation_token: this.#methods.get(order.orderId) ?? '', use_stripe_sdk: true });
    } catch (error) {
      if (error instanceof StripeSdk.errors.StripeCardError) return paymentIntents.retrieve(id);
      throw error;
    }
  }

  #paid(order: OrderWithAction, { status, client_secret: clientSecret, last_payment_error: failure }: Stripe.PaymentIntent): OrderWithAction {
    if (status === 'requires_capture') return this.#become(order, 'PAYMENT_AUTHORIZED', { status: 'PAYMENT_AUTHORIZED', payment: { ...order.payment, status: 'AUTHORIZED' }, action: undefined });
    if (status !== 'requires_action') {
      const payment = { ...order.payment, status: 'DECLINED', declineCode: failure?.decline_code ?? failure?.code };
      return this.#become(order, 'UNDOING', { status: 'UNDOING', payment, action: undefined });
    }
    if (order.status === 'ACTION_REQUIRED') return order;
    const action = { clientSecret, before: new Date(Date.now() + DAY).toISOString() };
    return this.#become(order, 'ACTION_REQUIRED', { status: 'ACTION_REQUIRED', payment: { ...order.payment, status: 'ACTION_REQUIRED' }, action });
  }

  #further(order: OrderWithAction): OrderWithAction {
    const here = GOOD_WAY.indexOf(order.status);
    const next = GOOD_WAY[here + 1];
    if (next === undefined || here >= GOOD_WAY.indexOf(this.goesTo)) return order;
    return this.#become(order, next, {
      status: next,
      ...(next === 'SHIPMENT_BOOKED' && { shipment: { trackingNumber: 'CE-7731-0042', status: 'BOOKED' } }),
      ...(next === 'PAYMENT_CAPTURED' && { payment: { ...order.payment, status: 'CAPTURED', captured: order.total } }),
    });
  }

  #undone(order: OrderWithAction): OrderWithAction {
    const wished = order.timeline.some(({ event }) => event === 'CANCELLATION_REQUESTED');
    const { captured, refunded } = order.payment;
    if (captured.amount > refunded.amount) return this.#become(order, 'PAYMENT_REFUNDED', { payment: { ...order.payment, refunded: captured } });
    if (order.payment.status === 'AUTHORIZED' || order.payment.status === 'ACTION_REQUIRED') return this.#become(order, 'PAYMENT_VOIDED', { payment: { ...order.payment, status: 'VOIDED' } });
    const status = wished ? 'CANCELLED' : 'PAYMENT_DECLINED';
    return this.#become(order, status, { status });
  }

  #become(order: OrderWithAction, event: TimelineEvent, changes: object, detail?: string): OrderWithAction {
    const at = new Date().toISOString();
    const changed = OrderWithAction.parse({ ...order, ...changes, timeline: [...order.timeline, { at, event, detail }], updatedAt: at, version: order.version + 1 });
    this.all.set(order.orderId, changed);
    return changed;
  }
}
