import { Webhook } from 'standardwebhooks';
import { verifiedCarrierEvent } from '../../../lambdas/workflow/carrier-events';
import { verifiedEvent } from '../../../lambdas/workflow/payment/payment-events';
import { stripeClient } from '../../../lambdas/workflow/payment/stripe-payments';
import { ORDER_ID } from './orderInHand';

const secret = 'whsec_dGhlIGNhcnJpZXIncyBvd24gc2VjcmV0';
const stripe = stripeClient('sk_test_1', 'http://localhost');
const now = (): number => Math.floor(Date.now() / 1_000);

const byPayment = (body: string, signed = body, at = now(), by = secret) => verifiedEvent(stripe, body, stripe.webhooks.generateTestHeaderString({ payload: signed, secret: by, timestamp: at }), secret);
const byCarrier = async (body: string, signed = body, at = now(), by = secret) =>
  verifiedCarrierEvent(body, { 'webhook-id': 'msg_1', 'webhook-timestamp': String(at), 'webhook-signature': new Webhook(by).sign('msg_1', new Date(at * 1_000), signed) }, secret);

const payment = { id: 'evt_1', type: 'payment_intent.canceled', data: { object: { id: 'pi_1', metadata: { order_id: ORDER_ID } } } };
const shipment = { reference: ORDER_ID, shipmentId: 's1', trackingNumber: 'T1', status: 'ACCEPTED', createdAt: '2026-11-23T08:00:00.000Z', updatedAt: '2026-11-23T08:00:00.000Z' };
const parcel = { type: 'shipment.accepted', occurredAt: '2026-11-23T08:00:00.000Z', shipment };

describe.each([
  ['the payment provider', byPayment, payment],
  ['the carrier', byCarrier, parcel],
] as const)('an event of %s', (_, verify, event) => {
  const body = JSON.stringify(event);

  it('is taken when it is signed by them over these very bytes', async () => {
    expect(await verify(body)).toMatchObject({ type: event.type });
  });

  it('is taken for five minutes', async () => {
    expect(await verify(body, body, now() - 290)).toMatchObject({ type: event.type });
    await expect(verify(body, body, now() - 310)).rejects.toMatchObject({ code: 'bad-signature' });
  });

  it.each([
    ['altered', body.replace(ORDER_ID, ORDER_ID.replace(/.$/, '0'))],
    ['altered by a space', `${body} `],
    ['emptied', ''],
  ])('is refused when its body was %s', async (_, altered) => {
    await expect(verify(altered, body)).rejects.toMatchObject({ code: 'bad-signature' });
  });

  it('is refused when somebody else has signed it', async () => {
    await expect(verify(body, body, now(), 'whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldA==')).rejects.toMatchObject({ code: 'bad-signature' });
  });

  it.each(['null', '[]', '{}', '"text"', '{"type":1}', `{"type":"${event.type}"}`, `{"type":"${event.type}","data":{"object":{}}}`])('is refused by name when %s was signed', async (nonsense) => {
    await expect(verify(nonsense)).rejects.toMatchObject({ name: 'ProblemError', status: expect.any(Number) });
  });
});

it('takes events of the payment provider that the shop has no use for', async () => {
  expect(await byPayment(JSON.stringify({ type: 'charge.refunded', data: { object: { id: 'ch_1' } } }))).toEqual({ type: 'charge.refunded' });
});
