import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import AdmZip from 'adm-zip';
import { ask } from '../../journeys/abuse/rawRequest';
import { startMinistack, type TestServer } from './ministackServer';
import { functionOf, outputsOf, remove, type Resources } from './stacks';


const paymentScripts = 'http://127.0.0.1:4571';
const domain = { 'Fn::GetAtt': ['Distribution', 'DomainName'] };
const siteUrl = { 'Fn::Join': ['', ['https://', domain]] };
const headers = (csp: unknown): object => ({
  Type: 'AWS::CloudFront::ResponseHeadersPolicy',
  Properties: { ResponseHeadersPolicyConfig: { Name: 'security', SecurityHeadersConfig: { ContentSecurityPolicy: { ContentSecurityPolicy: csp, Override: true }, ContentTypeOptions: { Override: true } }, CustomHeadersConfig: { Items: [{ Header: 'cross-origin-opener-policy', Value: 'same-origin', Override: true }] } } },
});
const singlePage = "function handler(event) { var request = event.request; if (!request.uri.includes('.')) request.uri = '/index.html'; return request; }";
const behaviour = (TargetOriginId: string, more: object): object => ({ TargetOriginId, ViewerProtocolPolicy: 'redirect-to-https', CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', ResponseHeadersPolicyId: { Ref: 'Headers' }, ...more });

const edge: Resources = {
  ...functionOf('Echo', 'async (event) => ({ statusCode: event.rawPath === "/api/missing" ? 404 : 200, headers: { "content-type": "application/json" }, body: JSON.stringify({ headers: event.headers, method: event.requestContext.http.method, secret: process.env.SECRET }) })', {
    Environment: { Variables: { SECRET: '{{resolve:secretsmanager:edge-secret:SecretString:current}}' } },

  }),
  Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'edge-secret', GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: 'current', ExcludePunctuation: true, PasswordLength: 40 } } },
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'shop', ProtocolType: 'HTTP' } },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true } },
  Integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: { Ref: 'Api' }, IntegrationType: 'AWS_PROXY', IntegrationUri: { 'Fn::GetAtt': ['Echo', 'Arn'] }, PayloadFormatVersion: '2.0' } },
  Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'ANY /api/{proxy+}', Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] } } },
  Pool: { Type: 'AWS::Cognito::UserPool', Properties: {} },
  Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Pool' }, AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code'], AllowedOAuthScopes: ['openid'], CallbackURLs: [{ 'Fn::Sub': 'https://${Distribution.DomainName}/' }] } },
  Headers: headers({ 'Fn::Join': ['', ["connect-src 'self' https://cognito-idp.", { Ref: 'AWS::Region' }, '.amazonaws.com/', { Ref: 'Pool' }, ' https://cognito-idp.us-east-1.amazonaws.com/slash/; script-src https://js.payment.example https://js.payment.example.org']] }),
  SinglePage: { Type: 'AWS::CloudFront::Function', Properties: { Name: 'single-page', AutoPublish: true, FunctionCode: singlePage, FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' } } },
  Access: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: { OriginAccessControlConfig: { Name: 'pages', OriginAccessControlOriginType: 's3', SigningBehavior: 'always', SigningProtocol: 'sigv4' } } },
  Pages: { Type: 'AWS::S3::Bucket', Properties: { Tags: [{ Key: 'purpose', Value: 'pages' }] } },
  PagesPolicy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Pages' },
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*', Resource: { 'Fn::Sub': '${Pages.Arn}/*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          { Effect: 'Allow', Principal: { Service: 'cloudfront.amazonaws.com' }, Action: ['s3:GetObject', 's3:ListBucket'], Resource: [{ 'Fn::GetAtt': ['Pages', 'Arn'] }, { 'Fn::Sub': '${Pages.Arn}/*' }], Condition: { StringEquals: { 'AWS:SourceArn': { 'Fn::Sub': 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Distribution}' } } } },
        ],
      },
    },
  },
  Distribution: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Aliases: ['shop.example.com'],
        DefaultRootObject: 'index.html',
        DefaultCacheBehavior: behaviour('pages', { AllowedMethods: ['GET', 'HEAD'], FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['SinglePage', 'FunctionARN'] } }] }),
        CacheBehaviors: [behaviour('api', { PathPattern: '/api/*', AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'], OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac' })],
        Origins: [
          { Id: 'pages', DomainName: { 'Fn::GetAtt': ['Pages', 'RegionalDomainName'] }, OriginAccessControlId: { 'Fn::GetAtt': ['Access', 'Id'] }, S3OriginConfig: { OriginAccessIdentity: '' } },
          {
            Id: 'api',
            DomainName: { 'Fn::Join': ['', [{ Ref: 'Api' }, '.execute-api.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
            CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
            OriginCustomHeaders: [{ HeaderName: 'x-origin-secret', HeaderValue: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Secret' }, ':SecretString:current::}}']] } }],
          },
        ],
      },
    },
  },
};

function zip(files: Readonly<Record<string, string>>): Buffer {
  const archive = new AdmZip();
  for (const [name, content] of Object.entries(files)) archive.addFile(name, Buffer.from(content));
  return archive.toBuffer();
}

const deployment = (key: string, more: object): object => ({
  Type: 'Custom::CDKBucketDeployment',
  Properties: { ServiceToken: { 'Fn::GetAtt': ['Echo', 'Arn'] }, SourceBucketNames: ['assets'], SourceObjectKeys: [key], DestinationBucketName: { Ref: 'Pages' }, ...more },
});

describe('a site', () => {
  let server: TestServer;
  let cloudFormation: CloudFormationClient;
  let s3: S3Client;
  let outputs: Readonly<Record<string, string>> = {};
  let pages = '';
  let site = '';

  const publish = (key: string, files: Readonly<Record<string, string>>) => s3.send(new PutObjectCommand({ Bucket: 'assets', Key: key, Body: zip(files) }));
  const head = (Key: string) => s3.send(new HeadObjectCommand({ Bucket: pages, Key }));
  const keys = async () => (await s3.send(new ListObjectsV2Command({ Bucket: pages }))).Contents?.map(({ Key }) => Key) ?? [];
  const echoed = async (request: RequestInit) => (await (await fetch(`${site}/api/orders`, request)).json()) as { headers: Record<string, string>; method: string; secret: string };

  beforeAll(async () => {
    server = await startMinistack({}, { 'https://js.payment.example': paymentScripts });
    cloudFormation = new CloudFormationClient(server.client());
    s3 = new S3Client({ ...server.client(), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'assets' }));
    const named = { Site: siteUrl, Alias: 'https://shop.example.com/a', Pages: { Ref: 'Pages' }, Function: { 'Fn::GetAtt': ['Echo', 'Arn'] }, Secret: { Ref: 'Secret' }, Api: { Ref: 'Api' } };
    outputs = await outputsOf(cloudFormation, 'edge', { ...edge, Echo: { ...edge['Echo'], DependsOn: 'Secret' } }, named);
    pages = outputs['Pages'] ?? '';
    site = outputs['Site'] ?? '';
    await publish('site.zip', { 'index.html': '<h1>shop</h1>', 'assets/app.js': 'run()', 'assets/app.css': 'p{}', 'service-worker.js': 'keep()', 'site.webmanifest': '{}', 'icon.svg': '<svg/>' });
    await publish('config.zip', { 'config.json': '{"site":"https://<<marker:0>>","pool":"<<marker:1>>","script":"https://js.payment.example/v3"}' });
    const hashed = deployment('site.zip', { Prune: 'false', Exclude: ['*'], Include: ['assets/*'], SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' }, UserMetadata: { Release: '1' } });
    const entry = deployment('site.zip', { Prune: 'false', Exclude: ['assets/*'], SystemMetadata: { 'cache-control': 'no-cache' }, SourceBucketNames: ['assets', 'assets'], SourceObjectKeys: ['site.zip', 'config.zip'], SourceMarkers: [{}, { '<<marker:0>>': domain, '<<marker:1>>': { 'Fn::GetAtt': ['Pool', 'ProviderURL'] } }], DistributionId: { Ref: 'Distribution' } });
    await outputsOf(cloudFormation, 'edge', { ...edge, Echo: { ...edge['Echo'], DependsOn: 'Secret' }, Hashed: hashed, Entry: entry }, named);
  });
  afterAll(() => server?.stop());

  it('has an address on this machine, in every place where its public name would stand', async () => {
    expect(site).toMatch(/^http:\/\/localhost:\d+$/);
    expect(outputs['Alias']).toBe(`${site}/a`);
    expect(await (await fetch(`${site}/config.json`)).json()).toEqual({ site, pool: expect.stringMatching(`^http://localhost:${server.port}/us-east-1_`), script: `${paymentScripts}/v3` });
  });

  it('serves its pages from a private bucket that demands TLS, with the headers of its policy', async () => {
    const answer = await fetch(`${site}/`);
    expect(await answer.text()).toBe('<h1>shop</h1>');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const gateway = `http://localhost:${server.port}`;
    expect(answer.headers.get('content-security-policy')).toBe(`connect-src 'self' ${gateway} ${gateway}/slash/; script-src ${paymentScripts} https://js.payment.example.org`);
  });

  it('serves a service worker as a script that browsers ask for anew', async () => {
    const { status, headers } = await fetch(`${site}/service-worker.js`);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, expect.stringMatching(/^(text|application)\/javascript/), 'no-cache']);
  });

  it('leads every page to the one that there is, but no file and no API call', async () => {
    expect(await (await fetch(`${site}/products/42`)).text()).toBe('<h1>shop</h1>');
    expect((await fetch(`${site}/assets/old.js`)).status).toBe(404);
    const missing = await fetch(`${site}/api/missing`);
    expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'application/json']);
  });

  it('gives the API every path below /api, whatever stands in it', async () => {
    for (const path of ['/api/%0a', '/api/%0d%0a/x', '/api/a%00b']) expect((await fetch(`${site}${path}`)).headers.get('content-type')).toBe('application/json');
  });

  it('gives the API what the viewer sent and the secret that only it knows, and keeps its own name', async () => {
    const { headers: seen, secret } = await echoed({ method: 'POST', headers: { authorization: 'Bearer x', 'idempotency-key': 'k1', 'x-origin-secret': 'guessed' } });

    expect(seen).toMatchObject({ authorization: 'Bearer x', 'idempotency-key': 'k1', host: `${outputs['Api']}.execute-api.us-east-1.amazonaws.com` });
    expect(secret).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(seen['x-origin-secret']).toBe(secret);
    expect(outputs['Secret']).toMatch(/^arn:aws:secretsmanager:us-east-1:222222222222:secret:edge-secret-/);
  });

  it.each([
    ['Schlüssel', 'latin1'],
    ['Schlüssel — 🎁', 'utf8'],
  ] as const)('gives the API a header that is not of ASCII, as text: %s in %s', async (text, encoding) => {
    // Node writes each character as one byte.
    const { text: answer } = await ask(site, { method: 'GET', path: '/api/orders', headers: { 'idempotency-key': Buffer.from(text, encoding).toString('latin1') } });
    expect(JSON.parse(answer)).toMatchObject({ headers: { 'idempotency-key': text } });
  });

  it('gives the API a request for its options, as it has no CORS to answer it from', async () => {
    expect(await echoed({ method: 'OPTIONS' })).toMatchObject({ method: 'OPTIONS' });
  });

  it('has files of the right type, age and metadata', async () => {
    expect(await head('assets/app.js')).toMatchObject({ ContentType: 'text/javascript', CacheControl: 'public, max-age=31536000, immutable', Metadata: { release: '1' } });
    expect(await head('assets/app.css')).toMatchObject({ ContentType: 'text/css' });
    expect(await head('site.webmanifest')).toMatchObject({ ContentType: 'application/manifest+json', CacheControl: 'no-cache' });
    expect(await head('icon.svg')).toMatchObject({ ContentType: 'image/svg+xml' });
  });

  it('loses the files of an older release only where the deployment prunes', async () => {
    await s3.send(new PutObjectCommand({ Bucket: pages, Key: 'docs/old.html', Body: 'old' }));
    await s3.send(new PutObjectCommand({ Bucket: pages, Key: 'docs/kept.txt', Body: 'kept' }));
    await publish('docs.zip', { 'new.html': 'new' });
    const docs = deployment('docs.zip', { ServiceToken: outputs['Function'], DestinationBucketName: pages, DestinationBucketKeyPrefix: 'docs', Prune: 'true', Exclude: ['*.txt'], RetainOnDelete: 'false' });
    await outputsOf(cloudFormation, 'docs', { Docs: docs }, {});
    expect(await keys()).toEqual(expect.arrayContaining(['index.html', 'assets/app.js', 'docs/new.html', 'docs/kept.txt']));
    expect(await keys()).not.toContain('docs/old.html');

    await remove(cloudFormation, 'docs');
    expect(await keys()).not.toContain('docs/new.html');
    await expect(s3.send(new GetObjectCommand({ Bucket: pages, Key: 'index.html' }))).resolves.toBeDefined();
  });
});
