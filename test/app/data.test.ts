import { website } from '../../stages/environments';
import { isStateful, lackingProtection } from '../../stages/guard/stateful';
import { assembly, resource, resources, resourcesOf } from './synthesized';

const environments = website.environments.map(({ name }) => name);

test('everything that holds data survives its stack and its replacement, and can be taken back', () => {
  const stateful = assembly()
    .stacksRecursively.filter(({ stackName }) => environments.some((name) => stackName.startsWith(`${name}-`)))
    .flatMap(({ stackName }) => resourcesOf(stackName).filter(([, { Type, ...rest }]) => isStateful({ Type, ...rest })));
  expect(stateful).toHaveLength(environments.length * 20);
  for (const [, found] of stateful) expect(lackingProtection(found)).toEqual([]);
});

test('every table is billed by use and can be taken back to any second of 35 days', () => {
  for (const environment of environments) {
    const tables = ['Catalog', 'Orders', 'Personalize', 'Lake'].flatMap((name) => resources('AWS::DynamoDB::Table', `${environment}-${name}`));
    expect(tables).toHaveLength(7);
    for (const { Properties } of tables) {
      expect(Properties).toMatchObject({ BillingMode: 'PAY_PER_REQUEST', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } });
    }
  }
});

test('the tables of prod refuse to be deleted, by whomever', () => {
  for (const { Properties } of ['Catalog', 'Orders', 'Personalize', 'Lake'].flatMap((name) => resources('AWS::DynamoDB::Table', `Prod-${name}`))) {
    expect(Properties['DeletionProtectionEnabled']).toBe(true);
  }
  expect(resource('AWS::Cognito::UserPool', 'Prod-Auth').Properties['DeletionProtection']).toBe('ACTIVE');
});

test('products and orders have a stream for those who follow them', () => {
  const streaming = ['Catalog', 'Orders'].flatMap((name) => resources('AWS::DynamoDB::Table', `Prod-${name}`)).filter(({ Properties }) => Properties['StreamSpecification']);
  expect(streaming.map(({ Properties }) => Properties['StreamSpecification'])).toEqual([{ StreamViewType: 'NEW_AND_OLD_IMAGES' }, { StreamViewType: 'NEW_AND_OLD_IMAGES' }]);
});

test('quotes and idempotency records are forgotten by themselves', () => {
  const forgetting = resources('AWS::DynamoDB::Table', 'Prod-Orders').filter(({ Properties }) => Properties['TimeToLiveSpecification']);
  expect(forgetting.map(({ Properties }) => Properties['TimeToLiveSpecification'])).toEqual([
    { AttributeName: 'deleteAfter', Enabled: true },
    { AttributeName: 'deleteAfter', Enabled: true },
  ]);
});

describe('the user pool', () => {
  const pool = (): Readonly<Record<string, unknown>> => resource('AWS::Cognito::UserPool', 'Prod-Auth').Properties;

  test('keeps the definition that Cognito would never let it change', () => {
    expect(pool()).toMatchObject({
      Schema: [{ Name: 'email', Required: true, Mutable: true }],
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
    });
    expect(pool()).not.toHaveProperty('AliasAttributes');
  });

  test('knows operators, and a scope for orders', () => {
    expect(resource('AWS::Cognito::UserPoolGroup', 'Prod-Auth').Properties['GroupName']).toBe('operators');
    expect(resource('AWS::Cognito::UserPoolResourceServer', 'Prod-Auth').Properties).toMatchObject({ Identifier: 'shop', Scopes: [{ ScopeName: 'orders' }] });
  });

  test('has managed sign-in pages with a style', () => {
    expect(resource('AWS::Cognito::UserPoolDomain', 'Prod-Auth').Properties['ManagedLoginVersion']).toBe(2);
    expect(resource('AWS::Cognito::ManagedLoginBranding', 'Prod-Edge').Properties['UseCognitoProvidedValues']).toBe(true);
  });
});

test('the gate may make, sign in and remove shoppers, read single items, the stream of clicks, raw clicks and two views in Redshift, and nothing else', () => {
  const { Statement: statements } = resource('AWS::IAM::Policy', 'Dev-Gate').Properties['PolicyDocument'] as { Statement: { Action: string | string[] }[] };
  expect(statements.flatMap(({ Action }) => Action).toSorted()).toEqual([
    'cognito-idp:AdminCreateUser',
    'cognito-idp:AdminDeleteUser',
    'cognito-idp:AdminInitiateAuth',
    'cognito-idp:AdminSetUserPassword',
    'dynamodb:GetItem',
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:ListShards',
    'lambda:InvokeFunction',
    'redshift-data:DescribeStatement',
    'redshift-data:ExecuteStatement',
    'redshift-data:GetStatementResult',
    'redshift-serverless:GetCredentials',
    's3:GetObject',
    's3:ListBucket',
  ]);
});

test("the gate's role is taken on by the integration step of its own environment alone", () => {
  const trust = JSON.stringify(resource('AWS::IAM::Role', 'Dev-Gate').Properties['AssumeRolePolicyDocument']);
  expect(trust).toMatch(/"Condition":\{"ArnEquals":\{"aws:PrincipalArn":.*:iam::111111111111:role\/website-pipeline-dev-gate"/);
});
