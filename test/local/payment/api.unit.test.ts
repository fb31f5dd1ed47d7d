import { held, providerInMemory, refusal } from './payments';

const post = (path: string, body: string, headers: Record<string, string> = {}): Request =>
  new Request(`http://localhost${path}`, { method: 'POST', headers: { authorization: 'Bearer sk_test_shop', 'content-type': 'application/x-www-form-urlencoded', ...headers }, body });

describe('a key', () => {
  test.each([
    ['a missing one', undefined, /You did not provide an API key/],
    ['a live one', 'Bearer sk_live_0123456789abcdef', /Invalid API Key provided: sk_live_\*+cdef/],
    ['an ill-formed one', 'Bearer hello', /Invalid API Key provided/],
  ])('%s is refused with 401', async (_, authorization, message) => {
    const { sandbox } = providerInMemory();
    const answer = await sandbox.fetch(new Request('http://localhost/v1/payment_intents', { headers: authorization ? { authorization } : {} }));
    expect(answer.status).toBe(401);
    expect(answer.headers.get('request-id')).toMatch(/^req_/);
    expect(await answer.json()).toMatchObject({ error: { type: 'invalid_request_error', message: expect.stringMatching(message) as string } });
  });

  test('opens one account: nothing of it is seen with another key', async () => {
    const { client, stripe } = providerInMemory();
    const other = client('sk_test_other');
    const { id } = await stripe.paymentIntents.create(held());
    expect(await refusal(other.paymentIntents.retrieve(id))).toMatchObject({ statusCode: 404, code: 'resource_missing', message: `No such payment_intent: '${id}'` });
    expect((await other.paymentIntents.list()).data).toEqual([]);
    expect((await other.events.list()).data).toEqual([]);
  });

  test('a restricted one with the same rest opens the same account', async () => {
    const { client, stripe } = providerInMemory();
    const { id } = await stripe.paymentIntents.create(held());
    expect((await client('rk_test_shop').paymentIntents.retrieve(id)).id).toBe(id);
  });

  test('a publishable one shows a payment to whoever has its client secret, and nothing of the shop’s', async () => {
    const { client, stripe } = providerInMemory();
    const browser = client('pk_test_shop');
    const { id, client_secret } = await stripe.paymentIntents.create(held());
    const seen = await browser.paymentIntents.retrieve(id, { client_secret: client_secret ?? '' });
    expect(seen).toMatchObject({ id, status: 'requires_capture' });
    expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(['metadata']));
    expect(await refusal(browser.paymentIntents.retrieve(id, { client_secret: `${id}_secret_guessed` }))).toMatchObject({ statusCode: 404 });
    expect(await refusal(browser.paymentIntents.retrieve(id))).toMatchObject({ code: 'parameter_missing', param: 'client_secret' });
    expect(await refusal(browser.paymentIntents.capture(id))).toMatchObject({ statusCode: 401, code: 'secret_key_required' });
  });
});

describe('parameters', () => {
  test.each([
    ['an unknown one', 'amount=100&currency=eur&colour=red', { code: 'parameter_unknown', param: 'colour', message: 'Received unknown parameter: colour' }],
    ['an unknown one inside another', 'amount=100&currency=eur&shipping[name]=A&shipping[address][street]=x', { code: 'parameter_unknown', param: 'shipping[address][street]' }],
    ['a missing one', 'currency=eur', { code: 'parameter_missing', param: 'amount', message: 'Missing required param: amount.' }],
    ['a missing one inside another', 'amount=100&currency=eur&shipping[address][line1]=x', { code: 'parameter_missing', param: 'shipping[name]' }],
    ['no number', 'amount=1.5&currency=eur', { code: 'parameter_invalid_integer', param: 'amount', message: 'Invalid integer: 1.5' }],
    ['an empty text', 'amount=100&currency=', { code: 'parameter_invalid_empty', param: 'currency' }],
    ['no truth value', 'amount=100&currency=eur&confirm=yes', { param: 'confirm', message: 'Invalid boolean: yes' }],
    ['none of the choices', 'amount=100&currency=eur&capture_method=later', { param: 'capture_method' }],
    ['a currency that does not exist', 'amount=100&currency=xyz', { param: 'currency' }],
    ['too little to charge', 'amount=49&currency=eur', { code: 'amount_too_small', message: 'Amount must be at least €0.50 eur' }],
    ['too much to charge', 'amount=100000000&currency=eur', { param: 'amount' }],
    ['a payment method that does not exist', 'amount=100&currency=eur&payment_method=pm_nothing', { code: 'resource_missing', param: 'payment_method' }],
    ['what only a confirmation can take', 'amount=100&currency=eur&return_url=https://a.example', { param: 'return_url' }],
  ])('%s is refused with 400 and its name', async (_, body, error) => {
    const { sandbox } = providerInMemory();
    const answer = await sandbox.fetch(post('/v1/payment_intents', body));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { type: 'invalid_request_error', ...error } });
  });

  test('JSON is refused in the words of the API', async () => {
    const { sandbox } = providerInMemory();
    const answer = await sandbox.fetch(post('/v1/payment_intents', '{"amount":100}', { 'content-type': 'application/json' }));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('application/x-www-form-urlencoded');
  });

  test('what the sandbox does not speak is refused by name', async () => {
    const { client } = providerInMemory();
    expect(await refusal(client().customers.list())).toMatchObject({ statusCode: 404, message: expect.stringContaining('GET: /v1/customers') as string });
  });

  test('payment methods that may redirect need an address to return to', async () => {
    const { stripe } = providerInMemory();
    const parameters = { amount: 1_000, currency: 'eur', confirm: true, payment_method: 'pm_card_visa' };
    expect(await refusal(stripe.paymentIntents.create(parameters))).toMatchObject({ statusCode: 400, message: expect.stringContaining('return_url') as string });
    expect((await stripe.paymentIntents.list()).data).toEqual([]);
    expect((await stripe.paymentIntents.create({ ...parameters, return_url: 'https://shop.example' })).status).toBe('succeeded');
  });
});

