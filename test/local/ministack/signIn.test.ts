import { createHash } from 'node:crypto';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { AdminAddUserToGroupCommand, AdminCreateUserCommand, AdminGetUserCommand, AdminInitiateAuthCommand, AdminSetUserPasswordCommand, AdminUserGlobalSignOutCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { eventually } from '../../support/eventually';
import { startMinistack, type TestServer } from './ministackServer';
import { functionOf, outputsOf, type Resources } from './stacks';


const pool = (id: string, prefix: string): Resources => ({
  [id]: { Type: 'AWS::Cognito::UserPool', Properties: { UsernameAttributes: ['email'], AutoVerifiedAttributes: ['email'], Policies: { PasswordPolicy: { MinimumLength: 12 } } } },
  [`${id}Operators`]: { Type: 'AWS::Cognito::UserPoolGroup', Properties: { UserPoolId: { Ref: id }, GroupName: 'operators' } },
  [`${id}Scopes`]: { Type: 'AWS::Cognito::UserPoolResourceServer', Properties: { UserPoolId: { Ref: id }, Identifier: 'shop', Name: 'shop', Scopes: [{ ScopeName: 'orders', ScopeDescription: 'orders' }] } },
  [`${id}Domain`]: { Type: 'AWS::Cognito::UserPoolDomain', Properties: { UserPoolId: { Ref: id }, Domain: prefix, ManagedLoginVersion: 2 } },
  [`${id}Web`]: {
    Type: 'AWS::Cognito::UserPoolClient',
    DependsOn: `${id}Scopes`,
    Properties: { UserPoolId: { Ref: id }, AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['openid', 'email', 'shop/orders'], CallbackURLs: ['http://localhost/back'], LogoutURLs: ['http://localhost/out'], SupportedIdentityProviders: ['COGNITO'], ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'], PreventUserExistenceErrors: 'ENABLED' },
  },
  [`${id}Gate`]: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: id }, ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'] } },
});

const route = (key: string, more: object): object => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: { ApiId: { Ref: 'Api' }, RouteKey: key, Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] }, ...more },
});
const scoped = { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Authorizer' }, AuthorizationScopes: ['shop/orders', 'aws.cognito.signin.user.admin'] };
const issuer = { 'Fn::Join': ['', ['https://cognito-idp.', { Ref: 'AWS::Region' }, '.amazonaws.com/', { Ref: 'Pool' }]] };

const resources: Resources = {
  ...pool('Pool', 'website-test'),
  ...pool('Foreign', 'website-foreign'),
  ...functionOf('Echo', "async (event) => event.rawPath === '/fails' ? Promise.reject(new Error('no')) : { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) }"),
  Live: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Echo' } } },
  Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Echo' }, FunctionVersion: { 'Fn::GetAtt': ['Live', 'Version'] }, Name: 'live' } },
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'shop', ProtocolType: 'HTTP' } },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true } },
  Integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: { Ref: 'Api' }, IntegrationType: 'AWS_PROXY', IntegrationUri: { Ref: 'Alias' }, PayloadFormatVersion: '2.0' } },
  Authorizer: {
    Type: 'AWS::ApiGatewayV2::Authorizer',
    Properties: { ApiId: { Ref: 'Api' }, Name: 'customers', AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'], JwtConfiguration: { Audience: [{ Ref: 'PoolWeb' }, { Ref: 'PoolGate' }], Issuer: issuer } },
  },
  Orders: route('POST /orders', scoped),
  OnlyWeb: route('GET /web', { ...scoped, AuthorizationScopes: ['shop/orders'] }),
  Open: route('ANY /open/{id}', {}),
  Fails: route('GET /fails', {}),
};

