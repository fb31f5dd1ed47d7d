import StripeSdk, { type Stripe } from 'stripe';
import { paymentPart } from '../../../local/payment/paymentPart';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { held, refusal } from './payments';
import { SandboxProcess } from './sandboxProcess';
import { webhookReceiver } from './webhookReceiver';

const stateDir = temporaryFolder('payment');
let sandbox: SandboxProcess;
let stripe: Stripe;
let receiver: Awaited<ReturnType<typeof webhookReceiver>>;
let secret: string;

const clientFor = (key: string, maxNetworkRetries = 0): Stripe => {
  const { hostname, port } = new URL(sandbox.url);
  return new StripeSdk(key, { host: hostname, port, protocol: 'http', maxNetworkRetries, telemetry: false });
};
const types = (): string[] => receiver.received.map(({ body }) => (JSON.parse(body) as Stripe.Event).type);

beforeAll(async () => {
  sandbox = await SandboxProcess.start(paymentPart, stateDir);
  receiver = await webhookReceiver();
  stripe = clientFor('sk_test_server');
  const endpoint = await stripe.webhookEndpoints.create({ url: receiver.url.href, enabled_events: ['payment_intent.amount_capturable_updated', 'payment_intent.succeeded'] });
  secret = endpoint.secret ?? '';
});
beforeEach(async () => {
  await sandbox.control('DELETE', '/faults');
  receiver.received.length = 0;
  receiver.status = 200;
});
afterAll(async () => {
  await sandbox.stop();
  await receiver.close();
});

test('a payment is authorized and captured over HTTP, and the shop is told with a signature it can verify', async () => {
  const { id } = await stripe.paymentIntents.create(held());
  expect((await stripe.paymentIntents.capture(id)).status).toBe('succeeded');
  await eventually(() => types().includes('payment_intent.succeeded') && types().includes('payment_intent.amount_capturable_updated'));
  for (const { body, headers } of receiver.received) expect(stripe.webhooks.constructEvent(body, headers['stripe-signature'] ?? '', secret)).toMatchObject({ data: { object: { id } } });
});

test('what was acknowledged survives kill -9: payments, keys, endpoints, faults and the log', async () => {
  const intent = await stripe.paymentIntents.create(held(), { idempotencyKey: 'before-the-kill' });
  await sandbox.control('PUT', '/faults', [{ match: { path: '/v1/nothing' }, fault: 'down' }]);
  await sandbox.kill();
  await sandbox.start();
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_capture');
  expect((await stripe.paymentIntents.create(held(), { idempotencyKey: 'before-the-kill' })).id).toBe(intent.id);
  expect((await stripe.webhookEndpoints.list()).data).toHaveLength(1);
  expect(await sandbox.control('GET', '/faults')).toHaveLength(1);
  expect(await sandbox.control<{ idempotencyKey: string; replayed: boolean }[]>('GET', '/requests?idempotencyKey=before-the-kill')).toMatchObject([{ replayed: true }, { replayed: false }]);
  expect((await stripe.paymentIntents.list({ limit: 1 })).data[0]?.id).toBe(intent.id);
});

test('no acknowledged payment is lost, however often the process is killed meanwhile', async () => {
  const made = new Map<string, string>();
  for (let round = 0; round < 3; round++) {
    const asking = Array.from({ length: 20 }, async (_, number) => {
      const key = `round-${round}-${number}`;
      const answer = await stripe.paymentIntents.create(held(), { idempotencyKey: key }).catch(() => undefined);
      if (answer) made.set(key, answer.id);
    });
    await eventually(() => made.size > round * 5);
    await sandbox.kill();
    await Promise.all(asking);
    await sandbox.start();
    for (const [key, id] of made) expect((await stripe.paymentIntents.create(held(), { idempotencyKey: key })).id).toBe(id);
  }
  expect(made.size).toBeGreaterThan(0);
});

