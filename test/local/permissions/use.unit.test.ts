import type { Checked } from '../../../local/permissions/authorize';
import { actionsOf } from '../../../local/permissions/use/actions';
import { PermissionUse } from '../../../local/permissions/use/permissionUse';
import { printed, reportOf } from '../../../local/permissions/use/report';
import { allow, deny, policy } from './requests';

const role = 'arn:aws:iam::111122223333:role/seller';
const orders = 'arn:aws:dynamodb:eu-central-1:111122223333:table/Orders';
const checked = (action: string, resource: string, decision: 'ALLOWED' | 'DENIED' = 'ALLOWED'): Checked => ({ need: { action, resource, keys: {} }, evaluation: { decision, because: '', statements: [] } });

function uses(): PermissionUse {
  const use = new PermissionUse();
  use.record(role, 'dynamodb', { operation: 'PutItem', checked: [checked('dynamodb:PutItem', orders)] });
  use.record(role, 'dynamodb', { operation: 'PutItem', checked: [checked('dynamodb:PutItem', orders)] });
  use.record(role, 's3', { operation: 'GetObject', checked: [checked('s3:GetObject', 'arn:aws:s3:::files/a', 'DENIED')] });
  use.record(role, 'dynamodb', { operation: 'ExecuteStatement', checked: [], refused: { decision: 'UNEVALUATED', because: '' } });
  use.record('arn:aws:iam::111122223333:role/other', 's3', { operation: 'PutObject', checked: [checked('s3:PutObject', 'arn:aws:s3:::files/a')] });
  return use;
}

const grants = { identity: [policy([allow(['dynamodb:PutItem', 'dynamodb:GetItem'], orders), allow('s3:*Object', 'arn:aws:s3:::files/*'), deny('sqs:*')], 'IDENTITY', 'Selling')] };

test('calls are counted by role, action, resource and decision, also those that could not be read', () => {
  expect(uses().list().filter((use) => use.role === role)).toEqual([
    { role, action: 'dynamodb:ExecuteStatement', resource: '*', decision: 'UNEVALUATED', times: 1 },
    { role, action: 'dynamodb:PutItem', resource: orders, decision: 'ALLOWED', times: 2 },
    { role, action: 's3:GetObject', resource: 'arn:aws:s3:::files/a', decision: 'DENIED', times: 1 },
  ]);
});

test('what was counted in one process is added to what another counted', () => {
  expect(new PermissionUse([...uses().list(), ...uses().list()]).list().map(({ times }) => times)).toEqual([2, 2, 4, 2]);
});

test('a role’s report names what it may call and never did; a refused call is no use', async () => {
  const { unused } = await reportOf(role, grants, uses().list());
  expect(unused.map(({ action, resource }) => `${action} ${resource}`)).toEqual([`dynamodb:GetItem ${orders}`, 's3:*Object arn:aws:s3:::files/*']);
});

test('each wildcard is reported with what it stands for, what of it was used, and why it is there', async () => {
  const use = uses();
  use.record(role, 's3', { operation: 'GetObject', checked: [checked('s3:GetObject', 'arn:aws:s3:::files/b')] });
  const { wildcards } = await reportOf(role, grants, use.list(), (_role, written) => (written.startsWith('arn') ? 'keys are made by customers' : undefined));
  expect(wildcards).toEqual([
    { written: 's3:*Object', statement: 'Selling#2', actions: expect.arrayContaining(['s3:GetObject', 's3:PutObject', 's3:DeleteObject']), used: ['s3:GetObject'], reason: undefined },
    { written: 'arn:aws:s3:::files/*', statement: 'Selling#2', actions: [], used: ['arn:aws:s3:::files/b'], reason: 'keys are made by customers' },
  ]);
});

test('the printed report is read role by role', async () => {
  const text = printed([await reportOf(role, grants, uses().list())]);
  expect(text.split('\n')).toEqual(expect.arrayContaining([role, '  called', `    dynamodb:PutItem on ${orders} ×2`, '    s3:GetObject on arn:aws:s3:::files/a ×1 DENIED', '  may call and never did', `    dynamodb:GetItem on ${orders}`]));
  expect(text).toMatch(/s3:\*Object stands for \d+ actions; never used; no reason is given/);
});

test('an action of a policy stands for those of AWS that it names, and a misspelt one for none', async () => {
  expect(await actionsOf('states:SendTask*')).toEqual(['states:SendTaskFailure', 'states:SendTaskHeartbeat', 'states:SendTaskSuccess']);
  expect(await actionsOf('DynamoDB:getitem')).toEqual(['dynamodb:GetItem']);
  expect(await actionsOf('dynamodb:TransactWriteItems')).toEqual([]);
  expect(await actionsOf('dynamo:GetItem')).toEqual([]);
});
