import { parsePolicy } from '../../../local/permissions/policy/document';
import type { Policies } from '../../../local/permissions/policy/evaluate';
import { ACCOUNT, allow, decide, deny, OTHER, policy, root, service, session, user, type Asked } from './requests';

const WITHIN = 'IAM User Guide, reference_policies_evaluation-logic';
const ACROSS = 'IAM User Guide, reference_policies_evaluation-logic-cross-account';
const PRINCIPAL = 'IAM User Guide, reference_policies_elements_principal';
const BOUNDARY = 'IAM User Guide, access_policies_boundaries';
const RESOURCE = 'IAM User Guide, reference_policies_elements_resource';
const NOT_ACTION = 'IAM User Guide, reference_policies_elements_notaction';
const NOT_RESOURCE = 'IAM User Guide, reference_policies_elements_notresource';
const ACTION = 'IAM User Guide, reference_policies_elements_action';
const KMS = 'KMS Developer Guide, key-policies';

const bucket = 'arn:aws:s3:::bucket';
const object = `${bucket}/file`;
const key = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1`;
const role = `arn:aws:iam::${ACCOUNT}:role/target`;
const arnOf = (principal: ReturnType<typeof session>) => (principal.kind === 'SESSION' ? { role: principal.role, session: principal.arn } : { role: '', session: '' });
const { role: roleArn, session: sessionArn } = arnOf(session());

/** A policy of a resource that allows everything to a principal. */
const opened = (principal: unknown, rest: object = {}) => policy({ Effect: 'Allow', Action: '*', Resource: '*', Principal: principal, ...rest }, 'RESOURCE');
const trusting = (principal: unknown, rest: object = {}) => policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal, ...rest }, 'TRUST');
const nothing = policy(allow('ec2:Describe*'));
const put: Asked = { action: 's3:PutObject', resource: object, owner: ACCOUNT };
const assume: Asked = { action: 'sts:AssumeRole', resource: role };
const decrypt: Asked = { action: 'kms:Decrypt', resource: key };

const carlosOwn = policy([
  allow(['s3:GetBucketLocation', 's3:ListAllMyBuckets'], 'arn:aws:s3:::*', { Sid: 'AllowS3ListRead' }),
  allow('s3:*', ['arn:aws:s3:::carlossalazar/*', 'arn:aws:s3:::carlossalazar'], { Sid: 'AllowS3Self' }),
  deny('s3:*', 'arn:aws:s3:::*log*', { Sid: 'DenyS3Logs' }),
]);
const carlosBucket = policy({ ...allow('s3:*', ['arn:aws:s3:::carlossalazar/*', 'arn:aws:s3:::carlossalazar']), Principal: { AWS: 'arn:aws:iam::123456789012:user/carlossalazar' } }, 'RESOURCE');
const carlos = user('carlossalazar', '123456789012');
const abroad = user('carlossalazar', '111111111111');
const carlosAbroad = policy([allow('s3:ListAllMyBuckets'), allow('s3:*Object*', 'arn:aws:s3:::Production/*'), deny('s3:*', ['arn:aws:s3:::*log*', 'arn:aws:s3:::*log*/*'])]);
const production = policy({ ...allow(['s3:GetObject*', 's3:PutObject*', 's3:ReplicateObject', 's3:RestoreObject'], 'arn:aws:s3:::Production/*'), Principal: { AWS: 'arn:aws:iam::111111111111:user/carlossalazar' } }, 'RESOURCE');
const reports = policy([allow(['iam:Get*', 'iam:List*'], '*', { Sid: 'AllowGetList' }), deny('iam:*Report', '*', { Sid: 'DenyReports' })]);
const notIam = policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' });
const hrOnly = policy([allow('s3:*'), { Effect: 'Deny', Action: 's3:*', NotResource: ['arn:aws:s3:::HRBucket/Payroll', 'arn:aws:s3:::HRBucket/Payroll/*'] }]);
const wild = policy(allow('s3:GetObject', 'arn:aws:s3:::DOC-EXAMPLE-BUCKET/*/test/*'));
const notPrincipalInstead = policy({ ...deny('s3:*', [`${bucket}/*`, bucket]), Principal: '*', Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:user/user-name' } } }, 'RESOURCE');

test.each<[string, string, Asked, Partial<Policies>, 'ALLOWED' | 'DENIED']>([
  [WITHIN, 'nothing is allowed by default', put, {}, 'DENIED'],
  [WITHIN, 'the root user has full access', { ...put, principal: root() }, {}, 'ALLOWED'],
  [WITHIN, 'an allow of the identity suffices', put, { identity: [policy(allow('s3:PutObject', object))] }, 'ALLOWED'],
  [WITHIN, 'an allow of the resource suffices', put, { resource: opened({ AWS: roleArn }) }, 'ALLOWED'],
  [WITHIN, 'a deny of the resource overrides', put, { identity: [policy(allow('s3:*'))], resource: policy({ ...deny('s3:*'), Principal: '*' }, 'RESOURCE') }, 'DENIED'],
  [WITHIN, 'Carlos writes into a bucket of logs', { principal: carlos, action: 's3:PutObject', resource: 'arn:aws:s3:::carlossalazar-logs/f', owner: '123456789012' }, { identity: [carlosOwn] }, 'DENIED'],
  [WITHIN, 'Carlos writes into his own bucket', { principal: carlos, action: 's3:PutObject', resource: 'arn:aws:s3:::carlossalazar/f', owner: '123456789012' }, { identity: [carlosOwn], resource: carlosBucket }, 'ALLOWED'],
  [WITHIN, 'his bucket alone would do', { principal: carlos, action: 's3:PutObject', resource: 'arn:aws:s3:::carlossalazar/f', owner: '123456789012' }, { resource: carlosBucket }, 'ALLOWED'],
  [WITHIN, 'AllowGetList allows', { action: 'iam:GetRole', resource: role }, { identity: [reports] }, 'ALLOWED'],
  [WITHIN, 'what it leaves out is denied implicitly', { action: 'iam:CreatePolicy', resource: role }, { identity: [reports] }, 'DENIED'],
  [WITHIN, 'DenyReports denies what another policy allows', { action: 'iam:GenerateCredentialReport' }, { identity: [reports, policy(allow('iam:*'))] }, 'DENIED'],
  [WITHIN, 'a role session is limited by its session policies', put, { identity: [policy(allow('s3:*'))], session: [nothing] }, 'DENIED'],
  [WITHIN, 'session policies grant nothing by themselves', put, { session: [policy(allow('s3:*'))] }, 'DENIED'],
  [WITHIN, 'a grant to the role ARN is limited by a session policy', put, { resource: opened({ AWS: roleArn }), session: [nothing] }, 'DENIED'],
  [WITHIN, 'a grant to the session ARN is limited by nothing implicit', put, { resource: opened({ AWS: sessionArn }), session: [nothing], boundary: nothing }, 'ALLOWED'],
  [WITHIN, 'a deny of the boundary overrides a grant to the session ARN', put, { resource: opened({ AWS: sessionArn }), boundary: policy(deny('s3:*')) }, 'DENIED'],
  [BOUNDARY, 'a boundary limits an identity', put, { identity: [policy(allow('s3:*'))], boundary: nothing }, 'DENIED'],
  [BOUNDARY, 'what both allow is allowed', put, { identity: [policy(allow('s3:*'))], boundary: policy(allow('s3:Put*')) }, 'ALLOWED'],
  [BOUNDARY, 'a boundary grants nothing by itself', put, { boundary: policy(allow('*')) }, 'DENIED'],
  [BOUNDARY, 'a grant to the role ARN is limited by the boundary', put, { resource: opened({ AWS: roleArn }), boundary: nothing }, 'DENIED'],
  [BOUNDARY, 'a grant to a user ARN is not', { ...put, principal: user('ana') }, { resource: opened({ AWS: `arn:aws:iam::${ACCOUNT}:user/ana` }), boundary: nothing }, 'ALLOWED'],
  [PRINCIPAL, 'a wildcard with aws:PrincipalArn is not limited by the boundary', { ...put, context: { 'aws:PrincipalArn': [roleArn] } }, { resource: opened('*', { Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn } } }), boundary: nothing }, 'ALLOWED'],
  [PRINCIPAL, 'naming the account leaves it to the identity’s policies', put, { resource: opened({ AWS: ACCOUNT }) }, 'DENIED'],
  [PRINCIPAL, 'an account is named by its number or by its root', { ...put, principal: session(OTHER) }, { identity: [policy(allow('s3:*'))], resource: opened({ AWS: [`arn:aws:iam::${OTHER}:root`] }) }, 'ALLOWED'],
  [PRINCIPAL, 'everyone of the same account needs no more', put, { resource: opened('*') }, 'ALLOWED'],
  [PRINCIPAL, 'everyone of other accounts needs the own account’s consent', { ...put, principal: session(OTHER) }, { resource: opened('*') }, 'DENIED'],
  [PRINCIPAL, 'a deny for all but one by aws:PrincipalArn', { ...put, context: { 'aws:PrincipalArn': [roleArn] } }, { identity: [policy(allow('*'))], resource: notPrincipalInstead }, 'DENIED'],
  [PRINCIPAL, 'one of two services that a role trusts', { ...assume, principal: service('ecs.amazonaws.com') }, { resource: trusting({ Service: ['ecs.amazonaws.com', 'elasticloadbalancing.amazonaws.com'] }) }, 'ALLOWED'],
  [PRINCIPAL, 'a service that it does not trust', { ...assume, principal: service('lambda.amazonaws.com') }, { resource: trusting({ Service: ['ecs.amazonaws.com'] }) }, 'DENIED'],
  [ACROSS, 'Carlos writes into the other account’s logs', { principal: abroad, action: 's3:PutObject', resource: 'arn:aws:s3:::Production-logs/f', owner: '222222222222' }, { identity: [carlosAbroad] }, 'DENIED'],
  [ACROSS, 'Carlos writes into the other account’s bucket', { principal: abroad, action: 's3:PutObject', resource: 'arn:aws:s3:::Production/f', owner: '222222222222' }, { identity: [carlosAbroad], resource: production }, 'ALLOWED'],
  [ACROSS, 'he cannot delete there: the bucket does not let him', { principal: abroad, action: 's3:DeleteObject', resource: 'arn:aws:s3:::Production/f', owner: '222222222222' }, { identity: [carlosAbroad], resource: production }, 'DENIED'],
  [ACROSS, 'without his own account’s consent the bucket’s is not enough', { principal: abroad, action: 's3:PutObject', resource: 'arn:aws:s3:::Production/f', owner: '222222222222' }, { resource: production }, 'DENIED'],
  [ACROSS, 'the other account’s root user is no exception', { ...put, principal: root(OTHER) }, {}, 'DENIED'],
  [WITHIN, 'a trust policy must name the caller, also within an account', assume, { identity: [policy(allow('sts:AssumeRole'))], resource: trusting({ Service: 'lambda.amazonaws.com' }) }, 'DENIED'],
  [WITHIN, 'a trust policy that names the role suffices', assume, { resource: trusting({ AWS: roleArn }) }, 'ALLOWED'],
  [WITHIN, 'one that names the account leaves it to the identity', assume, { resource: trusting({ AWS: ACCOUNT }) }, 'DENIED'],
  [WITHIN, 'and the identity may', assume, { identity: [policy(allow('sts:AssumeRole', role))], resource: trusting({ AWS: ACCOUNT }) }, 'ALLOWED'],
  [KMS, 'a key that does not enable IAM policies ignores them', decrypt, { identity: [policy(allow('kms:*'))], resource: opened({ AWS: `arn:aws:iam::${ACCOUNT}:role/admin` }) }, 'DENIED'],
  [KMS, 'a key that names the account enables them', decrypt, { identity: [policy(allow('kms:*'))], resource: opened({ AWS: `arn:aws:iam::${ACCOUNT}:root` }) }, 'ALLOWED'],
  [KMS, 'the root user needs the key’s consent as well', { ...decrypt, principal: root() }, { resource: opened({ AWS: roleArn }) }, 'DENIED'],
  [KMS, 'no key is needed to list them', { action: 'kms:ListKeys' }, { identity: [policy(allow('kms:ListKeys'))] }, 'ALLOWED'],
  [ACTION, 'names of actions are the same in upper and lower case', { action: 'iam:ListAccessKeys' }, { identity: [policy(allow('IAM:listaccesskeys'))] }, 'ALLOWED'],
  [NOT_ACTION, 'everything but IAM', { action: 'sqs:SendMessage' }, { identity: [notIam] }, 'ALLOWED'],
  [NOT_ACTION, 'IAM is left out', { action: 'iam:GetRole', resource: role }, { identity: [notIam] }, 'DENIED'],
  [NOT_RESOURCE, 'all but the payroll is denied', { ...put, resource: 'arn:aws:s3:::HRBucket/Other' }, { identity: [hrOnly] }, 'DENIED'],
  [NOT_RESOURCE, 'the payroll is not', { ...put, resource: 'arn:aws:s3:::HRBucket/Payroll/May' }, { identity: [hrOnly] }, 'ALLOWED'],
  [RESOURCE, 'an asterisk reaches over slashes', { action: 's3:GetObject', resource: 'arn:aws:s3:::DOC-EXAMPLE-BUCKET/1/2/3/test/4/object.jpg', owner: ACCOUNT }, { identity: [wild] }, 'ALLOWED'],
  [RESOURCE, 'an asterisk may be nothing', { action: 's3:GetObject', resource: 'arn:aws:s3:::DOC-EXAMPLE-BUCKET//test/object.jpg', owner: ACCOUNT }, { identity: [wild] }, 'ALLOWED'],
  [RESOURCE, 'a slash is no wildcard', { action: 's3:GetObject', resource: 'arn:aws:s3:::DOC-EXAMPLE-BUCKET/1-test/object.jpg', owner: ACCOUNT }, { identity: [wild] }, 'DENIED'],
  [RESOURCE, 'nor is the folder left out', { action: 's3:GetObject', resource: 'arn:aws:s3:::DOC-EXAMPLE-BUCKET/test/object.jpg', owner: ACCOUNT }, { identity: [wild] }, 'DENIED'],
])('%s: %s', (_source, _example, asked, policies, expected) => {
  expect(decide(asked, policies).decision).toBe(expected);
});

test('a refusal says why in the words of AWS, and which statement denied', () => {
  expect(decide(put, {}).because).toBe('because no identity-based policy allows the s3:PutObject action');
  expect(decide(put, { identity: [policy(allow('*'))], boundary: nothing }).because).toBe('because no permissions boundary allows the s3:PutObject action');
  expect(decide({ ...put, principal: session(OTHER) }, { identity: [policy(allow('*'))] }).because).toBe('because no resource-based policy allows the s3:PutObject action');
  const denied = policy([allow('*'), deny('s3:*', '*', { Sid: 'NoStorage' })], 'IDENTITY', 'Baseline');
  expect(decide(put, { identity: [denied] })).toEqual({ decision: 'DENIED', because: 'with an explicit deny in an identity-based policy', statements: ['Baseline#NoStorage'] });
});

test('what allows a request is named', () => {
  expect(decide(put, { identity: [nothing, policy([allow('s3:Get*'), allow('s3:Put*')], 'IDENTITY', 'Files')] }).statements).toEqual(['Files#2']);
});

test.each<[string, unknown]>([
  ['NotPrincipal', { Effect: 'Deny', Action: '*', Resource: '*', NotPrincipal: { AWS: roleArn } }],
  ['a principal with a wildcard in its name', { Effect: 'Deny', Action: '*', Resource: '*', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/*` } }],
  ['a canonical user', { Effect: 'Deny', Action: '*', Resource: '*', Principal: { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' } }],
  ['an element that is not known', { Effect: 'Allow', Action: '*', Resource: '*', Principal: '*', Unless: {} }],
  ['a statement without a principal', allow('*')],
  ['a statement without a resource', { Effect: 'Allow', Action: '*', Principal: '*' }],
  ['an ARN of five parts', { Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:*', Principal: '*' }],
])('%s in a resource’s policy is refused, whatever else allows the request', (_what, element) => {
  const answer = decide(put, { identity: [policy(allow('*'))], resource: policy(element, 'RESOURCE', 'strange') });
  expect(answer).toMatchObject({ decision: 'UNEVALUATED', because: expect.stringContaining('because it cannot be evaluated') });
});

test('a policy that is no JSON is refused by its name', () => {
  expect(decide(put, { identity: [parsePolicy('broken', '{', 'IDENTITY')] }).because).toContain('the policy broken cannot be read');
});

test('a bucket whose owner nobody knows is refused', () => {
  expect(decide({ action: 's3:GetObject', resource: object }, { identity: [policy(allow('*'))] }).because).toBe(`because the account that owns ${object} is not known`);
});
