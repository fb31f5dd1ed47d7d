import { createHash, randomBytes } from 'node:crypto';
import { AdminAddUserToGroupCommand, AdminCreateUserCommand, AdminSetUserPasswordCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import { OPERATORS_GROUP } from '../../../contracts/operations';
import { SiteConfig } from '../../../contracts/site-config';
import type { DevEnvironment } from './devEnvironment';

const EMAIL = 'operator@example.com';
const Tokens = z.object({ access_token: z.string() });

/** Makes an operator and signs them in on the sign-in pages, by code and PKCE, as a browser does. @returns an access token */
export async function signInOperator(dev: DevEnvironment, siteUrl: string): Promise<string> {
  const password = `Aa1!${randomBytes(24).toString('base64url')}`;
  const cognito = new CognitoIdentityProviderClient(dev.settings);
  const user = { UserPoolId: await dev.output('Auth', 'UserPoolId'), Username: EMAIL };
  await cognito.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS', UserAttributes: [{ Name: 'email', Value: EMAIL }, { Name: 'email_verified', Value: 'true' }] }));
  await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
  await cognito.send(new AdminAddUserToGroupCommand({ ...user, GroupName: OPERATORS_GROUP }));

  const { clientId: client_id, scope, signInUrl } = SiteConfig.parse(await (await fetch(`${siteUrl}/config.json`)).json());
  const redirect_uri = `${siteUrl}/`;
  const code_verifier = randomBytes(48).toString('base64url');
  const challenge = createHash('sha256').update(code_verifier).digest('base64url');
  const wish = new URLSearchParams({ client_id, scope, redirect_uri, response_type: 'code', code_challenge: challenge, code_challenge_method: 'S256' }).toString();
  const code = await signInOnPage(`${signInUrl}/login?${wish}`, { username: EMAIL, password });
  const answer = await fetch(`${signInUrl}/oauth2/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', client_id, code, redirect_uri, code_verifier }) });
  return Tokens.parse(await answer.json()).access_token;
}

/** Fills in the page's form. @returns the code it leads back with */
async function signInOnPage(url: string, values: Record<string, string>): Promise<string> {
  const html = await (await fetch(url)).text();
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name = '', value = '']): [string, string] => [name, value.replaceAll('&amp;', '&')]);
  const action = /<form method="POST" action="([^"]+)"/.exec(html)?.[1] ?? '';
  const back = await fetch(new URL(action, url), { method: 'POST', body: new URLSearchParams({ ...Object.fromEntries(hidden), ...values }), redirect: 'manual' });
  return new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
}
