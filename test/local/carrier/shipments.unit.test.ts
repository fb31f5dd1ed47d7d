import { Webhook } from 'standardwebhooks';
import { CallbackEndpoint, CarrierEvent, ShipmentPage } from '../../../contracts/carrier';
import { carrierApi, carrierInMemory, newReference, shipmentRequest } from './shipments';

const control = (sandbox: ReturnType<typeof carrierInMemory>['sandbox'], method: string, path: string, body: unknown = {}): Promise<Response> =>
  sandbox.fetch(new Request(`http://localhost/_sandbox${path}`, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }));

describe('booking', () => {
  test('makes a shipment once, whoever repeats it gets the same', async () => {
    const { api } = carrierInMemory();
    const reference = newReference();
    const first = await api.book(reference);
    const second = await api.book(reference);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(first.body).toMatchObject({ reference, status: 'BOOKED' });
    expect(second.body).toEqual(first.body);
    expect((await api.find(reference)).body).toEqual(first.body);
  });

  test('the order of members makes no difference', async () => {
    const { api } = carrierInMemory();
    const reference = newReference();
    await api.book(reference);
    const reversed: unknown = Object.fromEntries(Object.entries(shipmentRequest() as object).toReversed());
    expect((await api.book(reference, reversed)).status).toBe(200);
  });

  test('of another shipment under the same reference is refused', async () => {
    const { api } = carrierInMemory();
    const reference = newReference();
    await api.book(reference);
    expect(await api.book(reference, shipmentRequest({ city: 'Hamburg' }))).toMatchObject({ status: 409, body: { type: '/problems/reference-reused' } });
  });

  test.each([
    ['the postal code 00000', { postalCode: '00000' }],
    ['the city Nowhere', { city: 'Nowhere' }],
  ])('is refused for %s, and leaves nothing behind', async (_, recipient) => {
    const { api } = carrierInMemory();
    const reference = newReference();
    expect(await api.book(reference, shipmentRequest(recipient))).toMatchObject({ status: 422, body: { type: '/problems/address-refused', detail: expect.any(String) as string } });
    expect((await api.find(reference)).status).toBe(404);
  });

  test.each([
    ['no parcels', { ...(shipmentRequest() as object), parcels: [] }],
    ['no body', undefined],
  ])('is refused with %s', async (_, body) => {
    const { api } = carrierInMemory();
    expect(await api.ask('PUT', `/v1/shipments/${newReference()}`, body)).toMatchObject({ status: 422, body: { type: '/problems/invalid-body' } });
  });

  test('is refused for a reference that is no order’s id', async () => {
    const { api } = carrierInMemory();
    expect(await api.book('order-1')).toMatchObject({ status: 422, body: { type: '/problems/invalid-parameter' } });
  });
});

describe('recalling', () => {
  test('ends a shipment that was not handed over yet, as often as it is asked', async () => {
    const { api, sandbox, clock } = carrierInMemory();
    const reference = newReference();
    await api.book(reference);
    expect(await api.recall(reference)).toMatchObject({ status: 200, body: { status: 'RECALLED' } });
    expect(await api.recall(reference)).toMatchObject({ status: 200, body: { status: 'RECALLED' } });
    clock.now += 3600_000;
    await sandbox.tick();
    expect((await api.find(reference)).body).toMatchObject({ status: 'RECALLED' });
  });

  test('comes before a booking that is still on its way: the booking is refused', async () => {
    const { api } = carrierInMemory();
    const reference = newReference();
    expect(await api.recall(reference)).toMatchObject({ status: 200, body: { reference, status: 'RECALLED' } });
    expect(await api.book(reference)).toMatchObject({ status: 409, body: { type: '/problems/shipment-recalled' } });
  });

  test('is too late once the carrier has the parcels', async () => {
    const { api, sandbox } = carrierInMemory();
    const reference = newReference();
    await api.book(reference);
    await control(sandbox, 'POST', `/shipments/${reference}/advance`);
    await control(sandbox, 'POST', `/shipments/${reference}/advance`);
    expect(await api.recall(reference)).toMatchObject({ status: 409, body: { type: '/problems/already-handed-over', shipmentStatus: 'HANDED_OVER' } });
  });
});