describe('confirmation tokens', () => {
  test('confirm a payment once', async () => {
    const { stripe } = providerInMemory();
    const token = await stripe.testHelpers.confirmationTokens.create({ payment_method: 'pm_card_mastercard', return_url: 'https://shop.example/done' });
    expect(token).toMatchObject({ payment_intent: null, use_stripe_sdk: true, payment_method_preview: { type: 'card', card: { brand: 'mastercard', last4: '4444' } } });
    const { id } = await stripe.paymentIntents.create({ amount: 1_000, currency: 'eur', capture_method: 'manual' });
    expect((await stripe.paymentIntents.confirm(id, { confirmation_token: token.id })).status).toBe('requires_capture');
    expect((await stripe.confirmationTokens.retrieve(token.id)).payment_intent).toBe(id);
    const another = await stripe.paymentIntents.create({ amount: 1_000, currency: 'eur' });
    expect(await refusal(stripe.paymentIntents.confirm(another.id, { confirmation_token: token.id }))).toMatchObject({ statusCode: 400, param: 'confirmation_token' });
  });

  test('are of no use after twelve hours', async () => {
    const { stripe, clock } = providerInMemory();
    const token = await stripe.testHelpers.confirmationTokens.create({ payment_method: 'pm_card_visa' });
    clock.now += 12 * 3600_000;
    expect(await refusal(stripe.paymentIntents.create({ amount: 1_000, currency: 'eur', confirm: true, confirmation_token: token.id }))).toMatchObject({ message: expect.stringContaining('expired') as string });
  });

  test.each([
    ['incorrect_number', { number: '4242424242424241' }],
    ['card_declined', { number: '4111111111111111' }],
    ['invalid_expiry_year', { exp_year: '2020' }],
    ['invalid_expiry_month', { exp_month: '13' }],
    ['invalid_cvc', { cvc: '12' }],
  ])('are not made of a card that the form should have refused: %s', async (code, wrong) => {
    const { sandbox } = providerInMemory();
    const card = { number: '4242424242424242', exp_month: '12', exp_year: '2034', cvc: '123', ...wrong };
    const body = new URLSearchParams({ 'payment_method_data[type]': 'card', ...Object.fromEntries(Object.entries(card).map(([name, value]) => [`payment_method_data[card][${name}]`, value])) });
    const answer = await sandbox.fetch(post('/v1/confirmation_tokens', body.toString(), { authorization: 'Bearer pk_test_shop' }));
    expect(answer.status).toBe(402);
    expect(await answer.json()).toMatchObject({ error: { type: 'card_error', code } });
  });

  test('a card’s number and code are kept nowhere', async () => {
    const { sandbox } = providerInMemory();
    const body = 'payment_method_data[type]=card&payment_method_data[card][number]=4000000000003220&payment_method_data%5Bcard%5D%5Bcvc%5D=737&payment_method_data[card][exp_month]=12&payment_method_data[card][exp_year]=34';
    expect((await sandbox.fetch(post('/v1/confirmation_tokens', body, { authorization: 'Bearer pk_test_shop' }))).status).toBe(200);
    const [logged] = sandbox.requests.list({ limit: 1 });
    expect(logged?.body).toContain('exp_year');
    expect(JSON.stringify([logged, ...sandbox.ledger.tokens.values()])).not.toMatch(/4000000000003220|737/);
  });
});

