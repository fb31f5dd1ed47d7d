import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type RunningServer, serve } from '../support/http';

const POOL = 'us-east-1_shoppers';

/** The parts of a Cognito user pool's provider that the shop uses, with a sign-in page of one button. */
export interface FakeSignIn {
  readonly server: RunningServer;
  readonly authority: string;
  readonly clientId: string;
  /** Access tokens that were issued, each with the `sub` it was issued to. */
  readonly tokens: Map<string, string>;
  /** The groups of the user pool that Ada is in. */
  readonly groups: string[];
  /** Paths of the pages that browsers were sent to. */
  readonly visits: string[];
  /** In which languages pages were asked for. */
  readonly languages: (string | null)[];
}

export async function fakeSignIn(): Promise<FakeSignIn> {
  const clientId = 'shop-client';
  const tokens = new Map<string, string>();
  const challenges = new Map<string, string>();
  const groups: string[] = [];
  const visits: string[] = [];
  const languages: (string | null)[] = [];

  const discovery = () => ({
    issuer: `https://cognito-idp.us-east-1.amazonaws.com/${POOL}`,
    authorization_endpoint: `${server.url.origin}/oauth2/authorize`,
    token_endpoint: `${server.url.origin}/oauth2/token`,
    revocation_endpoint: `${server.url.origin}/oauth2/revoke`,
    jwks_uri: `${server.url.origin}/${POOL}/.well-known/jwks.json`,
  });

  function showPage(url: URL, response: ServerResponse): void {
    const [redirect, state, challenge] = ['redirect_uri', 'state', 'code_challenge'].map((name) => url.searchParams.get(name) ?? '');
    languages.push(url.searchParams.get('lang'));
    const code = randomUUID();
    challenges.set(code, challenge ?? '');
    const back = `${redirect}?code=${code}&state=${encodeURIComponent(state ?? '')}`;
    response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Sign in</title><a href="${back.replaceAll('&', '&amp;')}">Go on as Ada</a>`);
  }

  async function issue(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request));
    const proof = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    if (challenges.get(form.get('code') ?? '') !== proof) {
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
      return;
    }
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: 'ada', email: 'ada@example.com', aud: clientId, iss: discovery().issuer, iat: now, exp: now + 3600, ...(groups.length > 0 && { 'cognito:groups': groups }) };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const accessToken = randomUUID();
    tokens.set(accessToken, claims.sub);
    const answer = { access_token: accessToken, id_token: `${part({ alg: 'RS256' })}.${part(claims)}.signature`, refresh_token: randomUUID(), token_type: 'Bearer', expires_in: 3600 };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  }

  const server = await serve((request, response) => {
    const url = new URL(request.url ?? '/', 'http://sign-in');
    response.setHeader('access-control-allow-origin', '*');
    if (request.headers['sec-fetch-mode'] === 'navigate') visits.push(url.pathname);
    if (url.pathname.endsWith('/.well-known/openid-configuration')) response.setHeader('content-type', 'application/json').end(JSON.stringify(discovery()));
    else if (['/oauth2/authorize', '/signup', '/forgotPassword'].includes(url.pathname)) showPage(url, response);
    else if (url.pathname === '/oauth2/token') void issue(request, response);
    else if (url.pathname === '/logout') response.writeHead(302, { location: url.searchParams.get('logout_uri') ?? '/' }).end();
    else response.end();
  });
  return { server, authority: `${server.url.origin}/${POOL}`, clientId, tokens, groups, visits, languages };
}
