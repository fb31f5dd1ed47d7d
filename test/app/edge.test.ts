import { ORIGIN_SECRET_HEADER } from '../../contracts/headers';
import { website } from '../../stages/environments';
import { resource, resources, stack } from './synthesized';

interface Behavior {
  readonly TargetOriginId: string;
  readonly PathPattern?: string;
  readonly CachePolicyId: unknown;
  readonly OriginRequestPolicyId?: string;
  readonly FunctionAssociations?: readonly unknown[];
  readonly ResponseHeadersPolicyId: unknown;
}
interface Origin {
  readonly Id: string;
  readonly S3OriginConfig?: unknown;
  readonly OriginAccessControlId?: unknown;
  readonly OriginCustomHeaders?: readonly { readonly HeaderName: string; readonly HeaderValue: unknown }[];
}
interface Distribution {
  readonly DefaultCacheBehavior: Behavior;
  readonly CacheBehaviors: readonly Behavior[];
  readonly Origins: readonly Origin[];
  readonly CustomErrorResponses?: unknown;
  readonly WebACLId: unknown;
}

const environments = website.environments.map(({ name }) => name);
const distribution = (environment: string): Distribution => resource('AWS::CloudFront::Distribution', `${environment}-Edge`).Properties['DistributionConfig'] as Distribution;

