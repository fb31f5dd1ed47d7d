import { createQuote, getOrder, listProducts, Refused } from '../../storefront/api';

const answering = (status: number, body: object, headers: Record<string, string>): void => {
  jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } }));
};
const refusalOf = (asked: Promise<unknown>): Promise<unknown> => asked.then(() => undefined, (error: unknown) => (error instanceof Refused ? error.problem : error));

afterEach(() => jest.restoreAllMocks());

test('when to try again is told with the refusal, whoever refuses', async () => {
  const problem = { type: '/problems/too-many-requests', title: 'Too many requests', status: 429 };
  answering(429, problem, { 'content-type': 'application/problem+json', 'retry-after': '17' });
  expect(await refusalOf(createQuote({ lines: [], shippingCountry: 'DE' }))).toEqual({ ...problem, retryAfter: 17 });
  answering(429, problem, { 'retry-after': '60' });
  expect(await refusalOf(listProducts('Kitchen'))).toMatchObject({ status: 429, retryAfter: 60 });
});

test.each([[{}], [{ 'retry-after': 'Fri, 27 Nov 2026 08:00:00 GMT' }], [{ 'retry-after': '0' }]])('a refusal that tells no seconds is told without: %j', async (headers: Record<string, string>) => {
  answering(429, { message: 'Too Many Requests' }, headers);
  expect(await refusalOf(getOrder('order', 'token'))).toEqual({ type: 'about:blank', title: 'The shop could not do that', status: 429 });
});
