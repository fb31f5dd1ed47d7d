import { createQuote, getProduct, listProducts, suggestProducts } from '../../storefront/api';
import { patiently } from '../../storefront/patience';
import { Refused } from '../../storefront/refused';

const refused = (status: number, retryAfter?: number): Refused => new Refused({ type: 'about:blank', title: 'no', status, retryAfter });
const failing = (...failures: Refused[]) => {
  const limits: AbortSignal[] = [];
  const pauses: number[] = [];
  const ask = (limit: AbortSignal): Promise<string> => {
    limits.push(limit);
    const failure = failures.shift();
    return failure ? Promise.reject(failure) : Promise.resolve('there');
  };
  const sleep = async (milliseconds: number): Promise<void> => void pauses.push(milliseconds);
  return { answer: patiently(ask, sleep), limits, pauses };
};
const statusOf = (answer: Promise<unknown>): Promise<unknown> => answer.then(() => 200, (error: unknown) => (error instanceof Refused ? error.problem.status : error));

afterEach(() => jest.restoreAllMocks());

test('what fails in passing is asked for again, after pauses that grow, each time with a limit of its own', async () => {
  const { answer, limits, pauses } = failing(refused(0), refused(503), refused(504));
  expect(await answer).toBe('there');
  expect(new Set(limits).size).toBe(4);
  expect(pauses.toSorted((one, other) => one - other)).toEqual(pauses);
  expect(pauses).toHaveLength(3);
});

test('what goes on failing is told of in the end', async () => {
  expect(await statusOf(failing(refused(503), refused(502), refused(503), refused(503)).answer)).toBe(503);
});

test.each([400, 401, 403, 404, 500])('a refusal with %i would be the same again', async (status) => {
  const { answer, limits } = failing(refused(status));
  expect(await statusOf(answer)).toBe(status);
  expect(limits).toHaveLength(1);
});

test('whoever is told to wait a little waits as long; whoever is told to wait long is told of it', async () => {
  const little = failing(refused(429, 2));
  expect(await little.answer).toBe('there');
  expect(little.pauses).toEqual([2_000]);
  expect(await statusOf(failing(refused(429, 60)).answer)).toBe(429);
});

test('reads are asked for again; what writes, and what nobody waits for, is not', async () => {
  jest.useFakeTimers();
  const asked: string[] = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation((path) => {
    asked.push(path instanceof Request ? path.url : path.toString());
    return Promise.reject(new TypeError('Failed to fetch'));
  });
  const answers = Promise.all([listProducts('Kitchen'), getProduct('board'), createQuote({ lines: [], shippingCountry: 'DE' }), suggestProducts('b')].map(statusOf));
  await jest.runAllTimersAsync();
  expect(await answers).toEqual([0, 0, 0, 0]);
  jest.useRealTimers();
  const times = (path: string): number => asked.filter((candidate) => candidate.startsWith(path)).length;
  expect(['/api/products?', '/api/products/', '/api/quotes', '/api/search/suggestions'].map(times)).toEqual([4, 4, 1, 1]);
});

test('an answer that ends half-way counts as none', async () => {
  const half = () => new Response(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"products":')) , pull: (controller) => controller.error(new TypeError('terminated')) }));
  jest.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(half()));
  expect(await statusOf(createQuote({ lines: [], shippingCountry: 'DE' }))).toBe(0);
});