describe.each(environments)('the edge of %s', (environment) => {
  const edge = `${environment}-Edge`;

  test('lets no script, style, frame or form in but those of the shop and the payment provider, and no inline one', () => {
    const { Properties } = resource('AWS::CloudFront::ResponseHeadersPolicy', edge);
    const policy = JSON.stringify(Properties);
    expect(policy).toContain("default-src 'none'; script-src 'self' https://js.stripe.com https://*.js.stripe.com; frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com; style-src 'self'; img-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("worker-src 'self';");
    expect(policy).toContain("base-uri 'none'");
    expect(policy.replaceAll('https://*.js.stripe.com', '')).not.toMatch(/unsafe-|\*|data:|http:/);
  });

  test('lets scripts call only the shop, its sign-in, its key document and the payment provider', () => {
    const policy = JSON.stringify(resource('AWS::CloudFront::ResponseHeadersPolicy', edge).Properties);
    const connect = /connect-src (.*?); form-action/.exec(policy)?.[1] ?? '';
    expect(connect).toContain("'self' https://cognito-idp.us-east-1.amazonaws.com/");
    expect(connect).toContain('.auth.us-east-1.amazoncognito.com/oauth2/');
    expect(connect.match(/https:\/\//g)).toHaveLength(3);
    expect(connect).toContain(' https://api.stripe.com');
  });

  test('never turns an error of the API into a page', () => {
    const { CustomErrorResponses, CacheBehaviors, DefaultCacheBehavior } = distribution(environment);
    expect(CustomErrorResponses).toBeUndefined();
    expect(CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual(['/api/*']);
    expect(CacheBehaviors[0]?.FunctionAssociations).toBeUndefined();
    expect(DefaultCacheBehavior.FunctionAssociations).toHaveLength(1);
  });

  test('proves itself to the API with a secret that stands in no template', () => {
    const api = distribution(environment).Origins.find(({ S3OriginConfig }) => !S3OriginConfig);
    const [header] = api?.OriginCustomHeaders ?? [];
    expect(header?.HeaderName).toBe('x-origin-verify');
    expect(JSON.stringify(header?.HeaderValue)).toContain('{{resolve:secretsmanager:');
  });

  test('has another secret every month, and none at once with each deployment', () => {
    const { Properties: schedule } = resource('AWS::SecretsManager::RotationSchedule', `${environment}-ApiStage`);
    expect(schedule).toMatchObject({ RotationRules: { AutomaticallyAfterDays: 30 }, RotateImmediatelyOnUpdate: false });
    const permission = resources('AWS::Lambda::Permission', edge).find(({ Properties }) => Properties['Principal'] === 'secretsmanager.amazonaws.com')?.Properties;
    expect(permission).toMatchObject({ Action: 'lambda:InvokeFunction', SourceAccount: { Ref: 'AWS::AccountId' } });
    expect(JSON.stringify([permission?.['SourceArn'], schedule['SecretId']]).match(/OriginSecret[0-9A-F]{8}/g)).toHaveLength(2);
    expect(JSON.stringify([permission?.['FunctionName'], schedule['RotationLambdaARN']]).match(/RotateOriginSecretFunction[0-9A-F]{8}/g)).toHaveLength(2);
  });

  test('does not pass the Host header on, by which API Gateway would look for an API of that name', () => {
    // Managed policy AllViewerExceptHostHeader.
    expect(distribution(environment).CacheBehaviors[0]?.OriginRequestPolicyId).toBe('b689b0a8-53d0-40ab-baf2-68738e2966ac');
  });

  test('never caches what the API says', () => {
    // Managed policy CachingDisabled.
    expect(distribution(environment).CacheBehaviors[0]?.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
  });

  test('keeps the buckets to itself', () => {
    const buckets = resources('AWS::S3::Bucket', edge);
    expect(buckets).toHaveLength(2);
    for (const { Properties } of buckets) {
      expect(Properties['PublicAccessBlockConfiguration']).toEqual({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true });
    }
    expect(distribution(environment).Origins.find(({ S3OriginConfig }) => S3OriginConfig)?.OriginAccessControlId).toBeDefined();
  });

  test('stands behind the firewall', () => {
    expect(distribution(environment).WebACLId).toEqual({ 'Fn::GetStackOutput': expect.objectContaining({ StackName: `${environment}-Firewall` }) });
    expect(stack(`${environment}-Firewall`).environment.region).toBe('us-east-1');
  });

  test('signs customers in by authorization code alone, and turns their refresh tokens over', () => {
    const web = resources('AWS::Cognito::UserPoolClient', edge).find(({ Properties }) => Properties['AllowedOAuthFlows']);
    expect(web?.Properties).toMatchObject({
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email', 'shop/orders'],
      ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'],
      GenerateSecret: false,
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 30 },
    });
  });
});

test.each(website.environments)('what the firewall of $name refuses is kept as long as other logs, without what somebody could pass for another with', ({ name, logRetention }) => {
  const log = resource('AWS::Logs::LogGroup', `${name}-Firewall`).Properties;
  expect(log).toMatchObject({ LogGroupName: `aws-waf-logs-website-${name.toLowerCase()}`, RetentionInDays: logRetention });
  const { LogDestinationConfigs: destinations, RedactedFields: redacted, LoggingFilter: filter } = resource('AWS::WAFv2::LoggingConfiguration', `${name}-Firewall`).Properties;
  expect(JSON.stringify(destinations)).toMatch(/:log-group:aws-waf-logs-website-\w+"/);
  expect(redacted).toEqual(['authorization', ORIGIN_SECRET_HEADER, 'stripe-signature', 'webhook-signature'].map((Name) => ({ SingleHeader: { Name } })));
  expect(filter).toMatchObject({ DefaultBehavior: 'DROP', Filters: [{ Behavior: 'KEEP', Conditions: expect.arrayContaining([{ ActionCondition: { Action: 'BLOCK' } }]) }] });
});

test('bodies over 8 KB are let through to the click route and the webhooks, and to no other', () => {
  const rules = JSON.stringify(resource('AWS::WAFv2::WebACL', 'Prod-Firewall').Properties['Rules']);
  expect(rules).toContain('"RuleActionOverrides":[{"ActionToUse":{"Count":{}},"Name":"SizeRestrictions_BODY"}]');
  const exceptions = rules.matchAll(/"NotStatement":\{"Statement":\{"ByteMatchStatement":\{"FieldToMatch":\{"UriPath":\{\}\},"PositionalConstraint":"EXACTLY","SearchString":"([^"]+)"/g);
  expect([...exceptions].map(([, path]) => path)).toEqual(['/api/clicks', '/api/webhooks/payment', '/api/webhooks/carrier']);
});

test('the gate has an app client and a role where the environment has a gate, and nowhere else', () => {
  expect(environments.map((name) => resources('AWS::Cognito::UserPoolClient', `${name}-Edge`).length)).toEqual([2, 2, 1]);
  expect(() => stack('Prod-Gate')).toThrow('no stack Prod-Gate');
  expect(resources('AWS::IAM::Role', 'Dev-Gate')).toHaveLength(1);
});

const deployments = () => resources('Custom::CDKBucketDeployment', 'Prod-Pages').map(({ Properties }) => Properties);
const deployment = (include: readonly string[]) => deployments().find(({ Include }) => JSON.stringify(Include) === JSON.stringify(include));

describe('the pages', () => {
  test('are kept by browsers for a year where their name has a hash', () => {
    expect(deployment(['assets/*'])?.['SystemMetadata']).toEqual({ 'cache-control': 'public, max-age=31536000, immutable' });
  });

  test('are asked for anew where they name the others: index.html, config.json and the service worker', () => {
    const entry = ['index.html', 'config.json', 'service-worker.js'];
    expect(deployment(entry)).toMatchObject({ SystemMetadata: { 'cache-control': 'no-cache' }, DistributionPaths: ['/', ...entry.map((file) => `/${file}`)] });
    expect(deployments().map(({ Exclude }) => Exclude)).toContainEqual(['assets/*', ...entry]);
  });

  test('of the release before stay, because open browsers go on asking for them', () => {
    expect(deployments().map(({ Prune }) => Prune)).toEqual([false, false, false]);
  });

  test('come after the API that they call', () => {
    expect(stack('Prod-Pages').dependencies.map(({ id }) => id).join()).toMatch(/ApiStage/);
  });
});