describe('signing in', () => {
  let server: TestServer;
  let cognito: CognitoIdentityProviderClient;
  let outputs: Readonly<Record<string, string>> = {};
  let apiToken = '';
  let foreignToken = '';

  const output = (name: string): string => outputs[name] ?? '';
  const call = (method: string, path: string, init: RequestInit = {}): Promise<Response> => fetch(`${server.url}/_aws/execute-api/${output('Api')}/$default${path}`, { method, ...init });
  const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });
  const claims = (token: string): Record<string, unknown> => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

  async function signInByApi(UserPoolId: string, ClientId: string): Promise<string> {
    const user = { UserPoolId, Username: 'gate@example.com' };
    await cognito.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS', UserAttributes: [{ Name: 'email', Value: user.Username }] }));
    await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: 'correct horse 1A!', Permanent: true }));
    await cognito.send(new AdminAddUserToGroupCommand({ ...user, GroupName: 'operators' }));
    const { AuthenticationResult } = await cognito.send(
      new AdminInitiateAuthCommand({ UserPoolId, ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: { USERNAME: user.Username, PASSWORD: 'correct horse 1A!' } }),
    );
    return AuthenticationResult?.AccessToken ?? '';
  }

  beforeAll(async () => {
    server = await startMinistack();
    cognito = new CognitoIdentityProviderClient(server.client());
    const named = Object.fromEntries(['Pool', 'PoolWeb', 'PoolGate', 'Foreign', 'ForeignGate', 'Api'].map((id) => [id, { Ref: id }]));
    const domain = { 'Fn::Join': ['', ['https://', { Ref: 'PoolDomain' }, '.auth.', { Ref: 'AWS::Region' }, '.amazoncognito.com']] };
    outputs = await outputsOf(new CloudFormationClient(server.client()), 'shop', resources, { ...named, Authority: issuer, ProviderUrl: { 'Fn::GetAtt': ['Pool', 'ProviderURL'] }, SignIn: domain });
    apiToken = await signInByApi(output('Pool'), output('PoolGate'));
    foreignToken = await signInByApi(output('Foreign'), output('ForeignGate'));
  });
  afterAll(() => server?.stop());

  it('has an authority and pages that a browser on this machine reaches', async () => {
    const authority = `http://localhost:${server.port}/${output('Pool')}`;
    expect(output('Authority')).toBe(authority);
    expect(output('ProviderUrl')).toBe(authority);
    expect(output('SignIn')).toBe(`http://localhost:${server.port}`);

    const discovered = (await (await fetch(`${authority}/.well-known/openid-configuration`)).json()) as Record<string, string>;
    expect(discovered['issuer']).toBe(`https://cognito-idp.us-east-1.amazonaws.com/${output('Pool')}`);
    expect(discovered['token_endpoint']).toBe(`http://localhost:${server.port}/oauth2/token`);
  });

  it('by the API gives an access token with the groups and the one scope of such a token', () => {
    expect(claims(apiToken)).toMatchObject({ token_use: 'access', scope: 'aws.cognito.signin.user.admin', 'cognito:groups': ['operators'], client_id: output('PoolGate'), iss: `https://cognito-idp.us-east-1.amazonaws.com/${output('Pool')}` });
  });

  describe('on the pages', () => {
    const verifier = 'a'.repeat(64);
    let tokens: Record<string, string> = {};

    const parameters = (): string =>
      new URLSearchParams({ client_id: output('PoolWeb'), response_type: 'code', redirect_uri: 'http://localhost/back', scope: 'openid email shop/orders', state: 'here', code_challenge_method: 'S256', code_challenge: createHash('sha256').update(verifier).digest('base64url') }).toString();
    const fill = async (page: Response, values: Record<string, string>): Promise<Response> => {
      const html = await page.text();
      const hidden = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]);
      const action = /<form method="POST" action="([^"]+)"/.exec(html)?.[1];
      return fetch(`${output('SignIn')}${action}`, { method: 'POST', body: new URLSearchParams({ ...Object.fromEntries(hidden), ...values }), redirect: 'manual' });
    };
    const token = async (form: Record<string, string>): Promise<Record<string, string>> =>
      (await (await fetch(`${output('SignIn')}/oauth2/token`, { method: 'POST', body: new URLSearchParams({ client_id: output('PoolWeb'), ...form }) })).json()) as Record<string, string>;

    it('a person can make an account, confirm it and is signed in', async () => {
      const login = await fetch(`${output('SignIn')}/oauth2/authorize?${parameters()}`);
      expect(await login.text()).toContain('Create an account');
      const confirmation = await fill(await fetch(`${output('SignIn')}/signup?${parameters()}`), { username: 'ada@example.com', password: 'correct horse 1A!' });
      expect((await fill(confirmation.clone(), { code: '000000' })).status).toBe(200);
      const back = await fill(confirmation, { code: '123456' });

      expect(back.status).toBe(302);
      const location = new URL(back.headers.get('location') ?? '');
      expect(location.searchParams.get('state')).toBe('here');
      tokens = await token({ grant_type: 'authorization_code', code: location.searchParams.get('code') ?? '', redirect_uri: 'http://localhost/back', code_verifier: verifier });
      expect(String(claims(tokens['access_token'] ?? '')['scope']).split(' ').sort()).toEqual(['email', 'openid', 'shop/orders']);
      const { UserAttributes = [] } = await cognito.send(new AdminGetUserCommand({ UserPoolId: output('Pool'), Username: 'ada@example.com' }));
      expect(UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' });
    });

    it('a weak password is refused on the page itself', async () => {
      const page = await fill(await fetch(`${output('SignIn')}/signup?${parameters()}`), { username: 'bob@example.com', password: 'short' });
      expect(await page.text()).toContain('Password did not conform with policy');
    });

    it('a person who forgot the password chooses another by a code, and is signed in', async () => {
      const forgot = await fetch(`${output('SignIn')}/forgotPassword?${parameters()}`);
      const choosing = await fill(forgot, { username: 'ada@example.com' });
      const wrong = await fill(choosing.clone(), { code: '000000', password: 'battery staple 2B?' });
      expect(await wrong.text()).toContain('Invalid verification code');
      const [, code = ''] = /the code is (\d+)/.exec(await choosing.clone().text()) ?? [];
      const weak = await fill(choosing.clone(), { code, password: 'short' });
      expect(await weak.text()).toContain('Password did not conform with policy');
      const back = await fill(choosing, { code, password: 'battery staple 2B?' });
      expect(new URL(back.headers.get('location') ?? '').searchParams.get('code')).toBeTruthy();
      expect((await fill(await fetch(`${output('SignIn')}/login?${parameters()}`), { username: 'ada@example.com', password: 'correct horse 1A!' })).status).toBe(200);
      await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId: output('Pool'), Username: 'ada@example.com', Password: 'correct horse 1A!', Permanent: true }));
    });

    it('whoever has no account is told nothing of that, and no code fits', async () => {
      const choosing = await fill(await fetch(`${output('SignIn')}/forgotPassword?${parameters()}`), { username: 'nobody@example.com' });
      expect(await choosing.clone().text()).not.toContain('the code is');
      expect(await (await fill(choosing, { code: '', password: 'battery staple 2B?' })).text()).toContain('Invalid verification code');
    });

    it('a person signs in and comes back with a code, which works only with its verifier', async () => {
      const back = await fill(await fetch(`${output('SignIn')}/login?${parameters()}`), { username: 'ada@example.com', password: 'correct horse 1A!' });
      const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
      expect(await token({ grant_type: 'authorization_code', code, redirect_uri: 'http://localhost/back', code_verifier: 'b'.repeat(64) })).toMatchObject({ error: 'invalid_grant' });
    });

    it('a refresh token gives new tokens with the same scopes', async () => {
      const renewed = await token({ grant_type: 'refresh_token', refresh_token: tokens['refresh_token'] ?? '' });
      expect(String(claims(renewed['access_token'] ?? '')['scope'])).toContain('shop/orders');
    });

    it('signing out leads back to an allowed address', async () => {
      const out = await fetch(`${output('SignIn')}/logout?${new URLSearchParams({ client_id: output('PoolWeb'), logout_uri: 'http://localhost/out' }).toString()}`, { redirect: 'manual' });
      expect(out.headers.get('location')).toBe('http://localhost/out');
    });

    it('a preflight of the token endpoint allows the Authorization header', async () => {
      const preflight = await fetch(`${output('SignIn')}/oauth2/token`, { method: 'OPTIONS', headers: { origin: 'http://localhost', 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' } });
      expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization');
    });

    it('the API takes the token of a page for the scope it has, and no id token', async () => {
      expect((await call('GET', '/web', bearer(tokens['access_token'] ?? ''))).status).toBe(200);
      expect((await call('GET', '/web', bearer(tokens['id_token'] ?? ''))).status).toBe(403);
    });

    it('after a sign-out on all devices no session is renewed, and an access token is good until it expires', async () => {
      const access = tokens['access_token'] ?? '';
      // Tokens say when they were issued by the second: one of the same second outlives the call here.
      await eventually(async () => {
        await cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId: output('Pool'), Username: String(claims(access)['sub']) }));
        return (await token({ grant_type: 'refresh_token', refresh_token: tokens['refresh_token'] ?? '' }))['error'] === 'invalid_grant';
      });
      expect((await call('GET', '/web', bearer(access))).status).toBe(200);
    });
  });

  it('opens a route by one of its scopes, and the function sees claims and scopes', async () => {
    const answer = await call('POST', '/orders', { headers: { authorization: `Bearer ${apiToken}`, 'content-type': 'application/octet-stream', cookie: 'a=1; b=2' }, body: new Uint8Array([0, 255]) });
    const event = (await answer.json()) as { requestContext: { authorizer: { jwt: unknown }; stage: string }; cookies: unknown; headers: Record<string, string>; isBase64Encoded: boolean; body: string };

    expect(event.requestContext.authorizer.jwt).toMatchObject({ claims: { client_id: output('PoolGate'), 'cognito:groups': '[operators]' }, scopes: ['aws.cognito.signin.user.admin'] });
    expect(event.cookies).toEqual(['a=1', 'b=2']);
    expect(event.headers).not.toHaveProperty('cookie');
    expect([event.isBase64Encoded, event.body]).toEqual([true, 'AP8=']);
  });

  it.each([
    ['without a token', '', 401],
    ['with no token at all but words', 'Bearer nonsense', 401],
    ['with a token of lists', 'Bearer W10.W10.W10', 401],
    ['with a token whose claims alone are a list', 'Bearer eyJraWQiOiJhIn0.W10.W10', 401],
    ["with another pool's token", 'foreign', 401],
    ['with a token that lacks the scope', 'api', 403],
  ])('answers %s as AWS does', async (_, authorization, status) => {
    const header = { foreign: `Bearer ${foreignToken}`, api: `Bearer ${apiToken}` }[authorization] ?? authorization;
    const answer = await call('GET', '/web', header === '' ? {} : { headers: { authorization: header } });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ message: status === 401 ? 'Unauthorized' : 'Forbidden' });
  });

  it('answers an unknown route, a function that fails and a body that is too large as AWS does', async () => {
    const unknown = await call('GET', '/nowhere');
    expect([unknown.status, await unknown.json()]).toEqual([404, { message: 'Not Found' }]);
    const failed = await call('GET', '/fails');
    expect([failed.status, await failed.json()]).toEqual([500, { message: 'Internal Server Error' }]);
    const large = await call('POST', '/open/1', { body: 'x'.repeat(10 * 1024 * 1024 + 1) });
    expect([large.status, await large.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  });
});
