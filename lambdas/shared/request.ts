import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { IDEMPOTENCY_KEY_HEADER } from '../../contracts/headers';
import { CustomerId, IdempotencyKey } from '../../contracts/ids';
import { MAX_BODY_BYTES, MAX_WEBHOOK_BYTES } from '../../contracts/limits';
import { parseOrRefuse, pointerTo } from './parse';
import { ProblemError } from './problem-error';

/** The event of an HTTP API with payload format 2.0; a route with a JWT authorizer adds its claims. */
export type HttpEvent = APIGatewayProxyEventV2;

/** @param maxBytes as the route has it. @throws ProblemError when the body is no JSON, too large, of another media type, or does not fit the contract */
export function bodyOf<S extends z.core.$ZodType>(event: HttpEvent, contract: S, maxBytes = MAX_BODY_BYTES): z.output<S> {
  const mediaType = (event.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') {
    throw new ProblemError('unsupported-media-type', undefined, {
      errors: [{ header: 'content-type', detail: mediaType ? `is ${mediaType}` : 'is required' }],
      headers: { 'accept-post': 'application/json' },
    });
  }
  return parseOrRefuse(contract, jsonIn(bytesOf(event, maxBytes)), 'invalid-body', (path) => ({ pointer: pointerTo(path) }));
}

/** A webhook's body as it was sent, for a signature over it. @throws ProblemError `body-too-large` */
export const textOf = (event: HttpEvent): string => bytesOf(event, MAX_WEBHOOK_BYTES).toString('utf8');

function bytesOf(event: HttpEvent, most: number): Buffer {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.byteLength > most) throw new ProblemError('body-too-large', `At most ${most} bytes are accepted.`);
  return bytes;
}

function jsonIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new ProblemError('malformed-json', undefined, { errors: [{ pointer: '#', detail: 'is not JSON in UTF-8' }], cause: error });
  }
}

/** @throws ProblemError `invalid-parameter` naming each unknown, repeated or wrong query parameter */
export const queryOf = <S extends z.core.$ZodType>(event: HttpEvent, contract: S): z.output<S> =>
  parseOrRefuse(contract, event.queryStringParameters ?? {}, 'invalid-parameter', ([parameter]) => ({ parameter: String(parameter) }));

/** @throws ProblemError `notFound`: an address that cannot exist is one where nothing is */
export function pathOf<S extends z.core.$ZodType>(event: HttpEvent, contract: S, notFound: 'product-not-found' | 'order-not-found'): z.output<S> {
  return parseOrRefuse(contract, event.pathParameters ?? {}, notFound, ([parameter]) => ({ parameter: String(parameter) }));
}

/**
 * The Idempotency-Key header, as the structured-field string of the IETF draft (`"8e03…"`) or bare, which most send.
 * @throws ProblemError when it is missing or no key
 */
export function idempotencyKeyOf(event: HttpEvent): IdempotencyKey {
  const header = event.headers[IDEMPOTENCY_KEY_HEADER]?.trim();
  if (!header) {
    throw new ProblemError('idempotency-key-missing', undefined, { errors: [{ header: IDEMPOTENCY_KEY_HEADER, detail: 'is required' }] });
  }
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header;
  return parseOrRefuse(IdempotencyKey, key, 'invalid-parameter', () => ({ header: IDEMPOTENCY_KEY_HEADER }));
}

/** Who calls, by the verified access token. */
export interface Caller {
  readonly customerId: CustomerId;
  /** The app client that the token was issued to. */
  readonly clientId: string;
}

const Claims = z.object({ sub: CustomerId, client_id: z.string(), token_use: z.literal('access') });
const Authorized = z.object({ authorizer: z.object({ jwt: z.object({ claims: Claims }) }) });

/** @throws ProblemError `not-signed-in` without the claims of an access token, whatever the route's authorizer let pass */
export function callerOf(event: HttpEvent): Caller {
  const authorized = z.safeParse(Authorized, event.requestContext);
  if (!authorized.success) throw new ProblemError('not-signed-in', 'An access token is required.', { headers: { 'www-authenticate': 'Bearer' } });
  const { sub, client_id: clientId } = authorized.data.authorizer.jwt.claims;
  return { customerId: sub, clientId };
}
