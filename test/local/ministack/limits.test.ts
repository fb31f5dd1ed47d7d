import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { eventually } from '../../support/eventually';
import { from } from '../../support/from';
import { account, region, startMinistack, type TestServer } from './ministackServer';
import { deploy, functionOf, outputsOf, type Resources } from './stacks';

const bucket = (rate: number, burst: number): object => ({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst });
const route = (RouteKey: string): object => ({ Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey, Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] } } });
const stage = (RouteSettings: object): object => ({ Type: 'AWS::ApiGatewayV2::Stage', DependsOn: ['Read', 'Write'], Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true, DefaultRouteSettings: bucket(1_000, 1_000), RouteSettings } });

const api: Resources = {
  ...functionOf('Answer', 'async (event) => ({ statusCode: 200, body: String((event.body ?? "").length) })'),
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'shop', ProtocolType: 'HTTP' } },
  Integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: { Ref: 'Api' }, IntegrationType: 'AWS_PROXY', IntegrationUri: { 'Fn::GetAtt': ['Answer', 'Arn'] }, PayloadFormatVersion: '2.0' } },
  Read: route('GET /api/things/{id}'),
  Write: route('POST /api/things'),
  Stage: stage({ 'POST /api/things': bucket(1, 3) }),
};

const webAcl = (rules: readonly object[]): object => ({
  Type: 'AWS::WAFv2::WebACL',
  Properties: {
    Scope: 'CLOUDFRONT',
    DefaultAction: { Allow: {} },
    VisibilityConfig: visibility,
    CustomResponseBodies: { slow: { ContentType: 'APPLICATION_JSON', Content: '{"title":"Too many requests"}' } },
    Rules: rules.map((rule, Priority) => ({ Priority, VisibilityConfig: visibility, ...rule })),
  },
});
const visibility = { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: 'WebAcl' };
const slow = { Block: { CustomResponse: { ResponseCode: 429, CustomResponseBodyKey: 'slow', ResponseHeaders: [{ Name: 'Retry-After', Value: '60' }] } } };
const onPath = (SearchString: string): object => ({ ByteMatchStatement: { FieldToMatch: { UriPath: {} }, PositionalConstraint: 'STARTS_WITH', SearchString, TextTransformations: [{ Priority: 0, Type: 'NONE' }] } });
const rate = (Limit: number): object => ({ Name: 'Rate', Action: slow, Statement: { RateBasedStatement: { Limit, AggregateKeyType: 'IP', EvaluationWindowSec: 60, ScopeDownStatement: onPath('/api/things/') } } });

const distribution = (webAclId: unknown): object => ({
  Type: 'AWS::CloudFront::Distribution',
  Properties: {
    DistributionConfig: {
      Enabled: true,
      WebACLId: webAclId,
      DefaultCacheBehavior: { TargetOriginId: 'api', ViewerProtocolPolicy: 'https-only', CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac', AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'] },
      Origins: [{ Id: 'api', DomainName: { 'Fn::Join': ['', [{ Ref: 'Api' }, '.execute-api.', { Ref: 'AWS::Region' }, '.amazonaws.com']] }, CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } }],
    },
  },
});
const guarded = (rules: readonly object[]): Resources => ({ ...api, WebAcl: webAcl(rules), Distribution: distribution({ 'Fn::GetAtt': ['WebAcl', 'Arn'] }) });
const siteUrl = { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': ['Distribution', 'DomainName'] }]] };
const named = { Site: siteUrl, ApiId: { Ref: 'Api' }, ApiUrl: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } };

