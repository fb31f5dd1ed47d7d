import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { IDEMPOTENCY_KEY_HEADER } from '../../../contracts/headers';
import { ROUTES } from '../../../contracts/http';
import type { Route, RouteName } from '../../../contracts/http';
import { Problem, PROBLEM_MEDIA_TYPE, PROBLEMS } from '../../../contracts/problem';
import { gatewayStatusesOf, PAGE_STATUSES, problemsOf } from '../../../contracts/refusals';
import type { AttackedShop } from './attackedShop';
import { ask } from './rawRequest';
import type { RawAnswer, RawRequest } from './rawRequest';
import { PROTECTED, rightful } from './requests';
import { SEED } from './seed';

const MARKUP = '<script>alert(1)</script>';
const routes = (Object.entries(ROUTES) as [RouteName, Route][]).map(([name, route]) => ({ name, route }));
const posts = routes.filter(({ route }) => route.method === 'POST');

const aRoute = fc.constantFrom(...routes);
const aPost = fc.constantFrom(...posts);
const aText = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom(MARKUP, '\ud800', '\u202egnp', '\0', 'é'.normalize('NFD'), '{{7*7}}', '../../etc/passwd', "' OR 1=1 --", 'x'.repeat(5_000)));
/** Numbers as JSON may write them and no computer keeps them. */
const aNumber = fc.constantFrom('1e400', '-1e400', '9007199254740993', '1e-400', '-0', '0.1e1', `1${'0'.repeat(400)}`, '2147483648');
const aNesting = fc.tuple(fc.constantFrom('[', '{"a":', '[{"a":'), fc.integer({ min: 1, max: 10_000 })).map(([open, depth]) => open.repeat(depth));
const aMediaType = fc.oneof(
  fc.constantFrom('application/json', 'application/json; charset=utf-16', 'text/plain', 'text/html', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/problem+json', 'json', ';', ''),
  fc.string({ unit: fc.constantFrom('a', 'b', '/', ';', '=', '+', ' ', '"'), maxLength: 30 }),
);
const aBody = fc.oneof(fc.uint8Array({ maxLength: 500 }), aText, fc.json({ maxDepth: 5 }), aNesting, aNumber, fc.constantFrom('', 'null', '[]', '{}', '{"__proto__":{}}', '{"constructor":1}', '\ufeff{}', '{"a":1,"a":2}'));

/** Requests that no client of ours makes. */
export function malformed(given: () => AttackedShop): void {
  const token = (): Record<string, string> => ({ authorization: `Bearer ${given().operator.accessToken}` });
  const pathOf = ({ path }: Route): string => path.replace('{orderId}', given().order.orderId).replaceAll(/\{\w+\}/g, 'stoneware-mug-sage');
  const key = (): Record<string, string> => ({ [IDEMPOTENCY_KEY_HEADER]: randomUUID() });
  /** Through CloudFront, and past it and its firewall, which would keep the worst from the functions. */
  const ways = (): { url: string; headers?: Readonly<Record<string, string>> }[] => [{ url: given().pages.siteUrl }, given().behind];
  const holds = <T>(arbitrary: fc.Arbitrary<T>, requestOf: (input: T) => { route?: Route; request: RawRequest }): Promise<void> =>
    fc.assert(
      fc.asyncProperty(arbitrary, async (input) => {
        const { route, request } = requestOf(input);
        for (const { url, headers } of ways()) expect(faultOf(route, await ask(url, { ...request, headers: { ...request.headers, ...headers } }))).toBeUndefined();
      }),
      { seed: SEED, numRuns: 150 },
    );

  test('any body of any media type is refused or taken, by name', async () => {
    await holds(fc.tuple(aPost, aBody, aMediaType), ([{ route }, body, mediaType]) => ({
      route,
      request: { method: 'POST', path: pathOf(route), headers: { ...token(), ...key(), 'content-type': mediaType }, body },
    }));
  });

  test('a right body with one thing wrong in it is refused or taken, by name', async () => {
    const aRightful = fc.constantFrom(...PROTECTED.filter((name) => 'body' in ROUTES[name]));
    const bodies = new Map(await Promise.all(PROTECTED.map(async (name) => [name, (await rightful(name).request(given())).body] as const)));
    await holds(fc.tuple(aRightful, fc.nat(), fc.oneof(aText.map((text) => JSON.stringify(text)), aNumber, fc.json({ maxDepth: 2 }))), ([name, place, wrong]) => ({
      route: ROUTES[name],
      request: { method: 'POST', path: pathOf(ROUTES[name]), headers: { ...token(), ...key(), 'content-type': 'application/json' }, body: withOneWrong(bodies.get(name), place, wrong) },
    }));
  });

  test('any path below /api is answered by name', async () => {
    const aSegment = fc.oneof(
      fc.constantFrom('..', '.', '%2e%2e', '%2f', '%00', '%ff', '%', '%zz', '%0d%0a', ';', 'a;b=c', '%3Cscript%3E', '*', '{orderId}', '%F0%9F%8E%81', 'x'.repeat(2_000), ''),
      fc.webSegment(),
      fc.constantFrom('api', 'orders', 'products', 'operators', 'webhooks', 'quotes'),
    );
    await holds(fc.tuple(fc.constantFrom('GET', 'POST'), fc.array(aSegment, { minLength: 1, maxLength: 5 })), ([method, segments]) => ({
      request: { method, path: `/api/${segments.join('/')}`, headers: token() },
    }));
  });

  test('any id and any query of a route are refused or taken, by name', async () => {
    const aValue = aText.map((text) => encodeURIComponent(Buffer.from(text).toString()));
    const aQuery = fc.array(fc.tuple(fc.oneof(fc.constantFrom('limit', 'cursor', 'category', 'vendor', 'limit%5B%5D', '__proto__'), aValue), aValue), { maxLength: 4 });
    await holds(fc.tuple(aRoute, aValue, aQuery), ([{ route }, id, query]) => ({
      request: {
        method: route.method,
        path: `${route.path.replaceAll(/\{\w+\}/g, id.slice(0, 3_000))}?${query.map((pair) => pair.join('=')).join('&')}`,
        headers: { ...token(), ...key() },
      },
    }));
  });

  test('a method that a path does not have is refused with 405 and those that it has, and not as a page', async () => {
    for (const { route } of routes) {
      const answers = await Promise.all(['PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((method) => ask(given().pages.siteUrl, { method, path: pathOf(route), headers: token() })));
      const allowed = [...new Set(routes.filter((other) => other.route.path === route.path).map((other) => other.route.method))].toSorted().join(', ');
      expect(answers.map(({ status, headers }) => [status, headers.allow, headers['x-content-type-options']])).toEqual(answers.map(() => [405, allowed, 'nosniff']));
    }
  });

  test('any Idempotency-Key is refused or taken, by name', async () => {
    const aKey = fc.oneof(fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).filter((code) => code !== 0x7f).map((code) => String.fromCharCode(code)), maxLength: 400 }), fc.constantFrom('""', '"', '"12345678', '12345678"', ',', 'a'.repeat(256), Buffer.from('Schlüssel — 🎁').toString('latin1')));
    const demanding = fc.constantFrom(...posts.filter(({ route }) => route.idempotent));
    await holds(fc.tuple(demanding, aKey), ([{ route }, value]) => ({
      route,
      request: { method: 'POST', path: pathOf(route), headers: { ...token(), [IDEMPOTENCY_KEY_HEADER]: value, 'content-type': 'application/json' }, body: '{}' },
    }));
  });
}

