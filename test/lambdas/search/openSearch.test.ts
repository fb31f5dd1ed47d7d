import { PRODUCTS } from '../../../lambdas/search/indexed';
import { indexRecords } from '../../../lambdas/search/indexing';
import { OpenSearch, OpenSearchError, SearchAwayError } from '../../../lambdas/search/open-search';
import { toItem } from '../../../lambdas/shared/dynamodb';

const credentials = () => Promise.resolve({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' });
const domain = (answer: (url: string, init: RequestInit) => Promise<Response>): OpenSearch =>
  new OpenSearch({ endpoint: 'https://search.example', region: 'us-east-1', prefix: 'dev-', credentials, fetch: (url, init = {}) => answer(url instanceof URL ? url.href : '', init) });
const PRODUCT = {
  productId: 'mug', name: 'Mug', description: 'Holds tea.', category: 'Kitchen', vendor: 'Holt', price: { amount: 900, currency: 'EUR' }, stock: 3, active: true,
  image: '/products/mug.svg', version: 2, updatedAt: '2026-11-01T10:00:00.000Z',
};
const record = (SequenceNumber: string, product: object) => ({ eventName: 'MODIFY' as const, dynamodb: { SequenceNumber, NewImage: toItem({ ...product }) } });

test('a request is signed for es, with its session, and asks for the environment’s own index', async () => {
  const asked: [string, RequestInit][] = [];
  await domain((...request) => (asked.push(request), Promise.resolve(Response.json({ took: 1 })))).search('products', { size: 1 });
  const [[url, { headers }] = ['', {} as RequestInit]] = asked;
  expect(url).toBe('https://search.example/dev-products/_search');
  expect(headers).toMatchObject({ 'x-amz-security-token': 'session', authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/es\/aws4_request, /) });
});

test('a domain that does not answer is asked once more, and then search is away', async () => {
  let attempts = 0;
  const asked = domain(() => ((attempts += 1), Promise.reject(new TypeError('fetch failed')))).search('products', {});
  await expect(asked).rejects.toThrow(SearchAwayError);
  expect(attempts).toBe(2);
  expect(await domain(() => Promise.resolve(attempts++ % 2 === 0 ? new Response('', { status: 503 }) : Response.json({ took: 1 }))).search('products', {})).toEqual({ took: 1 });
});

test('what the domain refuses is not asked again', async () => {
  let attempts = 0;
  await expect(domain(() => ((attempts += 1), Promise.resolve(new Response('no such index', { status: 404 })))).search('products', {})).rejects.toThrow(OpenSearchError);
  expect(attempts).toBe(1);
});

test('what stands beside a poisoned record is indexed, and the poisoned one is reported', async () => {
  const indexed: unknown[] = [];
  const openSearch = { call: ({ body }: { body?: unknown }) => (indexed.push(body), Promise.resolve({ items: [{ index: { _id: 'mug', status: 201 } }] })) };
  const failed = await indexRecords({ openSearch, indexed: PRODUCTS, onFailure: () => undefined, pauses: [], pause: () => Promise.resolve() }, [record('1', { productId: 'poison' }), record('2', PRODUCT)]);
  expect(failed).toEqual(['1']);
  expect(indexed).toEqual([expect.stringContaining('"_id":"mug","version":2')]);
});

test('while the domain is away its records are tried again, and then all of them are reported', async () => {
  const waited: number[] = [];
  const openSearch = { call: () => Promise.reject(new SearchAwayError('away')) };
  const failed = await indexRecords({ openSearch, indexed: PRODUCTS, onFailure: () => undefined, pauses: [5, 7], pause: (ms) => Promise.resolve(waited.push(ms)) }, [record('1', PRODUCT), record('2', PRODUCT)]);
  expect(failed).toEqual(['1', '2']);
  expect(waited).toEqual([5, 7]);
});
