import { setImmediate as turn } from 'node:timers/promises';
import { Faults } from '../../../local/sandbox/faults';
import { memoryStore } from '../../../local/sandbox/store';
import { Webhooks } from '../../../local/sandbox/webhooks';
import { held, providerInMemory, refusal } from './payments';

const TOLERANCE = 300;

async function withEndpoint(enabled_events: ['*'] | ('payment_intent.succeeded' | 'charge.refunded')[] = ['*']) {
  const provider = providerInMemory();
  const endpoint = await provider.stripe.webhookEndpoints.create({ url: 'https://shop.example/api/webhooks/payment', enabled_events, api_version: '2026-10-28.endive', metadata: { stage: 'dev' } });
  return { ...provider, endpoint };
}

test('a signature is one that the SDK accepts, made with the secret that only creation tells', async () => {
  const { stripe, sandbox, sent, endpoint, clock } = await withEndpoint();
  const { id } = await stripe.paymentIntents.create(held());
  await sandbox.tick();
  const created = sent.find(({ type }) => type === 'payment_intent.created');
  const verify = (body: string, secret: string, at = clock.now) =>
    stripe.webhooks.constructEvent(body, created?.headers['stripe-signature'] ?? '', secret, TOLERANCE, undefined, Math.floor(at / 1000));
  expect(verify(created?.body ?? '', endpoint.secret ?? '')).toMatchObject({ type: 'payment_intent.created', api_version: '2026-10-28.endive', data: { object: { id } } });
  expect(() => verify(`${created?.body} `, endpoint.secret ?? '')).toThrow(/signature/i);
  expect(() => verify(created?.body ?? '', 'whsec_another')).toThrow(/signature/i);
  expect(() => stripe.webhooks.constructEvent(created?.body ?? '', created?.headers['stripe-signature'] ?? '', endpoint.secret ?? '', TOLERANCE)).toThrow(/[Tt]imestamp/);
  expect((await stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined();
});

test.each([
  ['an authorization', ['payment_intent.created', 'charge.succeeded', 'payment_intent.amount_capturable_updated'], 'pm_card_visa'],
  ['a decline', ['payment_intent.created', 'charge.failed', 'payment_intent.payment_failed'], 'pm_card_chargeDeclined'],
  ['a second factor', ['payment_intent.created', 'payment_intent.requires_action'], 'pm_card_threeDSecure2Required'],
])('%s is told of', async (_, types, method) => {
  const { stripe, sandbox, sent } = await withEndpoint();
  await stripe.paymentIntents.create(held(1_000, method)).catch(() => {});
  await sandbox.tick();
  expect(sent.map(({ type }) => type).toSorted()).toEqual(types.toSorted());
  expect((await stripe.events.list()).data.map(({ type }) => type)).toEqual(types.toReversed());
});

test('capture, refund and dispute are told of', async () => {
  const { stripe, sandbox, sent } = await withEndpoint();
  const { id } = await stripe.paymentIntents.create(held(1_000));
  await stripe.paymentIntents.capture(id);
  await stripe.refunds.create({ payment_intent: id, amount: 10 });
  const disputed = await stripe.paymentIntents.create(held(1_000, 'pm_card_createDispute'));
  await stripe.paymentIntents.capture(disputed.id);
  const canceled = await stripe.paymentIntents.create(held(1_000));
  await stripe.paymentIntents.cancel(canceled.id);
  await sandbox.tick();
  expect(sent.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['charge.captured', 'payment_intent.succeeded', 'refund.created', 'charge.refunded', 'charge.dispute.created', 'payment_intent.canceled']),
  );
});

test('an endpoint is told only of what it is enabled for, and of its own account', async () => {
  const { stripe, client, sandbox, sent } = await withEndpoint(['payment_intent.succeeded']);
  const { id } = await stripe.paymentIntents.create(held());
  await stripe.paymentIntents.capture(id);
  await client('sk_test_other').paymentIntents.create({ ...held(), capture_method: 'automatic' });
  await sandbox.tick();
  expect(sent.map(({ type, body }) => [type, (JSON.parse(body) as { data: { object: { id: string } } }).data.object.id])).toEqual([['payment_intent.succeeded', id]]);
});

test('a receiver that does not answer 2xx is told again, with growing pauses, until it does', async () => {
  const { stripe, sandbox, sent, receiver, clock } = await withEndpoint(['payment_intent.succeeded']);
  receiver.status = 503;
  await stripe.paymentIntents.create({ ...held(), capture_method: 'automatic' });
  const pauses: number[] = [];
  for (let attempt = 1; attempt <= 4; attempt++) {
    await sandbox.tick();
    expect(sent).toHaveLength(attempt);
    pauses.push((sandbox.webhooks.nextDueAt() ?? 0) - clock.now);
    clock.now = sandbox.webhooks.nextDueAt() ?? 0;
  }
  expect(pauses).toEqual([500, 1_000, 2_000, 4_000]);
  receiver.status = 204;
  await sandbox.tick();
  expect(sandbox.webhooks.nextDueAt()).toBeUndefined();
  expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
  expect(new Set(sent.map(({ headers }) => headers['stripe-signature'])).size).toBeGreaterThan(1);
});

test('what has piled up goes out a few at a time, and all of it', async () => {
  const store = memoryStore();
  const count = { underWay: 0, most: 0, sent: 0 };
  const send = async (): Promise<{ status: number }> => {
    count.most = Math.max(count.most, ++count.underWay);
    await turn();
    count.underWay--;
    count.sent++;
    return { status: 200 };
  };
  const webhooks = new Webhooks({ store, faults: new Faults(store), now: () => 0, send, sign: () => ({ url: 'https://shop.example', headers: {} }) });
  for (let event = 0; event < 100; event++) webhooks.enqueue({ endpoint: 'shop', event: `evt_${event}`, type: 'charge.succeeded', body: '{}' });
  const delivered = webhooks.deliverDue();
  // Whoever ends one takes the next: nobody has to be woken for it meanwhile.
  expect(webhooks.nextDueAt()).toBeUndefined();
  await delivered;
  expect(count).toEqual({ underWay: 0, most: 8, sent: 100 });
});

test('a disabled or deleted endpoint is told nothing any more', async () => {
  const { stripe, sandbox, sent, endpoint } = await withEndpoint();
  expect(await stripe.webhookEndpoints.update(endpoint.id, { disabled: true })).toMatchObject({ status: 'disabled' });
  await stripe.paymentIntents.create(held());
  await stripe.webhookEndpoints.update(endpoint.id, { disabled: false, enabled_events: ['charge.refunded'] });
  expect((await stripe.webhookEndpoints.list()).data).toMatchObject([{ id: endpoint.id, status: 'enabled', enabled_events: ['charge.refunded'], metadata: { stage: 'dev' } }]);
  await stripe.webhookEndpoints.del(endpoint.id);
  await stripe.paymentIntents.create(held());
  await sandbox.tick();
  expect(sent).toEqual([]);
  expect(await refusal(stripe.webhookEndpoints.retrieve(endpoint.id))).toMatchObject({ statusCode: 404 });
});

test('on demand a webhook comes twice, late, or never', async () => {
  const { stripe, sandbox, sent, clock } = await withEndpoint();
  sandbox.faults.replace([
    { match: { path: 'payment_intent.created' }, fault: 'reorder-webhooks', milliseconds: 5_000 },
    { match: { path: 'charge.*' }, fault: 'drop-webhook' },
    { match: { path: 'payment_intent.amount_capturable_updated' }, fault: 'duplicate-webhook' },
  ]);
  await stripe.paymentIntents.create(held());
  await sandbox.tick();
  await sandbox.tick();
  expect(sent.map(({ type }) => type)).toEqual(['payment_intent.amount_capturable_updated', 'payment_intent.amount_capturable_updated']);
  expect(sent[0]?.body).toBe(sent[1]?.body);
  clock.now += 5_000;
  await sandbox.tick();
  expect(sent.map(({ type }) => type).slice(2)).toEqual(['payment_intent.created']);
  expect((await stripe.events.list({ type: 'charge.succeeded' })).data).toHaveLength(1);
});

test('an expired authorization is told of without anybody asking', async () => {
  const { stripe, sandbox, sent, clock } = await withEndpoint();
  await stripe.paymentIntents.create(held());
  clock.now += 8 * 24 * 3600_000;
  await sandbox.tick();
  expect(sent.map(({ type }) => type)).toEqual(expect.arrayContaining(['charge.expired', 'payment_intent.canceled']));
});