/** What is not as the API's document says, in words. @param route by default whichever it may have been */
function faultOf(route: Route | undefined, { status, headers, text }: RawAnswer): string | undefined {
  const said = `${status} ${String(headers['content-type'])}: ${text.slice(0, 300)}`;
  if (status >= 500) return `a failure: ${said}`;
  const documented = route ? [route.status, ...gatewayStatusesOf(route), ...PAGE_STATUSES, ...problemsOf(route).map((code) => PROBLEMS[code].status)] : undefined;
  if (documented?.includes(status) === false) return `an undocumented status: ${said}`;
  const mediaType = String(headers['content-type']).split(';')[0] ?? '';
  if (mediaType === 'text/html') return PAGE_STATUSES.includes(status) && !text.includes(MARKUP) ? undefined : `a page: ${said}`;
  if (mediaType !== PROBLEM_MEDIA_TYPE && mediaType !== 'application/json') return `no JSON: ${said}`;
  if (mediaType === PROBLEM_MEDIA_TYPE && Problem.parse(JSON.parse(text)).status !== status) return `a problem of another status: ${said}`;
  return undefined;
}

/** JSON of the value with what stands at some place in it replaced. */
function withOneWrong(value: unknown, place: number, wrong: string): string {
  const places = JSON.stringify(value).match(/(?<=:)("[^"]*"|\d+)/g) ?? [];
  const found = places[place % Math.max(1, places.length)];
  return found === undefined ? wrong : JSON.stringify(value).replace(`:${found}`, () => `:${wrong}`);
}
