import { fakeConsole, type FakeConsole } from './fakeConsole';
import { fakePipeline, PIPELINE } from './fakePipeline';

let fake: FakeConsole;

beforeEach(async () => {
  fake = await fakeConsole(fakePipeline());
});
afterEach(() => fake.close());

describe('who may act', () => {
  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://localhost:8080' }],
    ['a form', { 'content-type': 'text/plain' }],
    ['somebody without the token of the page', { 'x-console-token': 'guessed' }],
  ])('%s may not', async (_, headers) => {
    expect((await fake.post(`/api/pipelines/${PIPELINE}/executions`, {}, headers)).status).toBe(403);
    expect(fake.aws.calls).toEqual([]);
  });

  test('a name that somebody pointed at the loopback is answered nothing', async () => {
    const response = await fake.request('/api/session', { host: 'evil.example:4700' });
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain('token');
  });

  test.each([
    ['the page', '/index.html', {}],
    ['what the page reads', '/api/pipelines', {}],
    ['nothing', '/api/unknown', {}],
    ['a refusal', '/', { host: 'evil.example:4700' }],
  ])('%s is answered with a policy that lets nothing in from elsewhere', async (_, path, headers) => {
    const answer = await fake.request(path, headers);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-|\*|data:|blob:|https?:/);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    });
  });
});
