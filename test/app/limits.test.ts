import { readFileSync } from 'node:fs';
import { website } from '../../stages/environments';
import type { Website } from '../../stages/environments';
import { assembly, resourcesOf, synthesize } from './synthesized';

const stacks = () => assembly().stacksRecursively;
const everything = () => stacks().flatMap(({ stackName }) => resourcesOf(stackName).map(([logicalId, resource]) => ({ stackName, logicalId, ...resource })));

const at = (value: unknown, path: string): unknown => path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
describe('every stack fits CloudFormation', () => {
  test('in its name: at most 128 letters, digits and hyphens', () => {
    for (const { stackName } of stacks()) expect(stackName).toMatch(/^[A-Za-z][A-Za-z0-9-]{0,127}$/);
  });

  test('in its resources, with room to grow: fewer than 450 of 500', () => {
    for (const { stackName } of stacks()) expect(resourcesOf(stackName).length).toBeLessThan(450);
  });

  test('in its size: under 1 MB as CodePipeline hands it over', () => {
    for (const { templateFullPath } of stacks()) expect(readFileSync(templateFullPath).byteLength).toBeLessThan(1_000_000);
  });

  test('in its outputs and parameters: under 200', () => {
    for (const { template } of stacks()) {
      expect(Object.keys(template.Outputs ?? {}).length).toBeLessThan(200);
      expect(Object.keys(template.Parameters ?? {}).length).toBeLessThan(200);
    }
  });

  test('in its descriptions: at most 1,024 bytes, and every stack has one', () => {
    for (const { template } of stacks()) expect(template.Description).toMatch(/^Website.{0,1000}$/);
  });
});

describe('every name that is fixed fits its service', () => {
  const limits: readonly [type: string, property: string, pattern: RegExp][] = [
    ['AWS::IAM::Role', 'RoleName', /^[\w+=,.@-]{1,64}$/],
    ['AWS::Lambda::Function', 'FunctionName', /^[\w-]{1,64}$/],
    ['AWS::S3::Bucket', 'BucketName', /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/],
    ['AWS::Cognito::UserPoolDomain', 'Domain', /^(?!.*(aws|amazon|cognito))[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/],
    ['AWS::CloudFront::Function', 'Name', /^[\w-]{1,64}$/],
    ['AWS::CloudFront::CachePolicy', 'CachePolicyConfig.Name', /^[\w-]{1,128}$/],
    ['AWS::CloudFront::ResponseHeadersPolicy', 'ResponseHeadersPolicyConfig.Name', /^[\w-]{1,128}$/],
    ['AWS::CloudFront::OriginAccessControl', 'OriginAccessControlConfig.Name', /^.{1,64}$/],
    ['AWS::KMS::Alias', 'AliasName', /^alias\/[\w/-]{1,250}$/],
    ['AWS::Lambda::Function', 'Description', /^.{1,256}$/],
  ];
  test.each(limits)('%s %s', (type, property, pattern) => {
    const names = everything()
      .filter(({ Type }) => Type === type)
      .map(({ Properties }) => at(Properties, property))
      .filter((name) => typeof name === 'string');
    expect(names.filter((name) => !pattern.test(name))).toEqual([]);
  });

  test('and what CloudFormation makes up from a stack and a logical id is not cut beyond recognition', () => {
    // 64 characters for a function, of which CloudFormation takes 13 for its own suffix; `Function` and the hash may go.
    const functions = everything().filter(({ Type, logicalId }) => Type === 'AWS::Lambda::Function' && !logicalId.startsWith('Custom'));
    expect(functions.length).toBeGreaterThan(20);
    for (const { stackName, logicalId } of functions) expect(`${stackName}-${logicalId.replace(/(?:Function)?[0-9A-F]{8}$/, '')}`.length).toBeLessThanOrEqual(64 - 13);
  });
});

describe('the website can live elsewhere', () => {
  const [dev, staging, prod] = website.environments;
  const inOneAccount: Website = {
    pipeline: { ...website.pipeline, account: '555555555555' },
    environments: website.environments.map((environment) => ({ ...environment, account: '555555555555' })),
  };

  test('in one account for all, where no two names clash', () => {
    const one = synthesize(inOneAccount);
    const named = one.stacksRecursively.flatMap(({ stackName, environment: { account, region } }) => [
      `${account}/${region}/stack/${stackName}`,
      ...resourcesOf(stackName, one).flatMap(([, { Type, Properties }]) =>
        ['RoleName', 'FunctionName', 'BucketName', 'TableName', 'LogGroupName', 'Domain', 'AliasName']
          .filter((property) => typeof Properties?.[property] === 'string')
          .map((property) => `${account}/${region}/${Type}/${String(Properties[property])}`),
      ),
    ]);
    const clashes = named.filter((name, index) => named.indexOf(name) !== index);
    expect(clashes).toEqual([]);
  });

  test('with prod in Europe, its firewall still in us-east-1 and read from there', () => {
    if (!dev || !staging || !prod) throw new Error('three environments are expected');
    const europe = synthesize({ ...website, environments: [dev, staging, { ...prod, region: 'eu-west-1' }] });
    const regions = Object.fromEntries(europe.stacksRecursively.map(({ stackName, environment }) => [stackName, environment.region]));
    expect(regions).toMatchObject({ 'Prod-Edge': 'eu-west-1', 'Prod-Orders': 'eu-west-1', 'Prod-Firewall': 'us-east-1', 'Dev-Edge': 'us-east-1' });
    expect(JSON.stringify(resourcesOf('Prod-Edge', europe))).toContain('{"Fn::GetStackOutput":{"StackName":"Prod-Firewall","Region":"us-east-1"');
  });

  test('under a name of its own, with its certificate and its records', () => {
    if (!prod) throw new Error('three environments are expected');
    const domain = { name: 'shop.example.com', certificateArn: 'arn:aws:acm:us-east-1:444444444444:certificate/x', hostedZone: { id: 'Z1', name: 'example.com' } };
    const own = synthesize({ ...website, environments: [{ ...prod, domain }] });
    const edge = JSON.stringify(resourcesOf('Prod-Edge', own));
    expect(edge).toContain('"Aliases":["shop.example.com"]');
    expect(edge).toContain('"MinimumProtocolVersion":"TLSv1.2_2021"');
    expect(edge).toContain('"CallbackURLs":["https://shop.example.com/"]');
    expect(edge).toContain('"Type":"AAAA"');
  });
});