describe('reading', () => {
  test('lists come newest first, page by page', async () => {
    const { stripe, clock } = providerInMemory();
    const made: string[] = [];
    for (let count = 0; count < 5; count++) {
      made.unshift((await stripe.paymentIntents.create({ amount: 1_000 + count, currency: 'eur' })).id);
      clock.now += 1_000;
    }
    const first = await stripe.paymentIntents.list({ limit: 2 });
    expect({ ids: first.data.map(({ id }) => id), more: first.has_more }).toEqual({ ids: made.slice(0, 2), more: true });
    expect((await stripe.paymentIntents.list({ limit: 2 }).autoPagingToArray({ limit: 10 })).map(({ id }) => id)).toEqual(made);
    const since = (await stripe.paymentIntents.retrieve(made[1] ?? '')).created;
    expect((await stripe.paymentIntents.list({ created: { gte: since } })).data.map(({ id }) => id)).toEqual(made.slice(0, 2));
    expect((await stripe.paymentIntents.list({ ending_before: made[2] })).data.map(({ id }) => id)).toEqual(made.slice(0, 2));
  });

  test('search finds by metadata and state, though not at once', async () => {
    const { stripe, clock } = providerInMemory();
    const { id } = await stripe.paymentIntents.create({ ...held(), metadata: { order_id: 'salt AND pepper' } });
    await stripe.paymentIntents.create({ ...held(), metadata: { order_id: 'another' } });
    const search = (query: string) => stripe.paymentIntents.search({ query }).then(({ data }) => data.map((intent) => intent.id));
    expect(await search(`metadata['order_id']:'salt AND pepper'`)).toEqual([]);
    clock.now += 60_000;
    expect(await search(`metadata['order_id']:'salt AND pepper'`)).toEqual([id]);
    expect(await search(`metadata["order_id"]:"salt AND pepper" AND status:'requires_capture' AND amount>100`)).toEqual([id]);
    expect(await search(`metadata['order_id']:'salt AND pepper' AND status:'succeeded'`)).toEqual([]);
    expect(await search(`-metadata['order_id']:'another'`)).toEqual([id]);
    expect(await search(`metadata['order_id']:'another' OR metadata['order_id']:'salt AND pepper'`)).toHaveLength(2);
    expect(await refusal(stripe.paymentIntents.search({ query: 'colour:red' }))).toMatchObject({ statusCode: 400, param: 'query' });
  });

  test('expand puts objects in the place of ids, and names what it cannot expand', async () => {
    const { stripe } = providerInMemory();
    const { id } = await stripe.paymentIntents.create({ ...held(), capture_method: 'automatic' });
    await stripe.refunds.create({ payment_intent: id, amount: 100 });
    expect(await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge.refunds', 'payment_method'] })).toMatchObject({
      payment_method: { object: 'payment_method' },
      latest_charge: { object: 'charge', refunds: { data: [{ amount: 100 }] } },
    });
    expect((await stripe.paymentIntents.list({ expand: ['data.latest_charge'] })).data).toMatchObject([{ latest_charge: { object: 'charge' } }]);
    expect(await refusal(stripe.paymentIntents.retrieve(id, { expand: ['amount'] }))).toMatchObject({ statusCode: 400, message: 'This property cannot be expanded (amount).' });
  });

  test('metadata is changed key by key', async () => {
    const { stripe } = providerInMemory();
    const { id } = await stripe.paymentIntents.create({ ...held(), metadata: { one: '1', two: '2' } });
    expect((await stripe.paymentIntents.update(id, { metadata: { two: '', three: '3' } })).metadata).toEqual({ one: '1', three: '3' });
    expect((await stripe.paymentIntents.update(id, { metadata: '' })).metadata).toEqual({});
  });

  test('the amount of what is authorized stays', async () => {
    const { stripe } = providerInMemory();
    const { id } = await stripe.paymentIntents.create(held(1_000));
    expect(await refusal(stripe.paymentIntents.update(id, { amount: 2_000 }))).toMatchObject({ code: 'payment_intent_unexpected_state' });
  });
});

test('a new payment says nothing of one that is not confirmed', async () => {
  const { stripe } = providerInMemory();
  expect(await stripe.paymentIntents.create({ amount: 1_000, currency: 'EUR' })).toMatchObject({
    object: 'payment_intent',
    currency: 'eur',
    status: 'requires_payment_method',
    client_secret: expect.stringMatching(/^pi_\w+_secret_\w+$/) as string,
    latest_charge: null,
    lastResponse: { statusCode: 200, apiVersion: '2026-10-28.endive', requestId: expect.stringMatching(/^req_/) as string },
  });
});
