import { held, providerInMemory, refusal } from './payments';

const DAY_MS = 24 * 3600_000;
interface Answered {
  lastResponse: { headers: Record<string, string> };
}
const header = ({ lastResponse }: Answered, name: string): string | null => new Headers(lastResponse.headers).get(name);
const replayed = (answered: Answered): boolean => header(answered, 'idempotent-replayed') === 'true';

test('the first answer is given again, word for word, and the work is done once', async () => {
  const { stripe } = providerInMemory();
  const first = await stripe.paymentIntents.create(held(), { idempotencyKey: 'order-1' });
  await stripe.paymentIntents.capture(first.id);
  const second = await stripe.paymentIntents.create(held(), { idempotencyKey: 'order-1' });
  expect(second).toEqual(first);
  expect(second.status).toBe('requires_capture');
  expect([replayed(first), replayed(second)]).toEqual([false, true]);
  expect(header(second, 'original-request')).toBe(first.lastResponse.requestId);
  expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
});

test('a decline is stored as well, though the same card would be accepted by now', async () => {
  const { stripe } = providerInMemory();
  const { id } = await stripe.paymentIntents.create({ amount: 1_000, currency: 'eur' });
  const confirm = () => stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_chargeDeclined', return_url: 'https://shop.example' }, { idempotencyKey: 'confirm-1' });
  const first = await refusal(confirm());
  await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa', return_url: 'https://shop.example' });
  const second = await refusal(confirm());
  expect(second.raw).toMatchObject({ code: 'card_declined', charge: first.charge });
  expect(second.headers?.['idempotent-replayed']).toBe('true');
});

test('a server error is stored as well: only another key gets another answer', async () => {
  const { stripe, sandbox } = providerInMemory();
  sandbox.faults.replace([{ match: { times: 1 }, fault: 'server-error' }]);
  const create = (idempotencyKey: string) => stripe.paymentIntents.create(held(), { idempotencyKey });
  expect(await refusal(create('order-1'))).toMatchObject({ statusCode: 500, type: 'StripeAPIError' });
  const again = await refusal(create('order-1'));
  expect(again).toMatchObject({ statusCode: 500, headers: { 'idempotent-replayed': 'true', 'stripe-should-retry': 'false' } });
  expect((await create('order-1-again')).status).toBe('requires_capture');
  expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
});

test('a server error may hide that the work was done', async () => {
  const { stripe, sandbox } = providerInMemory();
  const { id } = await stripe.paymentIntents.create(held());
  sandbox.faults.replace([{ match: { path: '/v1/payment_intents/*/capture', times: 1 }, fault: 'server-error-after-work' }]);
  expect(await refusal(stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'capture-1' }))).toMatchObject({ statusCode: 500 });
  expect((await stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
});

test('the same key with other parameters, or for another endpoint, is refused and changes nothing', async () => {
  const { stripe } = providerInMemory();
  const { id } = await stripe.paymentIntents.create(held(1_000), { idempotencyKey: 'order-1' });
  expect(await refusal(stripe.paymentIntents.create(held(2_000), { idempotencyKey: 'order-1' }))).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError', message: expect.stringContaining('same parameters') as string });
  expect(await refusal(stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'order-1' }))).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError', message: expect.stringContaining('same endpoint') as string });
  expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
});

test('the order of parameters makes no difference', async () => {
  const { sandbox } = providerInMemory();
  const ask = (body: string) =>
    sandbox.fetch(new Request('http://localhost/v1/payment_intents', { method: 'POST', headers: { authorization: 'Bearer sk_test_shop', 'content-type': 'application/x-www-form-urlencoded', 'idempotency-key': 'order-1' }, body }));
  const first = await ask('amount=1000&currency=eur&metadata[a]=1&metadata[b]=2');
  const second = await ask('metadata[b]=2&metadata[a]=1&currency=eur&amount=1000');
  expect([first.status, second.status, second.headers.get('idempotent-replayed')]).toEqual([200, 200, 'true']);
});

test('while the first request is worked on, a second one with its key gets 409, and the payment is made once', async () => {
  const { stripe, sandbox } = providerInMemory();
  sandbox.faults.replace([{ match: { method: 'POST', times: 1 }, fault: 'slow', milliseconds: 200 }]);
  const create = () => stripe.paymentIntents.create(held(), { idempotencyKey: 'order-1' });
  const first = create();
  const second = await refusal(create());
  expect(second).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
  const { id } = await first;
  expect((await create()).id).toBe(id);
});

test('of many requests at once with one key, none makes a second payment', async () => {
  const { stripe, sandbox } = providerInMemory();
  sandbox.faults.replace([{ match: { method: 'POST' }, fault: 'slow', milliseconds: 5 }]);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      stripe.paymentIntents.create(held(), { idempotencyKey: 'order-1' }).then(
        ({ id }) => id,
        (error: { statusCode: number }) => error.statusCode,
      ),
    ),
  );
  const ids = new Set(answers.filter((answer) => typeof answer === 'string'));
  expect(ids.size).toBe(1);
  expect(answers.filter((answer) => typeof answer === 'number').every((status) => status === 409)).toBe(true);
  sandbox.faults.replace([]);
  expect((await stripe.paymentIntents.list()).data.map(({ id }) => id)).toEqual([...ids]);
});

test('what failed validation, was throttled or unauthorized has not used its key', async () => {
  const { stripe, sandbox } = providerInMemory();
  const wrong = { ...held(), colour: 'red' } as ReturnType<typeof held>;
  expect(await refusal(stripe.paymentIntents.create(wrong, { idempotencyKey: 'order-1' }))).toMatchObject({ code: 'parameter_unknown' });
  sandbox.faults.replace([{ match: { times: 1 }, fault: 'throttle' }]);
  expect(await refusal(stripe.paymentIntents.create(held(), { idempotencyKey: 'order-1' }))).toMatchObject({ statusCode: 429, code: 'rate_limit' });
  const made = await stripe.paymentIntents.create(held(), { idempotencyKey: 'order-1' });
  expect(replayed(made)).toBe(false);
});

test('a key is forgotten after 24 hours', async () => {
  const { stripe, clock } = providerInMemory();
  const create = () => stripe.paymentIntents.create(held(), { idempotencyKey: 'order-1' });
  const first = await create();
  clock.now += DAY_MS - 1;
  expect((await create()).id).toBe(first.id);
  clock.now += 1;
  expect((await create()).id).not.toBe(first.id);
});

test('keys of two accounts have nothing to do with each other', async () => {
  const { stripe, client } = providerInMemory();
  const one = await stripe.paymentIntents.create(held(), { idempotencyKey: 'order-1' });
  const other = await client('sk_test_other').paymentIntents.create(held(), { idempotencyKey: 'order-1' });
  expect(other.id).not.toBe(one.id);
});
