import type { Checked } from '../../../local/permissions/authorize';
import { judged } from '../../../local/permissions/report/accepted';
import { actionsOf } from '../../../local/permissions/report/actions';
import { permissionsDocument, printed } from '../../../local/permissions/report/document';
import { Names } from '../../../local/permissions/report/names';
import { reportOf, type RoleReport } from '../../../local/permissions/report/report';
import type { Role } from '../../../local/permissions/roles/grants';
import { PermissionUse } from '../../../local/permissions/use/permissionUse';
import { allow, deny } from './requests';

const ENVIRONMENTS = { Dev: '222222222222', Prod: '444444444444' } as const;
type Environment = keyof typeof ENVIRONMENTS;

const roleArn = (environment: Environment): string => `arn:aws:iam::${ENVIRONMENTS[environment]}:role/${environment}-Orders-SellRole-ABC`;
const orders = (environment: Environment): string => `arn:aws:dynamodb:eu-central-1:${ENVIRONMENTS[environment]}:table/${environment}-Orders-Orders-${environment === 'Dev' ? 'X1Y2' : 'Z3'}`;
const files = (environment: Environment): string => `arn:aws:s3:::${environment.toLowerCase()}-files-q9`;
const checked = (action: string, resource: string, decision: 'ALLOWED' | 'DENIED' = 'ALLOWED'): Checked => ({ need: { action, resource, keys: {} }, evaluation: { decision, because: '', statements: [] } });

/** A role that sells, deployed in two environments: dev uses it more than prod does. */
function recorded(): { roles: Role[]; uses: PermissionUse } {
  const uses = new PermissionUse();
  for (const times of [1, 2]) uses.record(roleArn('Dev'), 'dynamodb', { operation: `PutItem ${times}`, checked: [checked('dynamodb:PutItem', orders('Dev'))] });
  uses.record(roleArn('Dev'), 's3', { operation: 'GetObject', checked: [checked('s3:GetObject', `${files('Dev')}/b`)] });
  uses.record(roleArn('Prod'), 's3', { operation: 'PutObject', checked: [checked('s3:PutObject', `${files('Prod')}/a`, 'DENIED')] });
  uses.record(roleArn('Prod'), 'dynamodb', { operation: 'ExecuteStatement', checked: [], refused: { decision: 'UNEVALUATED', because: '' } });
  uses.record('arn:aws:iam::222222222222:role/another', 's3', { operation: 'PutObject', checked: [checked('s3:PutObject', `${files('Dev')}/a`)] });
  const roleIn = (environment: Environment): Role => ({
    arn: roleArn(environment),
    trust: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] },
    inline: { Selling: { Version: '2012-10-17', Statement: [allow(['dynamodb:PutItem', 'dynamodb:GetItem'], orders(environment)), allow('s3:Get*', [files(environment), `${files(environment)}/*`]), deny('sqs:*')] } },
    attached: {},
  });
  return { roles: [roleIn('Dev'), roleIn('Prod')], uses };
}

