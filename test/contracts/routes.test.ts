import * as z from 'zod/mini';
import { ORDERS_SCOPE, ROUTES, trafficOf } from '../../contracts/http';
import type { Route } from '../../contracts/http';
import { PROBLEMS, problemCode, problemType } from '../../contracts/problem';

const routes: [string, Route][] = Object.entries(ROUTES);

it('protects every route below /api/orders, /api/account, /api/operators, /api/analytics and /api/search/orders by the scope, and no other', () => {
  for (const [, { path, scope }] of routes) expect(scope).toBe(/^\/api\/(orders|account|operators|analytics|search\/orders)(\/|$)/.test(path) ? ORDERS_SCOPE : undefined);
});

it('lets operators alone through below /api/operators and /api/analytics', () => {
  for (const [, { path, group }] of routes) expect(group).toBe(/^\/api\/(operators|analytics)\//.test(path) ? 'operators' : undefined);
});

it('takes larger bodies from those alone who sign them, and batches of clicks', () => {
  for (const [, { path, maxBodyBytes }] of routes) expect(maxBodyBytes).toBe(path.startsWith('/api/webhooks/') ? 64 * 1024 : path === '/api/clicks' ? 60 * 1024 : undefined);
});

it('counts webhooks and clicks as such, everything else that is posted as a write', () => {
  for (const [, route] of routes) expect(trafficOf(route)).toBe(route.path.startsWith('/api/webhooks/') ? 'webhooks' : route.path === '/api/clicks' ? 'clicks' : route.method === 'POST' ? 'writes' : 'reads');
});

it('has each method and path once', () => {
  expect(new Set(routes.map(([, { method, path }]) => `${method} ${path}`)).size).toBe(routes.length);
});

it.each(routes)('names the path parameters of %s as its path does', (_, { path, pathParameters }) => {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const shape = pathParameters ? z.toJSONSchema(pathParameters).properties : {};
  expect(Object.keys(shape ?? {})).toEqual(inPath);
});

const inputs = routes.flatMap(([name, { body, query, pathParameters }]) => Object.entries({ body, query, pathParameters }).flatMap(([part, schema]) => (schema ? [{ name, part, schema }] : [])));

it.each(inputs)('refuses unknown members in the $part of $name', ({ schema }) => {
  expect(schema.safeParse({ unheardOf: 1 }).error?.issues.map(({ code }) => code)).toContain('unrecognized_keys');
});

it('finds a problem by its type, and does not take foreign ones for its own', () => {
  for (const code of Object.keys(PROBLEMS)) expect(problemCode({ type: `/problems/${code}` })).toBe(code);
  expect(problemType('out-of-stock')).toBe('/problems/out-of-stock');
  expect(problemCode({ type: 'about:blank' })).toBeUndefined();
  expect(problemCode({ type: '/problems/toString' })).toBeUndefined();
});
