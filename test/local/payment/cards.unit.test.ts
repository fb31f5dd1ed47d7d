import { TEST_CARDS } from '../../../local/payment/account/cards';
import { held, providerInMemory, refusal } from './payments';

const declined = TEST_CARDS.filter(({ decline, authentication }) => decline && !authentication);
const paid = TEST_CARDS.filter(({ decline, authentication }) => !decline && !authentication);
const challenged = TEST_CARDS.filter(({ authentication }) => authentication);

test.each(paid.map(({ paymentMethod, number }) => [paymentMethod, number]))('%s is authorized', async (method, number) => {
  const { stripe } = providerInMemory();
  const intent = await stripe.paymentIntents.create({ ...held(2_000, method), expand: ['payment_method', 'latest_charge'] });
  expect(intent).toMatchObject({ status: 'requires_capture', amount_capturable: 2_000, amount_received: 0, last_payment_error: null });
  expect(intent.payment_method).toMatchObject({ type: 'card', card: { last4: number.slice(-4) } });
  expect(intent.latest_charge).toMatchObject({ status: 'succeeded', captured: false, amount_captured: 0, outcome: { type: 'authorized' } });
});

test.each(declined.map(({ paymentMethod, decline }) => [paymentMethod, decline]))('%s is declined with 402, and the payment can be tried again', async (method, decline) => {
  const { stripe } = providerInMemory();
  const error = await refusal(stripe.paymentIntents.create(held(2_000, method)));
  expect(error).toMatchObject({ type: 'StripeCardError', statusCode: 402, code: decline?.code, decline_code: decline?.declineCode ?? '' });
  expect(error.message).toBe(decline?.message);
  const intent = await stripe.paymentIntents.retrieve(error.payment_intent?.id ?? '', { expand: ['latest_charge'] });
  expect(intent).toMatchObject({ status: 'requires_payment_method', payment_method: null, last_payment_error: { code: decline?.code, type: 'card_error' } });
  expect(intent.latest_charge).toMatchObject({ id: error.charge, status: 'failed', paid: false, failure_code: decline?.code });
  expect(await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })).toMatchObject({ status: 'requires_capture', last_payment_error: null });
});

test.each([
  ['pm_card_visa_chargeDeclined', 'generic_decline'],
  ['pm_card_visa_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
])('the documented name %s stands for the same card', async (method, declineCode) => {
  const { stripe } = providerInMemory();
  expect((await refusal(stripe.paymentIntents.create(held(2_000, method)))).decline_code).toBe(declineCode);
});

test.each(challenged.map(({ paymentMethod, decline }) => [paymentMethod, decline]))('%s asks for a second factor first', async (method, decline) => {
  const { stripe, sandbox } = providerInMemory();
  const { id, status, next_action } = await stripe.paymentIntents.create({ ...held(2_000, method), use_stripe_sdk: true });
  expect({ status, type: next_action?.type }).toEqual({ status: 'requires_action', type: 'use_stripe_sdk' });
  await answer(sandbox, id, 'complete');
  const after = await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
  expect(after).toMatchObject(
    decline
      ? { status: 'requires_payment_method', last_payment_error: { code: decline.code } }
      : { status: 'requires_capture', latest_charge: { payment_method_details: { card: { three_d_secure: { result: 'authenticated' } } } } },
  );
});

test('whoever fails the second factor has not paid and can try another card', async () => {
  const { stripe, sandbox } = providerInMemory();
  const { id } = await stripe.paymentIntents.create(held(2_000, 'pm_card_threeDSecure2Required'));
  await answer(sandbox, id, 'fail');
  const intent = await stripe.paymentIntents.retrieve(id);
  expect(intent).toMatchObject({ status: 'requires_payment_method', amount_capturable: 0, latest_charge: null, last_payment_error: { code: 'payment_intent_authentication_failure' } });
  expect((await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })).status).toBe('requires_capture');
});

test('a second factor is answered once', async () => {
  const { stripe, sandbox } = providerInMemory();
  const { id } = await stripe.paymentIntents.create(held(2_000, 'pm_card_threeDSecure2Required'));
  await answer(sandbox, id, 'complete');
  expect((await answer(sandbox, id, 'fail')).status).toBe(409);
  expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_capture');
});

test('without Stripe.js the second factor is asked for on a page that leads back to the shop', async () => {
  const { stripe, sandbox } = providerInMemory();
  const { id, client_secret, next_action } = await stripe.paymentIntents.create({ ...held(2_000, 'pm_card_threeDSecure2Required'), return_url: 'https://shop.example/done?order=1' });
  expect(next_action?.type).toBe('redirect_to_url');
  const page = next_action?.redirect_to_url?.url ?? '';
  expect(await (await sandbox.fetch(new Request(page))).text()).toContain('€20.00');
  const sent = await sandbox.fetch(new Request(page, { method: 'POST', body: new URLSearchParams({ outcome: 'complete' }) }));
  expect(sent.status).toBe(303);
  const back = new URL(sent.headers.get('location') ?? '');
  expect(Object.fromEntries(back.searchParams)).toEqual({ order: '1', payment_intent: id, payment_intent_client_secret: client_secret, redirect_status: 'succeeded' });
});

test('an off-session payment with such a card is declined instead', async () => {
  const { stripe } = providerInMemory();
  expect(await refusal(stripe.paymentIntents.create({ ...held(2_000, 'pm_card_authenticationRequired'), off_session: true }))).toMatchObject({ statusCode: 402, code: 'authentication_required' });
});

test('a manually confirmed payment is confirmed once more after the second factor', async () => {
  const { stripe, sandbox } = providerInMemory();
  const { id } = await stripe.paymentIntents.create({ ...held(2_000, 'pm_card_threeDSecure2Required'), confirmation_method: 'manual' });
  await answer(sandbox, id, 'complete');
  expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_confirmation');
  expect((await stripe.paymentIntents.confirm(id)).status).toBe('requires_capture');
});

const answer = (sandbox: ReturnType<typeof providerInMemory>['sandbox'], intent: string, outcome: 'complete' | 'fail'): Promise<Response> =>
  sandbox.fetch(new Request(`http://localhost/_sandbox/payment_intents/${intent}/authenticate`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ outcome }) }));
