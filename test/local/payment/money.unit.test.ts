import * as fc from 'fast-check';
import { held, providerInMemory, refusal } from './payments';

const DAY_MS = 24 * 3600_000;

describe('capture', () => {
  test('takes what was authorized, once', async () => {
    const { stripe } = providerInMemory();
    const { id } = await stripe.paymentIntents.create(held(4_990));
    expect(await stripe.paymentIntents.capture(id, { expand: ['latest_charge'] })).toMatchObject({
      status: 'succeeded',
      amount_received: 4_990,
      amount_capturable: 0,
      latest_charge: { captured: true, amount_captured: 4_990, amount_refunded: 0 },
    });
    expect(await refusal(stripe.paymentIntents.capture(id))).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state', payment_intent: { id, status: 'succeeded' } });
  });

  test('takes less if asked, and the rest goes back', async () => {
    const { stripe } = providerInMemory();
    const { id } = await stripe.paymentIntents.create(held(4_990));
    expect(await stripe.paymentIntents.capture(id, { amount_to_capture: 1_000, expand: ['latest_charge'] })).toMatchObject({
      amount_received: 1_000,
      latest_charge: { amount_captured: 1_000, amount_refunded: 3_990 },
    });
    expect((await stripe.refunds.create({ payment_intent: id })).amount).toBe(1_000);
  });

  test('never takes more', async () => {
    const { stripe } = providerInMemory();
    const { id } = await stripe.paymentIntents.create(held(4_990));
    expect(await refusal(stripe.paymentIntents.capture(id, { amount_to_capture: 4_991 }))).toMatchObject({ statusCode: 400, code: 'amount_too_large', param: 'amount_to_capture' });
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_capture');
  });

  test('is refused for what was never authorized', async () => {
    const { stripe } = providerInMemory();
    const { id } = await stripe.paymentIntents.create({ amount: 4_990, currency: 'eur' });
    expect(await refusal(stripe.paymentIntents.capture(id))).toMatchObject({ code: 'payment_intent_unexpected_state' });
  });

  test('comes too late after seven days, and the hold is gone', async () => {
    const { stripe, clock, sandbox } = providerInMemory();
    const { id } = await stripe.paymentIntents.create(held());
    clock.now += 7 * DAY_MS;
    expect(await refusal(stripe.paymentIntents.capture(id))).toMatchObject({ code: 'charge_expired_for_capture' });
    expect(sandbox.nextDueAt()).toBeLessThanOrEqual(clock.now);
    await sandbox.tick();
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'canceled', cancellation_reason: 'automatic', amount_capturable: 0 });
  });
});

describe('cancel', () => {
  test('lets go of what was held', async () => {
    const { stripe, sandbox } = providerInMemory();
    const { id } = await stripe.paymentIntents.create(held());
    expect(await stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned', expand: ['latest_charge'] })).toMatchObject({
      status: 'canceled',
      amount_capturable: 0,
      cancellation_reason: 'abandoned',
      latest_charge: { captured: false, refunded: true },
    });
    expect(sandbox.nextDueAt()).toBeUndefined();
  });

  test.each(['capture', 'cancel', 'confirm'] as const)('is the end: %s is refused afterwards', async (act) => {
    const { stripe } = providerInMemory();
    const { id } = await stripe.paymentIntents.create(held());
    await stripe.paymentIntents.cancel(id);
    expect(await refusal(stripe.paymentIntents[act](id))).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state', payment_intent: { status: 'canceled' } });
  });

  test('is refused once the money was taken', async () => {
    const { stripe } = providerInMemory();
    const { id } = await stripe.paymentIntents.create(held());
    await stripe.paymentIntents.capture(id);
    expect(await refusal(stripe.paymentIntents.cancel(id))).toMatchObject({ code: 'payment_intent_unexpected_state', payment_intent: { status: 'succeeded' } });
  });

  test('ends a second factor that is still open: whoever completes it later has not paid', async () => {
    const { stripe, sandbox } = providerInMemory();
    const { id, next_action } = await stripe.paymentIntents.create({ ...held(2_000, 'pm_card_threeDSecure2Required'), return_url: 'https://shop.example' });
    expect(await stripe.paymentIntents.cancel(id)).toMatchObject({ status: 'canceled', next_action: null });
    const late = await sandbox.fetch(new Request(next_action?.redirect_to_url?.url ?? '', { method: 'POST', body: new URLSearchParams({ outcome: 'complete' }) }));
    expect(late.status).toBe(410);
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'canceled', latest_charge: null });
  });
});

