import type { Route } from './http';
import type { ProblemCode } from './problem';

/** Every problem that a route may answer with: its own, and those of every route of its kind. */
export function problemsOf({ method, query, body, scope, group, optionalToken, idempotent, problems = [] }: Route): readonly ProblemCode[] {
  const shared: readonly ProblemCode[] = [
    'not-through-the-edge',
    ...(scope || optionalToken ? (['not-signed-in'] as const) : []),
    ...(group ? (['not-an-operator'] as const) : []),
    ...(query || idempotent ? (['invalid-parameter'] as const) : []),
    ...(idempotent ? (['idempotency-key-missing', 'idempotency-key-reused'] as const) : []),
    ...(body ? (['malformed-json', 'unsupported-media-type', 'invalid-body'] as const) : []),
    ...(method === 'POST' ? (['body-too-large'] as const) : []),
    ...(method === 'POST' && scope ? (['too-many-requests'] as const) : []),
    'internal-error',
    'try-again',
  ];
  return [...new Set([...shared, ...problems])];
}

/** What the firewall refuses with in the shop's own words, but as `application/json`: docs/limits.md. */
export const FIREWALL_PROBLEMS = ['too-many-requests', 'body-too-large'] as const satisfies readonly ProblemCode[];

/**
 * What API Gateway itself answers before any function is asked, with `{"message": …}` and not with a problem:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export const gatewayStatusesOf = ({ scope }: Route): readonly number[] => [...(scope ? [401, 403] : []), 413, 429, 431, 500, 503];

/** What CloudFront and the firewall's managed rules answer with a page, to whatever they take for an attack. */
export const PAGE_STATUSES: readonly number[] = [403, 413];
