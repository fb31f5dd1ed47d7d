import * as z from 'zod/mini';
import { IDEMPOTENCY_KEY_HEADER } from '../headers';
import { ROUTES } from '../http';
import type { Route } from '../http';
import { IdempotencyKey } from '../ids';
import { PROBLEM_MEDIA_TYPE, PROBLEMS, problemType } from '../problem';
import type { ProblemCode } from '../problem';
import { FIREWALL_PROBLEMS, gatewayStatusesOf, PAGE_STATUSES, problemsOf } from '../refusals';
import { components, refTo, schemaOf } from './schemas';
import type { JsonObject } from './schemas';

const TOKEN = 'accessToken';
const JSON_TYPE = 'application/json';

/** The API as an OpenAPI 3.1 document, all of it derived from the routes and their contracts. */
export function openApi(): JsonObject {
  const routes: readonly (readonly [string, Route])[] = Object.entries(ROUTES);
  const paths: Record<string, JsonObject> = {};
  for (const [name, route] of routes) paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(name, route) };
  return {
    openapi: '3.1.1',
    info: {
      title: 'Market Hall',
      version: '1',
      description:
        'Prices and totals are whole numbers of cents, times are ISO 8601 in UTC. Every refusal of the shop is a problem document (RFC 9457), known by the last part of its `type`; before the shop, its firewall may answer with a page, or with a problem as `application/json`, and its gateway with a bare `message`.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: components(),
      securitySchemes: {
        [TOKEN]: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token of the shop’s sign-in pages (authorization code with PKCE; `/config.json` says where). An id token is not one.' },
      },
    },
  };
}

function operation(name: string, route: Route): JsonObject {
  const { summary, group, scope, optionalToken, body, signedBy, status, response } = route;
  return {
    operationId: name,
    summary,
    ...(group && { description: `For members of the group \`${group}\`.` }),
    tags: [route.path.split('/')[2]],
    // Not "no entry": that would inherit what stands for the whole document.
    security: scope ? [{ [TOKEN]: [scope] }] : optionalToken ? [{}, { [TOKEN]: [] }] : [],
    parameters: parametersOf(route),
    ...(body && { requestBody: { required: true, content: { [JSON_TYPE]: { schema: schemaOf(body) } } } }),
    ...(signedBy && { requestBody: { required: true, content: { [JSON_TYPE]: { schema: { type: 'object' } } } } }),
    responses: {
      [status]: { description: 'Done', headers: { 'x-request-id': { required: true, schema: { type: 'string' } } }, content: { [JSON_TYPE]: { schema: schemaOf(response) } } },
      ...refusals(route),
    },
  };
}

function parametersOf({ pathParameters, query, idempotent, signedBy = [] }: Route): JsonObject[] {
  return [
    ...members(pathParameters).map(([name, schema]) => ({ name, in: 'path', required: true, schema })),
    ...members(query).map(([name, schema]) => ({ name, in: 'query', required: false, schema })),
    ...(idempotent ? [{ name: IDEMPOTENCY_KEY_HEADER, in: 'header', required: true, description: 'The same key with the same request does nothing twice.', schema: schemaOf(IdempotencyKey) }] : []),
    ...signedBy.map((name) => ({ name, in: 'header', required: true, schema: { type: 'string' } })),
  ];
}

/** What a query's texts mean (`limit` is a number) says more than that they are texts. */
const members = (schema: z.ZodMiniType | undefined): [string, unknown][] => Object.entries((schema && z.toJSONSchema(schema, { io: 'output' }).properties) ?? {});

/** One answer for each status, with every problem that it may be, and what may be said before the shop is asked. */
function refusals(route: Route): Record<string, JsonObject> {
  const codes = problemsOf(route);
  const fromGateway = gatewayStatusesOf(route);
  const statuses = [...new Set([...codes.map((code) => PROBLEMS[code].status), ...fromGateway, ...PAGE_STATUSES])].toSorted((one, other) => one - other);
  return Object.fromEntries(
    statuses.map((status) => {
      const here = withStatus(status, codes);
      const ofFirewall = withStatus(status, FIREWALL_PROBLEMS);
      const bare = [...(fromGateway.includes(status) ? [refTo('GatewayRefusal')] : []), ...(ofFirewall.length > 0 ? [problemSchema(ofFirewall)] : [])];
      return [
        status,
        {
          description: here.length > 0 ? here.map((code) => PROBLEMS[code].title).join('; ') : 'Refused before the shop was asked',
          content: {
            ...(here.length > 0 && { [PROBLEM_MEDIA_TYPE]: { schema: problemSchema(here) } }),
            ...(bare.length > 0 && { [JSON_TYPE]: { schema: bare.length > 1 ? { anyOf: bare } : bare[0] } }),
            ...(PAGE_STATUSES.includes(status) && { 'text/html': { schema: { type: 'string' } } }),
          },
        },
      ];
    }),
  );
}

const withStatus = (status: number, codes: readonly ProblemCode[]): readonly ProblemCode[] => codes.filter((code) => PROBLEMS[code].status === status);

const problemSchema = (codes: readonly ProblemCode[]): JsonObject => ({ allOf: [refTo('Problem'), { properties: { type: { enum: codes.map(problemType) } } }] });

export const openApiText = (): string => `${JSON.stringify(openApi(), undefined, 2)}\n`;
