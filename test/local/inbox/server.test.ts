import { request } from 'node:http';
import { AdminCreateUserCommand, CognitoIdentityProviderClient, CreateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { inboxPart } from '../../../local/inbox/inboxPart';
import { freePort } from '../../../local/host/ports';
import { SandboxProcess } from '../payment/sandboxProcess';
import { account, type TestServer } from '../ministack/ministackServer';
import { openMailbox, type Mailbox } from './mailbox';

const ORDER = '019ab1c2-0000-7000-8000-00000000000a';
const OTHER_ORDER = '019ab1c2-0000-7000-8000-00000000000b';

let server: TestServer;
let send: Mailbox['send'];
let inbox: SandboxProcess;

const startInbox = (ministackUrl: string) => SandboxProcess.start(({ port }) => inboxPart({ port, ministackUrl }), '');
async function ask(path: string): Promise<{ status: number; body: unknown; headers: Headers }> {
  const response = await fetch(`${inbox.url}${path}`);
  return { status: response.status, body: await response.json(), headers: response.headers };
}
const ids = async (query: string) => ((await ask(`/mails?${query}`)).body as { id: string }[]).map(({ id }) => id);

beforeAll(async () => {
  ({ server, send } = await openMailbox());
  inbox = await startInbox(server.url);
});
afterAll(async () => {
  await inbox?.stop();
  await server?.stop();
});

test('a mail has its environment, recipients, parts, time and what it is about', async () => {
  const text = 'Hello Ada';
  const before = Date.now();
  const id = await send('Staging', { to: ['ada@shop.example'], bcc: ['archive@shop.example'], subject: 'Your order is on its way', text, html: '<p>Hello Ada</p>', tags: { order: ORDER, mail: 'handed-over' } });
  const mail = (await ask(`/mails/${encodeURIComponent(id)}`)).body as { at: string };
  expect(mail).toEqual({
    id,
    environment: 'Staging',
    from: 'The shop <shop@staging.example.com>',
    to: ['ada@shop.example'],
    cc: [],
    bcc: ['archive@shop.example'],
    subject: 'Your order is on its way',
    at: expect.any(String) as string,
    order: ORDER,
    kind: 'handed-over',
    outcome: 'Delivery',
    text,
    html: '<p>Hello Ada</p>',
  });
  expect(Date.parse(mail.at)).toBeGreaterThanOrEqual(before);
  expect(Date.parse(mail.at)).toBeLessThanOrEqual(Date.now());
});

test('the newest mail comes first, whichever environment sent it', async () => {
  const sent: string[] = [];
  for (const environment of ['Prod', 'Dev', 'Staging', 'Dev']) sent.push(await send(environment, { to: ['in-order@shop.example'], text: 'Hello' }));
  expect(await ids('to=in-order@shop.example')).toEqual(sent.toReversed());
});

test('mails are found by environment, by a part of any recipient’s address, and by order; what is left empty does not count', async () => {
  const dev = await send('Dev', { to: ['Grace <Grace.Hopper@navy.example>'], text: 'Hello', tags: { order: OTHER_ORDER } });
  const prod = await send('Prod', { to: ['somebody@shop.example'], bcc: ['grace.hopper@navy.example'], text: 'Hello' });
  expect(await ids('environment=&to=GRACE.hopper&order=')).toEqual([prod, dev]);
  expect(await ids('environment=Dev&to=grace.hopper')).toEqual([dev]);
  expect(await ids(`order=${OTHER_ORDER}`)).toEqual([dev]);
  expect(await ids(`environment=Prod&order=${OTHER_ORDER}`)).toEqual([]);
});

test.each([
  ['bounce', 'Bounce'],
  ['complaint', 'Complaint'],
  ['success', 'Delivery'],
])('of a mail to the simulator’s %s address the inbox knows its %s, also after a restart', async (name, outcome) => {
  const id = await send('Dev', { to: [`${name}+1@simulator.amazonses.com`], text: 'Hello', tags: { mail: 'confirmation' } });
  await server.restart('SIGTERM');
  expect((await ask(`/mails/${encodeURIComponent(id)}`)).body).toMatchObject({ kind: 'confirmation', outcome });
});

test('what Cognito writes to a new user is there too', async () => {
  const cognito = new CognitoIdentityProviderClient(server.client(account));
  const { UserPool: pool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'shoppers' }));
  await cognito.send(new AdminCreateUserCommand({ UserPoolId: pool?.Id, Username: 'mary', DesiredDeliveryMediums: ['EMAIL'], UserAttributes: [{ Name: 'email', Value: 'mary@shop.example' }] }));
  expect((await ask('/mails?environment=Dev&to=mary@shop.example')).body).toMatchObject([{ environment: 'Dev', to: ['mary@shop.example'] }]);
});

test.each([
  ['/mails?environment=Production', 400, 'There is no environment Production, only Dev, Staging, Prod.'],
  ['/mails?order=42', 400, 'order'],
  ['/mails?recipient=ada', 400, 'recipient'],
  ['/?part=source', 400, 'part'],
  ['/mails/nothing', 404, 'no such mail'],
  ['/mails/nothing/html', 404, 'no such mail'],
  ['/letters', 404, '/mails'],
])('%s is refused with %i in words', async (path, status, words) => {
  const answer = await ask(path);
  expect(answer).toMatchObject({ status, body: { error: expect.stringContaining(words) as string } });
});

test('the page of a mail runs no scripts, sends nothing and opens its links elsewhere, also outside of the inbox', async () => {
  const id = await send('Dev', { to: ['page@shop.example'], html: '<!doctype html>\n<html lang="en"><body><a href="https://shop.example/">Shop</a><script>alert(1)</script></body></html>' });
  const response = await fetch(`${inbox.url}/mails/${encodeURIComponent(id)}/html`);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain('sandbox allow-popups');
  expect(policy).not.toMatch(/allow-(scripts|same-origin|top-navigation|forms)/);
  expect(policy).toContain("default-src 'none'");
  expect(await response.text()).toMatch(/^<!doctype html><base target="_blank">\n<html/);
});

test('another name for this machine gets no mail', async () => {
  const status = await new Promise((resolve, reject) => {
    request(`${inbox.url}/mails`, { headers: { host: 'attacker.example' } }, (response) => resolve(response.resume().statusCode)).on('error', reject).end();
  });
  expect(status).toBe(403);
});

test('without MiniStack the inbox is up and says what is missing', async () => {
  const nowhere = `http://127.0.0.1:${await freePort()}`;
  const alone = await startInbox(nowhere);
  try {
    const response = await fetch(`${alone.url}/mails`);
    expect([response.status, await response.json()]).toEqual([503, { error: `MiniStack, which keeps the mail, does not answer at ${nowhere}/_ministack/ses/messages.` }]);
  } finally {
    await alone.stop();
  }
});
