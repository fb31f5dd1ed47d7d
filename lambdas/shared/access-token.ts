import { CognitoJwtVerifier, JwtVerifier } from 'aws-jwt-verify';
import { FetchError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import * as z from 'zod/mini';
import { CustomerId } from '../../contracts/ids';
import { readEnvironment } from './environment';
import { ProblemError } from './problem-error';
import type { Caller, HttpEvent } from './request';

export interface AccessTokensProps {
  readonly userPoolId: string;
  /** Where the pool's public keys are: `…/.well-known/jwks.json`. */
  readonly keysUrl: string;
  /** The app clients whose tokens count. */
  readonly clientIds: readonly string[];
  /** @default asks `keysUrl`, for two seconds at most */
  readonly fetchKeys?: (url: string) => Promise<ArrayBuffer>;
}

/**
 * Access tokens on routes that have no authorizer, because an authorizer is not optional. Without a token a caller is
 * nobody; with one that is not right they are refused, lest a page take a signed-in visitor for an anonymous one.
 */
export class AccessTokens {
  readonly #verifier: { verify: (token: string) => Promise<unknown> };
  readonly #claims;

  constructor({ userPoolId, keysUrl, clientIds, fetchKeys = fetchWithin }: AccessTokensProps) {
    const { issuer } = CognitoJwtVerifier.parseUserPoolId(userPoolId);
    // Access tokens of Cognito have no audience; the client stands in a claim of its own.
    this.#verifier = JwtVerifier.create({ issuer, jwksUri: keysUrl, audience: null }, { jwksCache: new SimpleJwksCache({ fetcher: { fetch: fetchKeys } }) });
    this.#claims = z.object({ sub: CustomerId, client_id: z.enum(clientIds), token_use: z.literal('access') });
  }

  /**
   * Who calls, or undefined where the request carries no token.
   * @throws ProblemError `not-signed-in` for a token that is expired, forged, of another pool or client, or no access token;
   * `try-again` while the pool's keys cannot be had
   */
  async callerOf(event: Pick<HttpEvent, 'headers'>): Promise<Caller | undefined> {
    const header = event.headers['authorization'];
    if (header === undefined) return undefined;
    const [, token] = /^Bearer ([\w.~+/-]+=*)$/i.exec(header.trim()) ?? [];
    if (token === undefined) throw refusal('A bearer token is expected.');
    const claims = z.safeParse(this.#claims, await this.#verified(token));
    if (!claims.success) throw refusal('The access token is not one of this shop.');
    return { customerId: claims.data.sub, clientId: claims.data.client_id };
  }

  async #verified(token: string): Promise<unknown> {
    try {
      return await this.#verifier.verify(token);
    } catch (error) {
      if (error instanceof FetchError) throw new ProblemError('try-again', 'Access tokens cannot be verified now.', { cause: error, headers: { 'retry-after': '1' } });
      throw refusal('The access token is not valid.', error);
    }
  }
}

const refusal = (detail: string, cause?: unknown): ProblemError => new ProblemError('not-signed-in', detail, { cause, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });

const PATIENCE_MS = 2_000;

async function fetchWithin(url: string): Promise<ArrayBuffer> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!answer.ok) throw new Error(`it answers ${answer.status}`);
    return await answer.arrayBuffer();
  } catch (error) {
    throw new FetchError(url, error);
  }
}

/** What USER_POOL_ID, TOKEN_KEYS_URL and TOKEN_CLIENT_IDS name. @throws Error when they name nothing */
export function configuredAccessTokens(): AccessTokens {
  const config = readEnvironment(z.object({ USER_POOL_ID: z.string(), TOKEN_KEYS_URL: z.url(), TOKEN_CLIENT_IDS: z.string() }));
  return new AccessTokens({ userPoolId: config.USER_POOL_ID, keysUrl: config.TOKEN_KEYS_URL, clientIds: config.TOKEN_CLIENT_IDS.split(',') });
}