describe('on its way', () => {
  test('a shipment moves on by itself, in the pace that is set', async () => {
    const { api, sandbox, clock } = carrierInMemory();
    await control(sandbox, 'PUT', '/pace', { acceptedAfter: 100, handedOverAfter: 1_000, deliveredAfter: 10_000 });
    const reference = newReference();
    await api.book(reference);
    const seen: string[] = [];
    for (let due = sandbox.nextDueAt(); due !== undefined; due = sandbox.nextDueAt()) {
      clock.now = due;
      await sandbox.tick();
      seen.push(`${due - Date.UTC(2026, 10, 23)} ${sandbox.shipments.newest(1)[0]?.shipment.status}`);
    }
    expect(seen).toEqual(['100 ACCEPTED', '1100 HANDED_OVER', '11100 DELIVERED']);
  });

  test('a parcel for Returned Sender comes back instead', async () => {
    const { api, sandbox, clock } = carrierInMemory();
    const reference = newReference();
    await api.book(reference, shipmentRequest({ name: 'Returned Sender' }));
    for (let due = sandbox.nextDueAt(); due !== undefined; due = sandbox.nextDueAt()) {
      clock.now = due;
      await sandbox.tick();
    }
    expect((await api.find(reference)).body).toMatchObject({ status: 'RETURNED' });
  });

  test('on hold nothing moves but what is moved by hand', async () => {
    const { api, sandbox, clock } = carrierInMemory();
    await control(sandbox, 'PUT', '/pace', { hold: true });
    const reference = newReference();
    await api.book(reference);
    clock.now += 3600_000;
    await sandbox.tick();
    expect((await api.find(reference)).body).toMatchObject({ status: 'BOOKED' });
    const moves: unknown[] = [];
    for (const move of ['advance', 'advance', 'advance', 'advance', 'return']) {
      const answer = await control(sandbox, 'POST', `/shipments/${reference}/${move}`);
      moves.push(answer.ok ? ((await answer.json()) as { status: string }).status : answer.status);
    }
    expect(moves).toEqual(['ACCEPTED', 'HANDED_OVER', 'DELIVERED', 409, 'RETURNED']);
  });

  test('changes are listed oldest first, from a moment on, of one customer', async () => {
    const { api, sandbox, clock } = carrierInMemory();
    const other = carrierApi((request) => sandbox.fetch(request), 'http://carrier.example', 'carrier-key-of-prod');
    await other.book(newReference());
    const references = Array.from({ length: 130 }, newReference);
    for (const reference of references) {
      await api.book(reference);
      clock.now += 1;
    }
    const read = async (query: string) => ShipmentPage.parse((await api.ask('GET', `/v1/shipments${query}`)).body);
    const first = await read('');
    const rest = await read(`?cursor=${first.nextCursor}`);
    expect([...first.shipments, ...rest.shipments].map(({ reference }) => reference)).toEqual(references);
    expect(rest.nextCursor).toBeUndefined();
    const since = await read(`?updatedSince=${first.shipments[99]?.updatedAt}`);
    expect(since.shipments.map(({ reference }) => reference)).toEqual(references.slice(99));
    expect(await api.ask('GET', '/v1/shipments?cursor=nonsense')).toMatchObject({ status: 422, body: { type: '/problems/invalid-parameter' } });
  });
});

