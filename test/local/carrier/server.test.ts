import { Webhook } from 'standardwebhooks';
import { CallbackEndpoint, CarrierEvent } from '../../../contracts/carrier';
import { carrierPart } from '../../../local/carrier/carrierPart';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { SandboxProcess } from '../payment/sandboxProcess';
import { webhookReceiver } from '../payment/webhookReceiver';
import { carrierApi, newReference } from './shipments';

const stateDir = temporaryFolder('carrier');
let sandbox: SandboxProcess;
let api: ReturnType<typeof carrierApi>;
let receiver: Awaited<ReturnType<typeof webhookReceiver>>;
let secret: string;

beforeAll(async () => {
  sandbox = await SandboxProcess.start(carrierPart, stateDir);
  receiver = await webhookReceiver();
  api = carrierApi(fetch, sandbox.url);
  secret = CallbackEndpoint.parse((await api.ask('PUT', '/v1/callback-endpoints/dev', { url: receiver.url.href })).body).secret;
});
beforeEach(async () => {
  await sandbox.control('DELETE', '/faults');
  await sandbox.control('PUT', '/pace', { acceptedAfter: 1, handedOverAfter: 1, deliveredAfter: 1, hold: false });
  receiver.received.length = 0;
  receiver.status = 200;
});
afterAll(async () => {
  await sandbox.stop();
  await receiver.close();
});

const told = (reference: string): CarrierEvent[] =>
  receiver.received.map(({ body, headers }) => CarrierEvent.parse(new Webhook(secret).verify(body, headers))).filter(({ shipment }) => shipment.reference === reference);

test('a booked shipment is delivered without anybody asking, and the shop is told of each step', async () => {
  const reference = newReference();
  expect((await api.book(reference)).status).toBe(201);
  await eventually(() => new Set(told(reference).map(({ type }) => type)).size === 3);
  expect((await api.find(reference)).body).toMatchObject({ status: 'DELIVERED' });
});

test('kill -9 loses neither a shipment nor its way nor a callback that did not arrive', async () => {
  await sandbox.control('PUT', '/pace', { hold: true });
  const [held, recalled] = [newReference(), newReference()];
  const booked = await api.book(held);
  await api.recall(recalled);
  receiver.status = 503;
  await sandbox.control('POST', `/shipments/${held}/advance`, {});
  await eventually(() => receiver.received.length > 0);
  await sandbox.kill();
  receiver.received.length = 0;
  receiver.status = 200;
  await sandbox.start();
  await eventually(() => told(held).some(({ type }) => type === 'shipment.accepted'));
  expect((await api.book(held)).body).toMatchObject({ ...(booked.body as object), status: 'ACCEPTED', updatedAt: expect.any(String) as string });
  expect((await api.book(recalled)).status).toBe(409);
  await sandbox.control('PUT', '/pace', { hold: false });
  await eventually(() => told(held).some(({ type }) => type === 'shipment.delivered'));
});

test('after a lost answer a repeated booking finds the first one', async () => {
  await sandbox.control('PUT', '/faults', [{ match: { method: 'PUT', times: 1 }, fault: 'timeout-after-work', milliseconds: 20 }]);
  const reference = newReference();
  await expect(api.book(reference)).rejects.toThrow('fetch failed');
  expect((await api.book(reference)).status).toBe(200);
  const [again, lost] = await sandbox.control<{ status?: number; fault?: string }[]>('GET', `/requests?path=${reference}&method=PUT`);
  expect([lost, again]).toMatchObject([{ fault: 'timeout-after-work' }, { status: 200 }]);
  expect(lost?.status).toBeUndefined();
});

test('on demand every callback comes twice', async () => {
  await sandbox.control('PUT', '/faults', [{ fault: 'duplicate-webhook' }]);
  const reference = newReference();
  await api.book(reference);
  await eventually(() => told(reference).length === 6);
  expect(new Set(receiver.received.filter(({ body }) => body.includes(reference)).map(({ headers }) => headers['webhook-id'])).size).toBe(3);
});

test('what a person cannot mean is refused in words', async () => {
  await expect(sandbox.control('PUT', '/pace', { acceptedAfter: -1 })).rejects.toThrow(/400.*acceptedAfter/s);
  await expect(sandbox.control('POST', `/shipments/${newReference()}/advance`, {})).rejects.toThrow(/409/);
});
