import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import {
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DescribeUserPoolClientCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import { ORDERS_SCOPE } from '../../../contracts/http';
import { OPERATORS_GROUP } from '../../../contracts/operations';
import { eventually } from '../../support/eventually';
import type { Person, SignedIn, SignInPages } from '../signIn';

type Json = Record<string, unknown>;

/** What is wrong with a token, and with what the API must refuse it. */
export const FORGERIES = {
  'no token': 401,
  'a token that is none': 401,
  'a token of three lists': 401,
  'an expired token': 401,
  'a token of another pool': 401,
  'a token of another client': 401,
  'a token with `alg: none`': 401,
  'a token with `alg: none` and the signature left': 401,
  'a token with altered claims': 401,
  'a token with an altered signature': 401,
  'a token signed with a key of one’s own': 401,
  'a token signed with the public key as a password': 401,
  'an id token': 403,
  'a token without the scope': 403,
} as const satisfies Record<string, 401 | 403>;
export type Forgery = keyof typeof FORGERIES;

/** Each forgery, made of what is right for this person but for the one thing. */
export type Forged = Readonly<Record<Forgery, string | undefined>>;

export async function forgeriesFor(pages: SignInPages, person: Person, { accessToken, idToken }: SignedIn, foreign: Foreign): Promise<Forged> {
  const { header, claims } = read(accessToken);
  const [, , signature = ''] = accessToken.split('.');
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const password = await publicKeyOf(pages, header.kid);
  const better = { ...claims, exp: Number(claims.exp) + 86_400, 'cognito:groups': [OPERATORS_GROUP] };
  return {
    'no token': undefined,
    'a token that is none': 'nonsense',
    'a token of three lists': 'W10.W10.W10',
    'an expired token': await foreign.expired(person),
    'a token of another pool': await foreign.ofOtherPool(),
    'a token of another client': (await pages.signIn(person, { clientId: foreign.clientId })).accessToken,
    'a token with `alg: none`': `${unsigned({ ...header, alg: 'none' }, better)}.`,
    'a token with `alg: none` and the signature left': `${unsigned({ ...header, alg: 'none' }, claims)}.${signature}`,
    'a token with altered claims': `${unsigned(header, better)}.${signature}`,
    'a token with an altered signature': `${unsigned(header, claims)}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    'a token signed with a key of one’s own': signed(header, better, (text) => sign('RSA-SHA256', text, own)),
    'a token signed with the public key as a password': signed({ ...header, alg: 'HS256' }, better, (text) => createHmac('sha256', password).update(text).digest()),
    'an id token': idToken,
    'a token without the scope': (await pages.signIn(person, { scope: 'openid email' })).accessToken,
  };
}

/** Rightful tokens, but not of this shop, of these pages or of this time. */
export class Foreign {
  private constructor(
    private readonly pages: SignInPages,
    /** Another app client of the shop's own pool. */
    readonly clientId: string,
    private readonly otherPool: { readonly userPoolId: string; readonly clientId: string },
  ) {}

  static async beside(pages: SignInPages): Promise<Foreign> {
    const { cognito } = pages;
    const { UserPool: { Id: userPoolId = '' } = {} } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'elsewhere', UsernameAttributes: ['email'] }));
    const [Identifier = '', ScopeName = ''] = ORDERS_SCOPE.split('/');
    await cognito.send(new CreateResourceServerCommand({ UserPoolId: userPoolId, Identifier, Name: Identifier, Scopes: [{ ScopeName, ScopeDescription: ScopeName }] }));
    await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: userPoolId, Domain: 'elsewhere' }));
    return new Foreign(pages, await newClient(pages, pages.userPoolId), { userPoolId, clientId: await newClient(pages, userPoolId) });
  }

  async ofOtherPool(): Promise<string> {
    const { userPoolId, clientId } = this.otherPool;
    return (await this.pages.signIn(await this.pages.newPerson(undefined, userPoolId), { clientId })).accessToken;
  }

  /** A token as the shop's own pages get it, when its time is over. The shop's client gives short ones meanwhile. */
  async expired(person: Person): Promise<string> {
    const { cognito, userPoolId, config } = this.pages;
    const client = { UserPoolId: userPoolId, ClientId: config.clientId };
    const { UserPoolClient: { AccessTokenValidity, TokenValidityUnits } = {} } = await cognito.send(new DescribeUserPoolClientCommand(client));
    await cognito.send(new UpdateUserPoolClientCommand({ ...client, AccessTokenValidity: 2, TokenValidityUnits: { ...TokenValidityUnits, AccessToken: 'seconds' } }));
    try {
      const { accessToken } = await this.pages.signIn(person);
      await eventually(() => Date.now() > (Number(read(accessToken).claims.exp) + 1) * 1_000);
      return accessToken;
    } finally {
      await cognito.send(new UpdateUserPoolClientCommand({ ...client, AccessTokenValidity, TokenValidityUnits }));
    }
  }
}

async function newClient({ cognito, siteUrl, config }: SignInPages, UserPoolId: string): Promise<string> {
  const { UserPoolClient: { ClientId = '' } = {} } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'other',
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: config.scope.split(' '),
      CallbackURLs: [`${siteUrl}/`],
      SupportedIdentityProviders: ['COGNITO'],
    }),
  );
  return ClientId;
}

/** As PEM, the text that is a password to who takes the algorithm from the token. */
async function publicKeyOf({ config }: SignInPages, kid: unknown): Promise<string> {
  const { keys } = z.object({ keys: z.array(z.record(z.string(), z.unknown())) }).parse(await (await fetch(`${config.authority}/.well-known/jwks.json`)).json());
  const key = keys.find((candidate) => candidate.kid === kid) ?? {};
  return createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
}

function read(token: string): { readonly header: Json; readonly claims: Json } {
  const [header = {}, claims = {}] = token.split('.').slice(0, 2).map((part) => z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(part, 'base64url').toString())));
  return { header, claims };
}

const encoded = (part: Json): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const unsigned = (header: Json, claims: Json): string => `${encoded(header)}.${encoded(claims)}`;

function signed(header: Json, claims: Json, signature: (text: Buffer) => Buffer): string {
  const text = unsigned(header, claims);
  return `${text}.${signature(Buffer.from(text)).toString('base64url')}`;
}
