import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { authorize, type Outcome } from '../../../local/permissions/authorize';
import type { Call, Deployed } from '../../../local/permissions/calls/call';
import type { Principal } from '../../../local/permissions/policy/principals';
import { refusal, type Answer } from '../../../local/permissions/refusal';
import { CompiledPermissions, type Sources } from '../../../local/permissions/roles/compiled';
import { holderOf, type Role } from '../../../local/permissions/roles/grants';
import { ACCOUNT, allow, deny, OTHER, root, service, session } from './requests';
import { clientSettings, REGION } from './sdk';

const pipeline = session(ACCOUNT, 'pipeline', 'run');
const deployer = session(OTHER, 'cdk-hnb659fds-deploy-role', 'run');
const assets = session(ACCOUNT, 'assets', 'build');
const stranger = session(OTHER, 'stranger', 'run');
const limited = session(ACCOUNT, 'limited', 'run');
const gate = `arn:aws:iam::${OTHER}:role/gate`;
const orders = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/Orders`;

const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const arnOf = (principal: Principal): string => (principal.kind === 'SESSION' ? principal.role : '');
const trusts = (principal: object, condition: object = {}) => document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal, Condition: condition });

/** The roles of a pipeline that deploys into another account, as `cdk bootstrap` and CDK Pipelines write them. */
const roles: Readonly<Record<string, Omit<Role, 'arn'>>> = {
  [arnOf(pipeline)]: {
    trust: trusts({ Service: 'codepipeline.amazonaws.com' }),
    inline: { DefaultPolicy: JSON.stringify(document(allow('sts:AssumeRole', arnOf(deployer)), allow(['s3:GetObject*', 's3:PutObject'], ['arn:aws:s3:::artefacts', 'arn:aws:s3:::artefacts/*']), allow('dynamodb:PutItem', orders))) },
    attached: {},
  },
  [arnOf(deployer)]: {
    trust: trusts({ AWS: ACCOUNT }, { Null: { 'sts:ExternalId': 'true' } }),
    inline: { default: document(allow('s3:GetObject*', '*', { Condition: { StringNotEquals: { 's3:ResourceAccount': OTHER } } }), allow('cloudformation:*')) },
    attached: { 'arn:aws:iam::aws:policy/AWSCloudFormationReadOnlyAccess': undefined },
    tags: { 'aws-cdk:bootstrap-role': 'deploy' },
  },
  // The asset step of a pipeline may assume what the bootstrap tagged for it.
  [arnOf(assets)]: {
    trust: trusts({ Service: 'codebuild.amazonaws.com' }),
    inline: { DefaultPolicy: document(allow('sts:AssumeRole', `arn:*:iam::${OTHER}:role/*`, { Condition: { 'ForAnyValue:StringEquals': { 'iam:ResourceTag/aws-cdk:bootstrap-role': ['file-publishing', 'deploy'] } } })) },
    attached: {},
  },
  // The gate's role trusts the account, but of it only one role.
  [gate]: { trust: trusts({ AWS: `arn:aws:iam::${ACCOUNT}:root` }, { ArnEquals: { 'aws:PrincipalArn': arnOf(assets) } }), inline: {}, attached: {}, tags: { 'aws-cdk:bootstrap-role': 'deploy' } },
  [arnOf(limited)]: {
    trust: trusts({ AWS: ACCOUNT }),
    inline: { own: document(allow('dynamodb:*', orders, { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'shop' } } })) },
    attached: {},
    boundary: { arn: `arn:aws:iam::${ACCOUNT}:policy/boundary`, document: document(allow('dynamodb:Get*')) },
    tags: { team: 'shop' },
  },
  [arnOf(stranger)]: { trust: trusts({ Service: 'lambda.amazonaws.com' }), inline: {}, attached: {} },
  [`arn:aws:iam::${OTHER}:role/lookup`]: { trust: trusts({ AWS: ACCOUNT }), inline: {}, attached: { 'arn:aws:iam::aws:policy/ReadOnlyAccess': undefined } },
};
const bucketPolicy = document(
  deny('s3:*', ['arn:aws:s3:::artefacts', 'arn:aws:s3:::artefacts/*'], { Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  allow('s3:GetObject*', 'arn:aws:s3:::artefacts/*', { Principal: { AWS: [arnOf(deployer), arnOf(stranger)] } }),
);

const permissions = new CompiledPermissions({
  role: async (arn) => roles[arn] && { arn, ...roles[arn] },
  resourcePolicy: async ({ kind }) => (kind === 'BUCKET' ? bucketPolicy : undefined),
});
const deployed: Deployed = { bucketOwner: () => ACCOUNT, secretArn: () => undefined, keyOfAlias: () => undefined, stackArn: () => undefined, stateMachineOfTask: () => undefined, workgroupOfQuery: () => undefined, mailIdentity: () => undefined };
const around = { now: new Date(0), sourceIp: '127.0.0.1', secureTransport: true };

const call = (caller: Principal, what: Partial<Call>): Call => ({ service: 's3', region: REGION, account: 'account' in caller ? caller.account : ACCOUNT, method: 'GET', url: '/', headers: {}, body: '', ...what });
const assume = (roleArn: string, more: Record<string, string> = {}) => ({ service: 'sts', method: 'POST', body: new URLSearchParams({ Action: 'AssumeRole', RoleArn: roleArn, RoleSessionName: 'run', ...more }).toString() });
const ask = (principal: Principal, what: Partial<Call>, secureTransport = true): Promise<Outcome> => authorize(call(principal, what), { principal }, { ...around, secureTransport }, { permissions, deployed });
const artefact = { url: '/artefacts/build.zip' };

test('a pipeline assumes the role of another account that it was granted and that trusts its account', async () => {
  expect(await ask(pipeline, assume(arnOf(deployer)))).toMatchObject({ operation: 'AssumeRole', checked: [{ evaluation: { decision: 'ALLOWED' } }] });
});

test.each<[string, Principal, Partial<Call>, string]>([
  ['with an external id, which the trust policy refuses', pipeline, assume(arnOf(deployer), { ExternalId: 'x' }), 'because no resource-based policy allows the sts:AssumeRole action'],
  ['with tags, which nobody grants', pipeline, assume(arnOf(deployer), { 'Tags.member.1.Key': 'a', 'Tags.member.1.Value': 'b' }), 'because no resource-based policy allows the sts:TagSession action'],
  ['that is not tagged for it', assets, assume(`arn:aws:iam::${OTHER}:role/lookup`), 'because no identity-based policy allows the sts:AssumeRole action'],
  ['that trusts one role of the account, by another', pipeline, assume(gate), 'because no resource-based policy allows the sts:AssumeRole action'],
  ['that it was not granted', pipeline, assume(`arn:aws:iam::${OTHER}:role/lookup`), 'because no identity-based policy allows the sts:AssumeRole action'],
  ['that trusts a service only', assets, assume(arnOf(pipeline)), 'because no resource-based policy allows the sts:AssumeRole action'],
])('a role is not assumed %s', async (_how, principal, what, because) => {
  expect((await ask(principal, what)).refused).toMatchObject({ decision: 'DENIED', because });
});

test('a role is assumed by its tags, and by the one role of an account that it names', async () => {
  expect((await ask(assets, assume(arnOf(deployer)))).refused).toBeUndefined();
  expect((await ask(assets, assume(gate))).refused).toBeUndefined();
});

test('a role that is not there is refused by its name', async () => {
  expect((await ask(pipeline, assume(`${gate}-2`))).refused).toEqual({ decision: 'UNEVALUATED', because: `because it cannot be evaluated: there is no role ${gate}-2` });
});

test('policies are asked for once, again after a deployment, and again after a failure', async () => {
  const asked: string[] = [];
  const sources: Sources = {
    role: async (arn) => {
      asked.push(arn);
      if (asked.length === 1) throw new Error('IAM does not answer');
      return { arn, trust: trusts({ AWS: ACCOUNT }), inline: {}, attached: {} };
    },
    resourcePolicy: async () => undefined,
  };
  const kept = new CompiledPermissions(sources);
  await expect(kept.grants(gate)).rejects.toThrow('IAM does not answer');
  await Promise.all([kept.grants(gate), kept.grants(gate), kept.resourcePolicy({ kind: 'ROLE', arn: gate })]);
  expect(asked).toHaveLength(2);
  kept.forget();
  await kept.grants(gate);
  expect(asked).toHaveLength(3);
});

test('a service assumes the roles that trust it, and no other', async () => {
  expect((await ask(service('codepipeline.amazonaws.com'), assume(arnOf(pipeline)))).refused).toBeUndefined();
  expect((await ask(service('codebuild.amazonaws.com'), assume(arnOf(pipeline)))).refused?.decision).toBe('DENIED');
});

test('a bucket is read across accounts when both sides say so, and over TLS only', async () => {
  expect((await ask(deployer, artefact)).refused).toBeUndefined();
  expect((await ask(deployer, artefact, false)).refused?.because).toBe('with an explicit deny in a resource-based policy');
  expect((await ask(deployer, { ...artefact, method: 'PUT' })).refused?.decision).toBe('DENIED');
  expect((await ask(stranger, artefact)).refused?.because).toBe('because no identity-based policy allows the s3:GetObject action');
});

test('a call is refused when one of its parts is', async () => {
  const part = (TableName: string) => ({ Put: { TableName } });
  const write = (...tables: string[]) => ({ service: 'dynamodb', method: 'POST', headers: { 'x-amz-target': 'DynamoDB_20120810.TransactWriteItems' }, body: JSON.stringify({ TransactItems: tables.map(part) }) });
  expect((await ask(pipeline, write('Orders'))).refused).toBeUndefined();
  expect((await ask(pipeline, write('Orders', 'Products'))).refused?.need).toMatchObject({ action: 'dynamodb:PutItem', resource: expect.stringContaining('Products') });
});

test('a role’s tags open what is granted to them, and its boundary limits it', async () => {
  const item = (operation: string) => ({ service: 'dynamodb', method: 'POST', headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` }, body: JSON.stringify({ TableName: 'Orders' }) });
  expect((await ask(limited, item('GetItem'))).refused).toBeUndefined();
  expect((await ask(limited, item('DeleteItem'))).refused?.because).toBe('because no permissions boundary allows the dynamodb:DeleteItem action');
});

test('a role with a policy of AWS whose text is not known is refused by the policy’s name', async () => {
  const lookup = session(OTHER, 'lookup');
  const refused = await ask(lookup, { service: 'cloudformation', method: 'POST', body: 'Action=ListStacks' });
  expect(refused.refused).toMatchObject({ decision: 'UNEVALUATED', because: expect.stringContaining('ReadOnlyAccess') });
});

test('a call that is not known is refused by its name, also to an account’s own key', async () => {
  expect((await ask(root(), { service: 'ec2', method: 'POST', body: 'Action=RunInstances' })).refused).toEqual({ decision: 'UNEVALUATED', because: 'because it cannot be evaluated: RunInstances of ec2 is not known here' });
});

test.each<[string, string, string | undefined]>([
  ['s3:GetObject', 'arn:aws:s3:::b/a/k', 'arn:aws:s3:::b'],
  ['dynamodb:Query', `${orders}/index/byCustomer`, orders],
  ['lambda:InvokeFunction', `arn:aws:lambda:${REGION}:${ACCOUNT}:function:f:live`, `arn:aws:lambda:${REGION}:${ACCOUNT}:function:f:live`],
  ['sts:AssumeRole', arnOf(pipeline), arnOf(pipeline)],
  ['iam:PassRole', arnOf(pipeline), undefined],
  ['states:StartExecution', `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:m`, undefined],
])('the policy that has a say about %s on %s is that of %s', (action, resource, holder) => {
  expect(holderOf(action, resource)?.arn).toBe(holder);
});

/** What a client makes of a refusal. */
async function errorOf(send: (settings: ReturnType<typeof clientSettings>) => Promise<unknown>): Promise<unknown> {
  const refused: Outcome['refused'] = { decision: 'DENIED', because: 'because <nobody> allows it', need: { action: 'x:Do', resource: 'arn', keys: {} } };
  const answer = (refusedCall: Call): Answer => refusal(refusedCall, pipeline, { operation: 'Do', refused }, 'request-1');
  return send(clientSettings(answer)).catch((error: unknown) => error);
}

