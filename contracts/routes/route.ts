import type * as z from 'zod/mini';
import { OPERATORS_GROUP } from '../operations';
import type { ProblemCode } from '../problem';

/** What an access token must carry on the routes of one's own orders (resource server `shop`, scope `orders`). */
export const ORDERS_SCOPE = 'shop/orders';

/**
 * One route of the HTTP API. `path` is in API Gateway's notation; `scope` is the token scope it demands, absent for
 * anonymous routes; `status` is that of success. Every other answer is a `Problem`.
 */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: `/api/${string}`;
  /** What it is for, in a line for people. */
  readonly summary: string;
  readonly scope?: string;
  /** A group of the user pool that the caller must be in besides; such a route knows no other scope than its own. */
  readonly group?: string;
  /** Whoever is signed in may say so by an access token, which the function verifies; a wrong one is refused. */
  readonly optionalToken?: true;
  readonly pathParameters?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  /** It demands an Idempotency-Key. */
  readonly idempotent?: true;
  /** Headers in which a caller without a token signs the body: that is theirs, not a contract of ours. */
  readonly signedBy?: readonly string[];
  /** What it refuses with besides what every route of its kind may: see contracts/refusals.ts. */
  readonly problems?: readonly ProblemCode[];
  /** A larger body is a 413. @default MAX_BODY_BYTES */
  readonly maxBodyBytes?: number;
  /** With which routes it has its limits in common. @default reads for a GET, writes for a POST */
  readonly traffic?: Traffic;
  readonly status: 200 | 201 | 202;
  readonly response: z.ZodMiniType;
  /** What a 202 says instead, with a Retry-After, where the answer takes longer than a caller waits. */
  readonly pending?: z.ZodMiniType;
}

/**
 * Reads cost little, writes cost money and stock, webhooks come in bursts from few who must not wait for customers, and
 * clicks come from everybody all the time and must cost nobody else their turn.
 */
export type Traffic = 'reads' | 'writes' | 'webhooks' | 'clicks';

export const trafficOf = ({ method, traffic }: Pick<Route, 'method' | 'traffic'>): Traffic => traffic ?? (method === 'GET' ? 'reads' : 'writes');

/** What a token must carry on the operators' routes. */
export const OPERATORS = { scope: ORDERS_SCOPE, group: OPERATORS_GROUP } as const;