describe('callbacks', () => {
  test('tell of every step, signed with the endpoint’s secret', async () => {
    const { api, sandbox, sent } = carrierInMemory(Date.now());
    const registered = await api.ask('PUT', '/v1/callback-endpoints/dev', { url: 'https://shop.example/api/webhooks/carrier' });
    const { secret } = CallbackEndpoint.parse(registered.body);
    expect((await api.ask('PUT', '/v1/callback-endpoints/dev', { url: 'https://shop.example/api/webhooks/carrier' })).body).toEqual(registered.body);
    const reference = newReference();
    await api.book(reference);
    for (const move of ['advance', 'advance', 'advance', 'return']) await control(sandbox, 'POST', `/shipments/${reference}/${move}`);
    await sandbox.tick();
    const events = sent.map(({ body, headers }) => CarrierEvent.parse(new Webhook(secret).verify(body, headers)));
    expect(events.map(({ type, shipment }) => [type, shipment.status])).toEqual([
      ['shipment.accepted', 'ACCEPTED'],
      ['shipment.handed_over', 'HANDED_OVER'],
      ['shipment.delivered', 'DELIVERED'],
      ['shipment.returned', 'RETURNED'],
    ]);
    expect(() => new Webhook('whsec_c29tZWJvZHkgZWxzZQ==').verify(sent[0]?.body ?? '', sent[0]?.headers ?? {})).toThrow('No matching signature found');
  });

  test('are signed with both secrets for three days after another was asked for', async () => {
    const change = Date.now() - 3 * 24 * 3_600_000;
    const { api, sandbox, sent, clock } = carrierInMemory(change);
    await control(sandbox, 'PUT', '/pace', { hold: true });
    const first = CallbackEndpoint.parse((await api.ask('PUT', '/v1/callback-endpoints/dev', { url: 'https://shop.example/hook' })).body).secret;
    const second = CallbackEndpoint.parse((await api.ask('POST', '/v1/callback-endpoints/dev/secret')).body).secret;
    expect((await api.ask('POST', '/v1/callback-endpoints/unknown/secret')).status).toBe(404);
    const reference = newReference();
    await api.book(reference);
    const signaturesAt = async (moment: number): Promise<boolean[]> => {
      clock.now = moment;
      await control(sandbox, 'POST', `/shipments/${reference}/advance`);
      await sandbox.tick();
      const { body = '', headers } = sent.at(-1) ?? {};
      const { 'webhook-id': id = '', 'webhook-signature': signature = '' } = headers ?? {};
      return [first, second].map((secret) => signature.split(' ').includes(new Webhook(secret).sign(id, new Date(moment), body)));
    };
    expect(await signaturesAt(change + 3 * 24 * 3_600_000 - 1)).toEqual([true, true]);
    expect(await signaturesAt(change + 3 * 24 * 3_600_000)).toEqual([false, true]);
  });

  test('are repeated with the same id until they arrive', async () => {
    const { api, sandbox, sent, receiver, clock } = carrierInMemory();
    await api.ask('PUT', '/v1/callback-endpoints/dev', { url: 'https://shop.example/hook' });
    await control(sandbox, 'PUT', '/pace', { hold: true });
    const reference = newReference();
    await api.book(reference);
    receiver.status = 500;
    await control(sandbox, 'POST', `/shipments/${reference}/advance`);
    await sandbox.tick();
    clock.now = sandbox.nextDueAt() ?? 0;
    receiver.status = 204;
    await sandbox.tick();
    expect(sent).toHaveLength(2);
    expect(sent[0]?.headers['webhook-id']).toBe(sent[1]?.headers['webhook-id']);
    expect(sandbox.nextDueAt()).toBeUndefined();
  });

  test('end with their endpoint, and are none of another customer’s business', async () => {
    const { api, sandbox, sent } = carrierInMemory();
    const other = carrierApi((request) => sandbox.fetch(request), 'http://carrier.example', 'carrier-key-of-prod');
    await other.ask('PUT', '/v1/callback-endpoints/prod', { url: 'https://other.example/hook' });
    await api.ask('PUT', '/v1/callback-endpoints/dev', { url: 'https://shop.example/hook' });
    expect((await api.ask('DELETE', '/v1/callback-endpoints/dev')).status).toBe(204);
    expect((await api.ask('DELETE', '/v1/callback-endpoints/dev')).status).toBe(404);
    const reference = newReference();
    await api.book(reference);
    await control(sandbox, 'POST', `/shipments/${reference}/advance`);
    await sandbox.tick();
    expect(sent).toEqual([]);
  });
});

describe('refusals', () => {
  test.each([null, 'short'])('the key %s is refused with 401', async (key) => {
    const { sandbox } = carrierInMemory();
    const stranger = carrierApi((request) => sandbox.fetch(request), 'http://carrier.example', key);
    expect(await stranger.ask('GET', '/v1/shipments')).toMatchObject({ status: 401, body: { type: '/problems/api-key-invalid' } });
  });

  test('another customer’s shipment does not exist', async () => {
    const { api, sandbox } = carrierInMemory();
    const reference = newReference();
    await api.book(reference);
    const other = carrierApi((request) => sandbox.fetch(request), 'http://carrier.example', 'carrier-key-of-prod');
    expect(await other.find(reference)).toMatchObject({ status: 404, body: { type: '/problems/shipment-not-found' } });
  });

  test.each([
    ['throttle', 429, 'too-many-requests', 404],
    ['server-error', 503, 'unavailable', 404],
    ['server-error-after-work', 503, 'unavailable', 200],
  ])('%s answers %i with a problem, and the work is as done as it says', async (fault, status, problem, afterwards) => {
    const { api, sandbox } = carrierInMemory();
    await control(sandbox, 'PUT', '/faults', [{ match: { method: 'PUT', path: '/v1/shipments/*', times: 1 }, fault }]);
    const reference = newReference();
    expect(await api.book(reference)).toMatchObject({ status, body: { type: `/problems/${problem}` } });
    expect((await api.find(reference)).status).toBe(afterwards);
    expect((await api.book(reference)).status).toBe(afterwards === 200 ? 200 : 201);
  });
});