const message = `User: arn:aws:sts::${ACCOUNT}:assumed-role/pipeline/run is not authorized to perform: x:Do on resource: arn because <nobody> allows it`;

test.each<[string, (settings: ReturnType<typeof clientSettings>) => Promise<unknown>, object]>([
  ['DynamoDB', (settings) => new DynamoDBClient(settings).send(new PutItemCommand({ TableName: 'Orders', Item: {} })), { name: 'AccessDeniedException', message, $metadata: { httpStatusCode: 400, requestId: 'request-1' } }],
  ['CloudFormation', (settings) => new CloudFormationClient(settings).send(new DescribeStacksCommand({})), { name: 'AccessDenied', message, $metadata: { httpStatusCode: 403 } }],
  ['SES', (settings) => new SESClient(settings).send(new SendEmailCommand({ Source: 'a@b.c', Destination: {}, Message: { Subject: { Data: 's' }, Body: {} } })), { name: 'AccessDenied', message }],
  ['S3', (settings) => new S3Client(settings).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' })), { name: 'AccessDenied', message, $metadata: { httpStatusCode: 403 } }],
  ['S3’s HEAD, which has no body,', (settings) => new S3Client(settings).send(new HeadObjectCommand({ Bucket: 'b', Key: 'k' })), { $metadata: { httpStatusCode: 403 } }],
])('a refused call of %s is its client’s own error', async (_service, send, expected) => {
  expect(await errorOf(send)).toMatchObject(expected);
});
