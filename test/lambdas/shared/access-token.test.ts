import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { AccessTokens } from '../../../lambdas/shared/access-token';

const userPoolId = 'us-east-1_AbCdEfGhI';
const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${userPoolId}`;
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const keys = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] };

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = (): number => Math.floor(Date.now() / 1_000);
function token(more: object = {}, key = privateKey, header: object = { alg: 'RS256', kid: 'one' }): string {
  const claims = { iss: issuer, sub: 'ada', client_id: 'web', token_use: 'access', iat: seconds(), exp: seconds() + 3_600, jti: randomUUID(), ...more };
  const content = `${encoded(header)}.${encoded(claims)}`;
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`;
}

const asked: string[] = [];
const tokens = new AccessTokens({
  userPoolId,
  keysUrl: 'https://keys.example/jwks.json',
  clientIds: ['web', 'gate'],
  fetchKeys: async (url) => {
    asked.push(url);
    return new TextEncoder().encode(JSON.stringify(keys)).buffer;
  },
});
const callerOf = (authorization?: string) => tokens.callerOf({ headers: authorization === undefined ? {} : { authorization } });

it('takes whoever brings no token for nobody', async () => {
  expect(await callerOf()).toBeUndefined();
});

it('knows the customer of a token, and asks for the keys once', async () => {
  expect(await callerOf(`Bearer ${token()}`)).toEqual({ customerId: 'ada', clientId: 'web' });
  expect(await callerOf(`bearer ${token({ client_id: 'gate' })}`)).toEqual({ customerId: 'ada', clientId: 'gate' });
  expect(asked).toEqual(['https://keys.example/jwks.json']);
});

it.each([
  ['expired', () => token({ exp: seconds() - 3_600 })],
  ['signed with another key', () => token({}, other.privateKey)],
  ['not signed at all', () => `${encoded({ alg: 'none', kid: 'one' })}.${encoded({ iss: issuer, sub: 'ada', client_id: 'web', token_use: 'access', exp: seconds() + 60 })}.`],
  ['of another pool', () => token({ iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Other0000' })],
  ['of another client', () => token({ client_id: 'elsewhere' })],
  ['an id token', () => token({ token_use: 'id', aud: 'web', client_id: undefined })],
  ['no token', () => 'letmein'],
  ['empty', () => ''],
])('refuses a token that is %s', async (_, made) => {
  await expect(callerOf(`Bearer ${made()}`)).rejects.toMatchObject({ code: 'not-signed-in', status: 401 });
});

it('refuses other ways to sign in', async () => {
  await expect(callerOf('Basic YWRhOmFkYQ==')).rejects.toMatchObject({ code: 'not-signed-in' });
});

it('asks to try again while the keys cannot be had', async () => {
  const alone = new AccessTokens({ userPoolId, keysUrl: 'http://127.0.0.1:9/jwks.json', clientIds: ['web'] });
  await expect(alone.callerOf({ headers: { authorization: `Bearer ${token()}` } })).rejects.toMatchObject({ code: 'try-again' });
});