test('a webhook that could not be delivered before kill -9 is delivered after the restart', async () => {
  receiver.status = 500;
  const { id } = await stripe.paymentIntents.create(held());
  await eventually(() => receiver.received.length > 0);
  await sandbox.kill();
  receiver.received.length = 0;
  receiver.status = 200;
  await sandbox.start();
  await eventually(() => receiver.received.some(({ body }) => body.includes(id)));
  const [delivery] = await sandbox.control<{ type: string; body: string; state: string }[]>('GET', '/webhooks?limit=1');
  expect(delivery?.body).toContain(id);
  await eventually(async () => (await sandbox.control<{ state: string }[]>('GET', '/webhooks?limit=1'))[0]?.state === 'delivered');
});

describe('faults', () => {
  test('down: the connection is closed and nothing is done', async () => {
    await sandbox.control('PUT', '/faults', [{ match: { method: 'POST' }, fault: 'down' }]);
    expect(await refusal(stripe.paymentIntents.create(held(), { idempotencyKey: 'down' }))).toMatchObject({ type: 'StripeConnectionError' });
    await sandbox.control('DELETE', '/faults');
    expect(new Headers((await stripe.paymentIntents.create(held(), { idempotencyKey: 'down' })).lastResponse.headers).get('idempotent-replayed')).toBeNull();
  });

  test('timeout-before-work: no answer, and nothing is done', async () => {
    await sandbox.control('PUT', '/faults', [{ fault: 'timeout-before-work', milliseconds: 50, match: { method: 'POST' } }]);
    expect(await refusal(stripe.paymentIntents.create(held(), { idempotencyKey: 'before' }))).toMatchObject({ type: 'StripeConnectionError' });
    await sandbox.control('DELETE', '/faults');
    expect(new Headers((await stripe.paymentIntents.create(held(), { idempotencyKey: 'before' })).lastResponse.headers).get('idempotent-replayed')).toBeNull();
  });

  test('timeout-after-work: no answer, but the same key tells what was done', async () => {
    await sandbox.control('PUT', '/faults', [{ fault: 'timeout-after-work', milliseconds: 50, match: { method: 'POST' } }]);
    expect(await refusal(stripe.paymentIntents.create(held(), { idempotencyKey: 'after' }))).toMatchObject({ type: 'StripeConnectionError' });
    await sandbox.control('DELETE', '/faults');
    expect(new Headers((await stripe.paymentIntents.create(held(), { idempotencyKey: 'after' })).lastResponse.headers).get('idempotent-replayed')).toBe('true');
  });

  test('the SDK’s own second try makes no second payment after a lost answer', async () => {
    const counted = clientFor('sk_test_counted', 2);
    await sandbox.control('PUT', '/faults', [{ fault: 'timeout-after-work', milliseconds: 1, match: { method: 'POST', times: 1 } }]);
    const { id } = await counted.paymentIntents.create(held());
    expect((await counted.paymentIntents.list()).data.map((intent) => intent.id)).toEqual([id]);
    expect(await sandbox.control('GET', '/faults')).toEqual([]);
  });

  test('rules that make no sense are refused in words and change nothing', async () => {
    await expect(sandbox.control('PUT', '/faults', [{ fault: 'explode' }])).rejects.toThrow(/400.*fault/s);
    await expect(sandbox.control('PUT', '/faults', [{ fault: 'down', match: { times: 0 } }])).rejects.toThrow(/times/);
    await expect(sandbox.control('GET', '/requests?colour=red')).rejects.toThrow(/colour/);
    expect(await sandbox.control('GET', '/faults')).toEqual([]);
  });
});

test('what it was asked can be read: request, answer, key, whether it was replayed', async () => {
  await stripe.paymentIntents.create(held(1_234), { idempotencyKey: 'to-be-read' });
  const [logged] = await sandbox.control<Record<string, unknown>[]>('GET', '/requests?path=payment_intents&method=POST&limit=1');
  expect(logged).toMatchObject({ method: 'POST', path: '/v1/payment_intents', idempotencyKey: 'to-be-read', status: 200, replayed: false });
  expect(logged?.body).toContain('amount=1234');
  expect(logged?.answer).toContain('"requires_capture"');
});

test('the page of a name that was pointed at the loopback is refused', async () => {
  const { port } = new URL(sandbox.url);
  const { request } = await import('node:http');
  const status = await new Promise((resolve, reject) =>
    request({ port, host: '127.0.0.1', path: '/_sandbox/requests', headers: { host: 'evil.example' } }, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end(),
  );
  expect(status).toBe(403);
});
