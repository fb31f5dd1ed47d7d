import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient, GetDistributionConfigCommand } from '@aws-sdk/client-cloudfront';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, RotateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import AdmZip from 'adm-zip';
import { bundleLambdas } from '../../../pipeline/build/bundles';
import { eventually } from '../../support/eventually';
import { temporaryFolder } from '../../support/folder';
import { startMinistack, type TestServer } from '../ministack/ministackServer';
import { functionOf, outputsOf, type Resources } from '../ministack/stacks';

const secret = { Ref: 'Secret' };
const bundled = (id: string, key: string, environment: object, more: object = {}): Resources =>
  functionOf(id, '', { Handler: 'index.handler', Code: { S3Bucket: 'assets', S3Key: key }, Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'edge', ...environment } }, ...more });

const edge: Resources = {
  Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: { ExcludePunctuation: true, PasswordLength: 40 } } },
  ...bundled('Refuse', 'refuse-request.zip', { ORIGIN_SECRET_ARN: secret }),
  ...bundled('Rotate', 'rotate-origin-secret.zip', { DISTRIBUTION_ID: { Ref: 'Distribution' }, API_URL: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } }, { Timeout: 300 }),
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'shop', ProtocolType: 'HTTP' } },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true } },
  Integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: { Ref: 'Api' }, IntegrationType: 'AWS_PROXY', IntegrationUri: { 'Fn::GetAtt': ['Refuse', 'Arn'] }, PayloadFormatVersion: '2.0' } },
  Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: '$default', Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] } } },
  Distribution: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        DefaultCacheBehavior: { TargetOriginId: 'api', ViewerProtocolPolicy: 'https-only', CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac' },
        Origins: [
          {
            Id: 'api',
            DomainName: { 'Fn::Join': ['', [{ Ref: 'Api' }, '.execute-api.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
            CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
            OriginCustomHeaders: [{ HeaderName: 'x-origin-verify', HeaderValue: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', secret, ':SecretString:::}}']] } }],
          },
        ],
      },
    },
  },
  Schedule: { Type: 'AWS::SecretsManager::RotationSchedule', DependsOn: 'Route', Properties: { SecretId: secret, RotationLambdaARN: { 'Fn::GetAtt': ['Rotate', 'Arn'] }, RotationRules: { AutomaticallyAfterDays: 30 }, RotateImmediatelyOnUpdate: false } },
};

describe('what CloudFront proves itself with', () => {
  const folder = temporaryFolder('rotation');
  let server: TestServer;
  let secrets: SecretsManagerClient;
  let outputs: Readonly<Record<string, string>>;

  const statusOf = async (url: string | undefined, headers: Record<string, string> = {}): Promise<number> => (await fetch(`${url}/api/nowhere`, { headers })).status;
  const sent = async (): Promise<string | undefined> => {
    const { DistributionConfig: config } = await new CloudFrontClient(server.client()).send(new GetDistributionConfigCommand({ Id: outputs['Distribution'] }));
    return config?.Origins?.Items?.[0]?.CustomHeaders?.Items?.[0]?.HeaderValue;
  };
  const current = async (): Promise<string> => (await secrets.send(new GetSecretValueCommand({ SecretId: outputs['Secret'] }))).SecretString ?? '';

  beforeAll(async () => {
    server = await startMinistack();
    secrets = new SecretsManagerClient(server.client());
    const s3 = new S3Client({ ...server.client(), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'assets' }));
    await bundleLambdas(['edge/refuse-request', 'edge/rotate-origin-secret'], folder);
    for (const name of ['refuse-request', 'rotate-origin-secret']) {
      const zip = new AdmZip();
      zip.addFile('index.mjs', readFileSync(path.join(folder, 'edge', name, 'index.mjs')));
      // oxlint-disable-next-line no-await-in-loop
      await s3.send(new PutObjectCommand({ Bucket: 'assets', Key: `${name}.zip`, Body: zip.toBuffer() }));
    }
    const named = { Site: { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': ['Distribution', 'DomainName'] }]] }, Api: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }, Secret: secret, Distribution: { Ref: 'Distribution' } };
    outputs = await outputsOf(new CloudFormationClient(server.client()), 'edge', edge, named);
  });
  afterAll(() => server?.stop());

  it('is required by the API', async () => {
    expect(await statusOf(outputs['Site'])).toBe(404);
    expect(await statusOf(outputs['Api'])).toBe(403);
    expect(await statusOf(outputs['Api'], { 'x-origin-verify': 'guessed' })).toBe(403);
  });

  it('is replaced while the shop is open: nobody is refused, and what CloudFront sends is the new one', async () => {
    const before = await current();
    const seen: number[] = [];
    const shop = { open: true };
    const visitor = (async () => {
      while (shop.open) seen.push(await statusOf(outputs['Site']));
    })();
    await secrets.send(new RotateSecretCommand({ SecretId: outputs['Secret'] }));
    await eventually(async () => (await current()) !== before);
    shop.open = false;
    await visitor;

    expect(new Set(seen)).toEqual(new Set([404]));
    const now = await current();
    expect(now).toMatch(/^[\w-]{40}$/);
    expect(await sent()).toBe(now);
    // A deployment that began before may still bring the old one.
    expect(await statusOf(outputs['Api'], { 'x-origin-verify': before })).toBe(404);
    expect(await statusOf(outputs['Api'], { 'x-origin-verify': now })).toBe(404);
    expect(await statusOf(outputs['Site'])).toBe(404);
    const log = await server.log();
    expect([before, now].filter((text) => log.includes(text))).toEqual([]);
  });
});