const application = {
  pathOf: (stack: string, logicalId: string) => ({ Role: `App/${stack.replace('-', '/')}/Sell/Role`, Orders: `App/${stack.replace('-', '/')}/Orders`, Files: `App/${stack.replace('-', '/')}/Files` })[logicalId],
  stages: ['App/Dev', 'App/Prod'],
  acceptedWildcards: [{ path: 'App/Dev/Orders/Sell/Role/DefaultPolicy/Resource', written: '<Files.Arn>/*', reason: 'Keys are made by customers.' }],
};
const names = new Names(
  application,
  (['Dev', 'Prod'] as const).flatMap((environment) => {
    const made = (logicalId: string, type: string, name: string) => ({ account: ENVIRONMENTS[environment], stack: `${environment}-Orders`, logicalId, type, name });
    return [
      made('Role', 'AWS::IAM::Role', `${environment}-Orders-SellRole-ABC`),
      made('Orders', 'AWS::DynamoDB::Table', orders(environment).replace(/.*\//, '')),
      made('Files', 'AWS::S3::Bucket', files(environment).replace(/.*:/, '')),
    ];
  }),
);

async function report(): Promise<RoleReport> {
  const { roles, uses } = recorded();
  const [only, ...others] = await reportOf(application, names, [{ roles, uses: uses.list() }]);
  if (only === undefined || others.length > 0) throw new Error('There should be one role.');
  return only;
}

const table = 'arn:aws:dynamodb:<region>:<account>:table/{<environment>/Orders/Orders}';
const bucket = 'arn:aws:s3:::{<environment>/Orders/Files}';

test('what was counted in one process is added to what another counted', () => {
  const once = recorded().uses.list();
  expect(new PermissionUse([...once, ...once]).list().map(({ times }) => times)).toEqual(once.map(({ times }) => 2 * times));
});

test('whoever keeps the record is told of what is new in it, not of what is more', () => {
  const news: number[] = [];
  const use = new PermissionUse([], () => news.push(news.length));
  for (const action of ['dynamodb:PutItem', 'dynamodb:PutItem', 'dynamodb:GetItem']) use.record(roleArn('Dev'), 'dynamodb', { operation: action, checked: [checked(action, orders('Dev'))] });
  expect(news).toHaveLength(2);
});

test('a role stands once for all environments, under its place in the application, and so do its resources', async () => {
  const { role, grants } = await report();
  expect(role).toBe('<environment>/Orders/Sell/Role');
  expect(grants).toEqual([
    { action: 'dynamodb:GetItem', resource: table, times: 0 },
    { action: 'dynamodb:PutItem', resource: table, times: 2 },
    // On the bucket itself, what `s3:Get*` stands for is about its settings; on its objects, about these.
    { action: 's3:Get*', resource: bucket, times: 0 },
    { action: 's3:Get*', resource: `${bucket}/*`, times: 1 },
  ]);
});

test('a refused call, and one that could not be read, is no use of a grant, and is told', async () => {
  expect((await report()).refused).toEqual([
    { action: 'dynamodb:ExecuteStatement', resource: '*' },
    { action: 's3:PutObject', resource: `${bucket}/a` },
  ]);
});

test('each wildcard is reported with what it stands for, what of it was used, and why cdk-nag’s finding of it was accepted', async () => {
  expect((await report()).wildcards).toEqual([
    { written: `${bucket}/*`, actions: [], used: [`${bucket}/b`], reason: 'Keys are made by customers.' },
    { written: 's3:Get*', actions: expect.arrayContaining(['s3:GetObject', 's3:GetBucketAcl']), used: ['s3:GetObject'], reason: undefined },
  ]);
});

test('a grant without use stays only for a reason, and a reason only as long as there is such a grant', async () => {
  const accepted = [
    { role: '*/Orders/**', actions: ['dynamodb:GetItem'], resource: '**', reason: 'Read after a failure.' },
    { role: '*/Orders/**', actions: ['dynamodb:DeleteItem'], resource: '**', reason: 'Nobody may that, so this says too much.' },
  ];
  const { grants, stale } = judged([await report()], accepted);
  expect(grants.filter(({ times }) => times === 0).map((grant) => [grant.action, grant.accepted])).toEqual([['dynamodb:GetItem', 'Read after a failure.'], ['s3:Get*', undefined]]);
  expect(stale.map(({ actions }) => actions)).toEqual([['dynamodb:DeleteItem']]);
});

test('the page and the printed report name what nobody gave a reason for', async () => {
  const reports = [await report()];
  const { grants } = judged(reports, [{ role: '**', actions: ['dynamodb:GetItem'], resource: '**', reason: 'Read after a failure.' }]);
  expect(permissionsDocument(reports, grants).split('\n')).toEqual(expect.arrayContaining([
    '## Orders/Sell/Role',
    `- \`${table}\`: \`dynamodb:PutItem\``,
    '- Without use here: `dynamodb:GetItem`. Read after a failure.',
    '- `s3:Get*`: no reason is given',
  ]));
  expect(printed(reports, grants).split('\n')).toEqual(expect.arrayContaining([
    '<environment>/Orders/Sell/Role',
    `    dynamodb:PutItem on ${table} ×2`,
    `    s3:Get* on ${bucket}: no reason is given`,
    `    s3:PutObject on ${bucket}/a`,
  ]));
});

test('an action of a policy stands for those of AWS that it names, and a misspelt one for none', async () => {
  expect(await actionsOf('states:SendTask*')).toEqual(['states:SendTaskFailure', 'states:SendTaskHeartbeat', 'states:SendTaskSuccess']);
  expect(await actionsOf('DynamoDB:getitem')).toEqual(['dynamodb:GetItem']);
  expect(await actionsOf('dynamodb:TransactWriteItems')).toEqual([]);
  expect(await actionsOf('dynamo:GetItem')).toEqual([]);
});
