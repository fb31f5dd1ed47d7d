import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { AdminAddUserToGroupCommand, AdminCreateUserCommand, AdminSetUserPasswordCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import { SiteConfig } from '../../contracts/site-config';
import type { DevEnvironment } from './devEnvironment';

const Tokens = z.object({ access_token: z.string(), id_token: z.string() });

export interface Person {
  readonly username: string;
  readonly password: string;
}

export interface SignedIn {
  readonly accessToken: string;
  readonly idToken: string;
}

/** The sign-in pages, as a browser sees them: by code and PKCE, with the app client of the shop's pages unless told otherwise. */
export class SignInPages {
  private constructor(
    readonly cognito: CognitoIdentityProviderClient,
    readonly userPoolId: string,
    readonly siteUrl: string,
    readonly config: SiteConfig,
  ) {}

  static async of(dev: DevEnvironment, siteUrl: string): Promise<SignInPages> {
    const config = SiteConfig.parse(await (await fetch(`${siteUrl}/config.json`)).json());
    return new SignInPages(new CognitoIdentityProviderClient(dev.settings), await dev.output('Auth', 'UserPoolId'), siteUrl, config);
  }

  /** Somebody new with an account, in the group where one is named. */
  async newPerson(group?: string, userPoolId = this.userPoolId): Promise<Person> {
    const person = { username: `${randomUUID()}@example.com`, password: `Aa1!${randomBytes(24).toString('base64url')}` };
    const user = { UserPoolId: userPoolId, Username: person.username };
    await this.cognito.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS', UserAttributes: [{ Name: 'email', Value: person.username }, { Name: 'email_verified', Value: 'true' }] }));
    await this.cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: person.password, Permanent: true }));
    if (group !== undefined) await this.cognito.send(new AdminAddUserToGroupCommand({ ...user, GroupName: group }));
    return person;
  }

  async signIn(person: Person, { clientId = this.config.clientId, scope = this.config.scope } = {}): Promise<SignedIn> {
    const redirect_uri = `${this.siteUrl}/`;
    const code_verifier = randomBytes(48).toString('base64url');
    const code_challenge = createHash('sha256').update(code_verifier).digest('base64url');
    const wish = new URLSearchParams({ client_id: clientId, scope, redirect_uri, response_type: 'code', code_challenge, code_challenge_method: 'S256' }).toString();
    const code = await signInOnPage(`${this.config.signInUrl}/login?${wish}`, person);
    const answer = await fetch(`${this.config.signInUrl}/oauth2/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', client_id: clientId, code, redirect_uri, code_verifier }) });
    const { access_token: accessToken, id_token: idToken } = Tokens.parse(await answer.json());
    return { accessToken, idToken };
  }
}

/** Fills in the page's form. @returns the code it leads back with */
async function signInOnPage(url: string, { username, password }: Person): Promise<string> {
  const html = await (await fetch(url)).text();
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name = '', value = '']): [string, string] => [name, value.replaceAll('&amp;', '&')]);
  const action = /<form method="POST" action="([^"]+)"/.exec(html)?.[1] ?? '';
  const back = await fetch(new URL(action, url), { method: 'POST', body: new URLSearchParams({ ...Object.fromEntries(hidden), username, password }), redirect: 'manual' });
  return new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
}