describe('limits of requests', () => {
  let server: TestServer;
  let cloudFormation: CloudFormationClient;
  let outputs: Readonly<Record<string, string>>;
  const stack = (rules: readonly object[]) => outputsOf(cloudFormation, 'shop', guarded(rules), named);
  const site = (path: string): string => `${outputs['Site']}${path}`;

  beforeAll(async () => {
    server = await startMinistack();
    cloudFormation = new CloudFormationClient(server.client());
    outputs = await stack([rate(10)]);
  });
  afterAll(() => server?.stop());

  describe('of a route', () => {
    const write = (url: string) => from('127.0.0.1', url, { method: 'POST', body: '{}' });

    it('are honoured at the edge and past it alike, and told in the words of HTTP APIs', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => write(index % 2 === 0 ? site('/api/things') : `${outputs['ApiUrl']}/api/things`)));
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThan(0);
      expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(3);
      for (const { text, headers } of refused) expect([JSON.parse(text), headers['content-type'], headers['retry-after']]).toEqual([{ message: 'Too Many Requests' }, 'application/json', undefined]);
    });

    it('leave other routes alone, and let requests through again with time', async () => {
      await Promise.all(Array.from({ length: 8 }, () => write(site('/api/things'))));
      expect((await from('127.0.0.9', site('/api/things/1'))).status).toBe(200);
      await eventually(async () => (await write(site('/api/things'))).status === 200, 30);
    });

    it('are told by the API as they are in the template', async () => {
      const authorization = `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/apigateway/aws4_request, SignedHeaders=host, Signature=none`;
      const answer = await fetch(`${server.url}/v2/apis/${outputs['ApiId']}/stages/%24default`, { headers: { authorization } });
      expect(await answer.json()).toMatchObject({
        defaultRouteSettings: { throttlingRateLimit: 1_000, throttlingBurstLimit: 1_000 },
        routeSettings: { 'POST /api/things': { throttlingRateLimit: 1, throttlingBurstLimit: 3 } },
      });
    });

    it('fail the stage where the route does not exist', async () => {
      const { status, failures } = await deploy(cloudFormation, 'other', { ...api, Stage: stage({ 'POST /api/elsewhere': bucket(1, 1) }) });
      expect(status).toMatch(/^ROLLBACK/);
      expect(failures.join()).toContain('Unable to find Route by key POST /api/elsewhere within the provided RouteSettings');
    });
  });

  describe("of a distribution's web ACL", () => {
    it('are kept by each address, and told as the rule says', async () => {
      const answers = await Promise.all(Array.from({ length: 15 }, () => from('127.0.0.2', site('/api/things/1'))));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
      const [refused] = answers.filter(({ status }) => status !== 200);
      expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '60', 'content-type': 'application/json' }, text: '{"title":"Too many requests"}' });
      expect((await from('127.0.0.3', site('/api/things/1'))).status).toBe(200);
      expect((await from('127.0.0.2', site('/elsewhere'))).status).toBe(404);
    });

    it('follow its rules when they change', async () => {
      outputs = await stack([rate(10), { Name: 'Closed', Action: { Block: {} }, Statement: onPath('/api/closed') }]);
      await eventually(async () => (await from('127.0.0.4', site('/api/closed/1'))).status === 403, 60);
      expect((await from('127.0.0.4', site('/api/things/1'))).status).toBe(200);
    });

    it('are not passed over where they cannot be evaluated: the distribution fails, and a site refuses everybody', async () => {
      const german = [{ Name: 'German', Action: { Block: {} }, Statement: { GeoMatchStatement: { CountryCodes: ['DE'] } } }];
      const { status, failures } = await deploy(cloudFormation, 'another', guarded(german));
      expect(status).toMatch(/^ROLLBACK/);
      expect(failures.join()).toContain('GeoMatchStatement of a statement is not evaluated on this machine');
      outputs = await stack(german);
      const refused = await eventually(async () => {
        const answer = await from('127.0.0.4', site('/api/things/1'));
        return answer.status === 503 && answer;
      }, 60);
      expect(refused.text).toContain('GeoMatchStatement');
      outputs = await stack([rate(1_000)]);
      await eventually(async () => (await from('127.0.0.4', site('/api/things/1'))).status === 200, 60);
    });
  });

  describe('of size', () => {
    const long = (bytes: number): string => 'x'.repeat(bytes);

    it("are CloudFront's for addresses and whole requests", async () => {
      expect((await from('127.0.0.5', site(`/api/things/1?${long(8_192)}`))).status).toBe(413);
      const headers = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`x-${index}`, long(7_000)]));
      expect((await from('127.0.0.5', site('/api/things/1'), { headers })).status).toBe(413);
    });

    it("are the HTTP API's for headers and bodies", async () => {
      const refused = await from('127.0.0.5', site('/api/things/1'), { headers: { 'x-long': long(10_240) } });
      expect([refused.status, JSON.parse(refused.text)]).toEqual([431, { message: 'Request Header Fields Too Large' }]);
      await eventually(async () => (await from('127.0.0.5', site('/api/things'), { method: 'POST', body: long(10 * 1024 * 1024 + 1) })).status === 413, 30);
    });

    it.each([0, 10, 16_384, 16_385, 1_000_000])('let a body of %d bytes through whole', async (bytes) => {
      const answer = await eventually(async () => {
        const { status, text } = await from('127.0.0.5', site('/api/things'), { method: 'POST', body: long(bytes), headers: { 'content-type': 'text/plain' } });
        return status === 200 && text;
      }, 60);
      expect(Number(answer)).toBe(bytes);
    });

    it('let a body through that comes in chunks', async () => {
      const answer = await eventually(async () => {
        const { status, text } = await from('127.0.0.5', site('/api/things'), { method: 'POST', body: long(18_000), headers: { 'content-type': 'text/plain', 'transfer-encoding': 'chunked' } });
        return status === 200 && text;
      }, 60);
      expect(answer).toBe('18000');
    });
  });
});
