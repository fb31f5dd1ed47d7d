import { FaultRule } from '../../../local/sandbox/faults';
import { carrierInMemory, newReference } from '../carrier/shipments';
import { held, providerInMemory, refusal } from '../payment/payments';

type Fault = FaultRule['fault'];

/** What the caller of a request sees, `nothing` being a closed connection, and whether the work was done all the same. */
const REQUESTS: readonly { readonly fault: Fault; readonly payment: number | 'nothing'; readonly carrier: number | 'nothing'; readonly done: boolean }[] = [
  { fault: 'down', payment: 'nothing', carrier: 'nothing', done: false },
  { fault: 'slow', payment: 200, carrier: 201, done: true },
  { fault: 'throttle', payment: 429, carrier: 429, done: false },
  { fault: 'server-error', payment: 500, carrier: 503, done: false },
  { fault: 'server-error-after-work', payment: 500, carrier: 503, done: true },
  { fault: 'timeout-before-work', payment: 'nothing', carrier: 'nothing', done: false },
  { fault: 'timeout-after-work', payment: 'nothing', carrier: 'nothing', done: true },
];

/** How often each of two webhooks has arrived at once, and how often after a minute. */
const WEBHOOKS: readonly { readonly fault: Fault; readonly atOnce: readonly [number, number]; readonly later: readonly [number, number] }[] = [
  { fault: 'duplicate-webhook', atOnce: [2, 1], later: [2, 1] },
  { fault: 'reorder-webhooks', atOnce: [0, 1], later: [1, 1] },
  { fault: 'drop-webhook', atOnce: [0, 1], later: [0, 1] },
];

const rule = (fault: Fault): FaultRule[] => [{ match: { times: 1 }, fault, milliseconds: 5 }];

test('every fault that there is has a row', () => {
  const rows: readonly string[] = [...REQUESTS, ...WEBHOOKS].map(({ fault }) => fault);
  expect(rows.toSorted()).toEqual([...FaultRule.shape.fault.options].toSorted());
});

describe.each(REQUESTS)('on demand: $fault', ({ fault, payment, carrier, done }) => {
  test('the payment provider', async () => {
    const { sandbox, stripe } = providerInMemory();
    sandbox.faults.replace(rule(fault));
    const seen = payment === 200 ? await stripe.paymentIntents.create(held()).then(({ lastResponse }) => lastResponse.statusCode) : ((await refusal(stripe.paymentIntents.create(held()))).statusCode ?? 'nothing');
    expect({ seen, done: sandbox.ledger.intents.size === 1 }).toEqual({ seen: payment, done });
    expect(sandbox.requests.list({ limit: 1 })).toMatchObject([{ method: 'POST', path: '/v1/payment_intents', fault }]);
    expect((await stripe.paymentIntents.create(held())).status).toBe('requires_capture');
  });

  test('the carrier', async () => {
    const { sandbox, api } = carrierInMemory();
    const reference = newReference();
    sandbox.faults.replace(rule(fault));
    const seen = await api.book(reference).then(({ status }) => status, () => 'nothing');
    expect({ seen, done: (await api.find(reference)).status === 200 }).toEqual({ seen: carrier, done });
    expect(sandbox.requests.list({ method: 'PUT', limit: 1 })).toMatchObject([{ path: `/v1/shipments/${reference}`, fault }]);
    expect((await api.book(reference)).status).toBe(done ? 200 : 201);
  });
});

describe.each(WEBHOOKS)('on demand: $fault', ({ fault, atOnce, later }) => {
  const MINUTE = 60_000;

  test('the payment provider', async () => {
    const { sandbox, stripe, sent, clock } = providerInMemory();
    await stripe.webhookEndpoints.create({ url: 'https://shop.example/webhooks', enabled_events: ['payment_intent.amount_capturable_updated'] });
    sandbox.faults.replace([{ match: { times: 1 }, fault, milliseconds: MINUTE }]);
    const ids = [(await stripe.paymentIntents.create(held())).id, (await stripe.paymentIntents.create(held())).id];
    const arrived = () => ids.map((id) => sent.filter(({ body }) => body.includes(`"${id}"`)).length);
    await sandbox.tick();
    expect(arrived()).toEqual(atOnce);
    clock.now += MINUTE;
    await sandbox.tick();
    expect(arrived()).toEqual(later);
  });

  test('the carrier', async () => {
    const { sandbox, api, sent, clock } = carrierInMemory();
    await api.ask('PUT', '/v1/callback-endpoints/shop', { url: 'https://shop.example/callbacks' });
    sandbox.faults.replace([{ match: { times: 1 }, fault, milliseconds: MINUTE }]);
    sandbox.shipments.setPace({ ...sandbox.shipments.pace, hold: true });
    const references = [newReference(), newReference()];
    for (const reference of references) {
      await api.book(reference);
      sandbox.shipments.advance(reference);
    }
    const arrived = () => references.map((reference) => sent.filter(({ body }) => body.includes(reference)).length);
    await sandbox.tick();
    expect(arrived()).toEqual(atOnce);
    clock.now += MINUTE;
    await sandbox.tick();
    expect(arrived()).toEqual(later);
  });
});