describe('refund', () => {
  test('gives back in parts until nothing is left', async () => {
    const { stripe } = providerInMemory();
    const { id, latest_charge } = await stripe.paymentIntents.create({ ...held(1_000), capture_method: 'automatic' });
    const charge = typeof latest_charge === 'string' ? latest_charge : '';
    await stripe.refunds.create({ payment_intent: id, amount: 300, metadata: { refund_id: 'one' } });
    expect(await refusal(stripe.refunds.create({ payment_intent: id, amount: 701 }))).toMatchObject({ message: 'Refund amount (€7.01) is greater than unrefunded amount on charge (€7.00)' });
    expect((await stripe.refunds.create({ charge })).amount).toBe(700);
    expect(await refusal(stripe.refunds.create({ payment_intent: id }))).toMatchObject({ code: 'charge_already_refunded' });
    const refunds = await stripe.refunds.list({ payment_intent: id });
    expect(refunds.data.map(({ amount }) => amount)).toEqual([700, 300]);
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ refunded: true, amount_refunded: 1_000 });
  });

  test('needs captured money', async () => {
    const { stripe } = providerInMemory();
    const { id } = await stripe.paymentIntents.create(held());
    expect(await refusal(stripe.refunds.create({ payment_intent: id }))).toMatchObject({ statusCode: 400 });
  });

  test('can fail afterwards, and then the money is the shop’s again', async () => {
    const { stripe, clock, sandbox } = providerInMemory();
    const { id } = await stripe.paymentIntents.create({ ...held(1_000, 'pm_card_refundFail'), capture_method: 'automatic' });
    const refund = await stripe.refunds.create({ payment_intent: id });
    expect(refund.status).toBe('succeeded');
    clock.now += 60_000;
    await sandbox.tick();
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'failed', failure_reason: 'expired_or_canceled_card' });
    expect(await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] })).toMatchObject({ latest_charge: { amount_refunded: 0, refunded: false } });
  });

  test('can stay pending for a while', async () => {
    const { stripe, clock, sandbox } = providerInMemory();
    const { id } = await stripe.paymentIntents.create({ ...held(1_000, 'pm_card_pendingRefund'), capture_method: 'automatic' });
    const refund = await stripe.refunds.create({ payment_intent: id });
    expect(refund.status).toBe('pending');
    clock.now += 60_000;
    await sandbox.tick();
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
  });

  test('is refused for what the holder’s bank has taken back already', async () => {
    const { stripe } = providerInMemory();
    const { id } = await stripe.paymentIntents.create(held(1_000, 'pm_card_createDispute'));
    await stripe.paymentIntents.capture(id);
    expect((await stripe.disputes.list({ payment_intent: id })).data).toMatchObject([{ amount: 1_000, reason: 'fraudulent', status: 'needs_response' }]);
    expect(await refusal(stripe.refunds.create({ payment_intent: id }))).toMatchObject({ code: 'charge_disputed' });
  });
});

type Act = { act: 'capture' | 'refund'; amount: number } | { act: 'cancel' };

test('whatever is asked in whatever order, no more is given back than was taken, and no more taken than was held', async () => {
  const amount = fc.integer({ min: 1, max: 1_200 });
  const acts = fc.array(fc.oneof<fc.Arbitrary<Act>[]>(fc.record({ act: fc.constant('capture' as const), amount }), fc.record({ act: fc.constant('refund' as const), amount }), fc.record({ act: fc.constant('cancel' as const) })), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(acts, async (sequence) => {
      const { stripe } = providerInMemory();
      const { id } = await stripe.paymentIntents.create(held(1_000));
      const refusals: unknown[] = [];
      for (const one of sequence) {
        const asked =
          one.act === 'capture' ? stripe.paymentIntents.capture(id, { amount_to_capture: one.amount }) : one.act === 'refund' ? stripe.refunds.create({ payment_intent: id, amount: one.amount }) : stripe.paymentIntents.cancel(id);
        refusals.push(await asked.then(() => 400, (error: { statusCode?: number }) => error.statusCode));
      }
      expect(refusals.filter((status) => status !== 400)).toEqual([]);
      const intent = await stripe.paymentIntents.retrieve(id);
      const given = (await stripe.refunds.list({ payment_intent: id })).data.reduce((sum, refund) => sum + refund.amount, 0);
      expect(intent.amount_received).toBeLessThanOrEqual(1_000);
      expect(given).toBeLessThanOrEqual(intent.amount_received);
      expect(intent.status === 'canceled' ? intent.amount_received : 0).toBe(0);
    }),
    { numRuns: 60 },
  );
});
