import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROUTES } from '../../contracts/http';
import type { Route } from '../../contracts/http';
import { openApi, openApiText } from '../../contracts/openapi/document';
import { PROBLEMS } from '../../contracts/problem';
import { problemsOf } from '../../contracts/refusals';

const text = openApiText();

test('docs/openapi.json is what `npm run openapi` writes', () => {
  expect(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')).toBe(text);
});

test('every route is an operation of the document, by its name', () => {
  const operations = [...text.matchAll(/"operationId": "(\w+)"/g)].map(([, name = '']) => name);
  expect(operations.toSorted()).toEqual(Object.keys(ROUTES).toSorted());
});

test('every reference leads to a schema of the document', () => {
  const { components } = openApi() as { components: { schemas: Record<string, unknown> } };
  const references = [...text.matchAll(/"\$ref": "([^"]+)"/g)].map(([, reference]) => reference);
  const places = Object.keys(components.schemas).map((name) => `#/components/schemas/${name}`);
  expect(places).toEqual(expect.arrayContaining([...new Set(references)]));
});

test('every problem is one of a route, or of a request that no route answers', () => {
  const routes: readonly Route[] = Object.values(ROUTES);
  const answered = new Set([...routes.flatMap(problemsOf), 'not-found', 'method-not-allowed']);
  expect([...answered].toSorted()).toEqual(Object.keys(PROBLEMS).toSorted());
});
