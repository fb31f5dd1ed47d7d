import { type Asked, planFor } from '../../../storefront/offline/plan';

const ORIGIN = 'https://shop.example';
const plan = (path: string, asked: Partial<Asked> = {}) => planFor({ method: 'GET', url: ORIGIN + path, mode: 'cors', headers: new Headers(), ...asked }, ORIGIN);
const opening = { mode: 'navigate' } as const;

test('pages of the shop are kept, whatever stands in their address', () => {
  expect(['/', '/products/walnut-board', '/?category=Kitchen', '/basket', '/orders/1', '/?code=1&state=2'].map((path) => plan(path, opening))).toEqual(Array(6).fill('page'));
});

test('operators’ pages, the API’s document and its page are left alone', () => {
  expect(['/operators/orders', '/operators/orders/1', '/api-docs.html', '/api/products'].map((path) => plan(path, opening))).toEqual(Array(4).fill(undefined));
  expect(plan('/openapi.json')).toBeUndefined();
});

test('what anybody may read of the catalogue is kept, and nothing else of the API', () => {
  expect(['/config.json', '/api/categories', '/api/products?category=Kitchen', '/api/products/walnut-board'].map((path) => plan(path))).toEqual(Array(4).fill('read'));
  const others = ['/api/search?q=board', '/api/search/suggestions?q=b', '/api/recommendations?anonymousId=1', '/api/orders', '/api/orders/1', '/api/operators/orders', '/api/analytics/orders'];
  expect(others.map((path) => plan(path))).toEqual(Array(7).fill(undefined));
});

test('nothing that comes with a token is kept, whatever it asks for', () => {
  const headers = new Headers({ authorization: 'Bearer token' });
  expect(['/api/products/walnut-board', '/api/categories', '/products/walnut-board.svg', '/assets/index-1.js'].map((path) => plan(path, { headers }))).toEqual(Array(4).fill(undefined));
});

test('files of the release and pictures are kept; what writes, and what is elsewhere, is not', () => {
  expect(plan('/assets/index-1.js')).toBe('asset');
  expect(plan('/products/walnut-board.svg')).toBe('picture');
  expect(plan('/api/products', { method: 'POST' })).toBeUndefined();
  expect(plan('/config.json', { method: 'HEAD' })).toBeUndefined();
  expect(plan('', { url: 'https://js.stripe.com/endive/stripe.js' })).toBeUndefined();
});
