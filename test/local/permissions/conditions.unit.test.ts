import type { ContextValues } from '../../../local/permissions/policy/context';
import { parsePolicy } from '../../../local/permissions/policy/document';
import { allow, decide, policy } from './requests';

/** Whether a statement with this condition allows a request with these keys. */
const decision = (condition: object, context: ContextValues) => decide({ action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', owner: '111122223333', context }, { identity: [policy(allow('*', '*', { Condition: condition }))] });
const holds = (condition: object, context: ContextValues) => decision(condition, context).decision;

const OPERATORS = 'IAM User Guide, reference_policies_elements_condition_operators';
const VARIABLES = 'IAM User Guide, reference_policies_variables';
const SETS = 'IAM User Guide, reference_policies_multi-value-conditions';
const finance = 'arn:aws:someservice:*:111122223333:finance/*';
const elsewhere = 'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt';
const tag = { 'aws:PrincipalTag/job-category': ['iamuser-admin'] };
const home = { 's3:prefix': ['', 'home/', 'home/${aws:username}/'] };
const thread = { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['PostDateTime', 'Message', 'Tags'] } };
const forbidden = { 'ForAnyValue:StringEquals': { 'dynamodb:Attributes': ['ID', 'PostDateTime'] } };

test.each<[string, string, object, ContextValues, boolean]>([
  [OPERATORS, 'a principal with the tag', { StringEquals: { 'aws:PrincipalTag/job-category': 'iamuser-admin' } }, tag, true],
  [OPERATORS, 'a principal without it', { StringEquals: { 'aws:PrincipalTag/job-category': 'iamuser-admin' } }, { 'aws:PrincipalTag/': null }, false],
  [OPERATORS, 'one’s own home folder', { StringLike: home }, { 's3:prefix': ['home/ana/'], 'aws:username': ['ana'] }, true],
  [OPERATORS, 'the home folder of somebody else', { StringLike: home }, { 's3:prefix': ['home/bo/'], 'aws:username': ['ana'] }, false],
  [OPERATORS, 'up to ten objects', { NumericLessThanEquals: { 's3:max-keys': '10' } }, { 's3:max-keys': ['10'] }, true],
  [OPERATORS, 'eleven objects', { NumericLessThanEquals: { 's3:max-keys': '10' } }, { 's3:max-keys': ['11'] }, false],
  [OPERATORS, 'credentials of 2020', { DateGreaterThan: { 'aws:TokenIssueTime': '2020-01-01T00:00:01Z' } }, { 'aws:TokenIssueTime': ['2020-02-03T00:00:00Z'] }, true],
  [OPERATORS, 'older credentials', { DateGreaterThan: { 'aws:TokenIssueTime': '2020-01-01T00:00:01Z' } }, { 'aws:TokenIssueTime': ['1577000000'] }, false],
  [OPERATORS, 'newer credentials, in seconds', { DateGreaterThan: { 'aws:TokenIssueTime': '2020-01-01T00:00:01Z' } }, { 'aws:TokenIssueTime': ['1580000000'] }, true],
  [OPERATORS, 'long-lived credentials', { DateGreaterThan: { 'aws:TokenIssueTime': '2020-01-01T00:00:01Z' } }, { 'aws:TokenIssueTime': null }, false],
  [VARIABLES, 'a variable without a value is like nothing', { StringLike: { 's3:prefix': '${aws:PrincipalTag/team}*' } }, { 's3:prefix': ['blue'], 'aws:PrincipalTag/': null }, false],
  [VARIABLES, 'and unlike everything', { StringNotEquals: { 's3:prefix': '${aws:PrincipalTag/team}' } }, { 's3:prefix': ['blue'], 'aws:PrincipalTag/': null }, true],
  [VARIABLES, 'a default stands for a value that is not there', { StringEquals: { 's3:prefix': "team-${aws:PrincipalTag/team, 'company-wide'}" } }, { 's3:prefix': ['team-company-wide'], 'aws:PrincipalTag/': null }, true],
  [VARIABLES, 'a special character is meant as it is', { StringLike: { 's3:prefix': 'a${*}' } }, { 's3:prefix': ['ab'] }, false],
  [OPERATORS, 'plain HTTP', { Bool: { 'aws:SecureTransport': 'false' } }, { 'aws:SecureTransport': ['false'] }, true],
  [OPERATORS, 'TLS', { Bool: { 'aws:SecureTransport': false } }, { 'aws:SecureTransport': ['true'] }, false],
  [OPERATORS, 'an address of the range', { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:DB8:1234:5678::/64'] } }, { 'aws:SourceIp': ['203.0.113.255'] }, true],
  [OPERATORS, 'an IPv6 address of the range', { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:DB8:1234:5678::/64'] } }, { 'aws:SourceIp': ['2001:db8:1234:5678::9'] }, true],
  [OPERATORS, 'an IPv4 address and a range of IPv6', { IpAddress: { 'aws:SourceIp': '::/0' } }, { 'aws:SourceIp': ['203.0.113.1'] }, false],
  [OPERATORS, 'an address outside', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, { 'aws:SourceIp': ['203.0.114.0'] }, false],
  [OPERATORS, 'an asterisk of StringLike reaches over colons', { StringLike: { 'aws:SourceArn': finance } }, { 'aws:SourceArn': [elsewhere] }, true],
  [OPERATORS, 'an asterisk of ArnLike does not', { ArnLike: { 'aws:SourceArn': finance } }, { 'aws:SourceArn': [elsewhere] }, false],
  [OPERATORS, 'ArnEquals takes wildcards as ArnLike does', { ArnEquals: { 'aws:SourceArn': finance } }, { 'aws:SourceArn': [elsewhere.replace(/store.*?:finance/, 'finance').replace('999999999999', '111122223333')] }, true],
  [OPERATORS, 'a negated operator holds without the key', { ArnNotLike: { 'aws:SourceArn': finance } }, { 'aws:SourceArn': null }, true],
  [OPERATORS, 'IfExists holds without the key', { StringLikeIfExists: { 'ec2:InstanceType': ['t1.*', 'm3.*'] } }, { 'ec2:InstanceType': null }, true],
  [OPERATORS, 'IfExists compares a key that is there', { StringLikeIfExists: { 'ec2:InstanceType': ['t1.*', 'm3.*'] } }, { 'ec2:InstanceType': ['c5.large'] }, false],
  [OPERATORS, 'Null holds without the key', { Null: { 'aws:TokenIssueTime': 'true' } }, { 'aws:TokenIssueTime': null }, true],
  [OPERATORS, 'Null false asks for the key', { Null: { 'aws:TokenIssueTime': 'false' } }, { 'aws:TokenIssueTime': null }, false],
  [SETS, 'several keys must all hold', { StringEquals: { 'aws:PrincipalAccount': '1', 'aws:RequestedRegion': ['a', 'b'] } }, { 'aws:PrincipalAccount': ['1'], 'aws:RequestedRegion': ['b'] }, true],
  [SETS, 'one of several keys fails', { StringEquals: { 'aws:PrincipalAccount': '1', 'aws:RequestedRegion': ['a', 'b'] } }, { 'aws:PrincipalAccount': ['1'], 'aws:RequestedRegion': ['c'] }, false],
  [SETS, 'several values of a negated operator: none may match', { StringNotEquals: { 'aws:PrincipalAccount': ['1', '2'] } }, { 'aws:PrincipalAccount': ['2'] }, false],
  [SETS, 'every attribute is in the list', thread, { 'dynamodb:Attributes': ['Message', 'Tags'] }, true],
  [SETS, 'one attribute is not in the list', thread, { 'dynamodb:Attributes': ['PostDateTime', 'UserName'] }, false],
  [SETS, 'ForAllValues holds without the key', thread, { 'dynamodb:Attributes': null }, true],
  [SETS, 'one attribute is forbidden', forbidden, { 'dynamodb:Attributes': ['UserName', 'Message', 'PostDateTime'] }, true],
  [SETS, 'no attribute is forbidden', forbidden, { 'dynamodb:Attributes': ['UserName'] }, false],
  [SETS, 'ForAnyValue fails on an empty set', forbidden, { 'dynamodb:Attributes': [] }, false],
])('%s: %s', (_source, _example, condition, context, expected) => {
  expect(holds(condition, context)).toBe(expected ? 'ALLOWED' : 'DENIED');
});

test.each<[string, object, ContextValues, string]>([
  ['an operator that is not known', { StringMatches: { 'aws:username': 'ana' } }, { 'aws:username': ['ana'] }, 'StringMatches of aws:username'],
  ['a key of which nobody knows', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, {}, 'the condition key aws:PrincipalOrgID is not known'],
  ['a variable of which nobody knows', { StringEquals: { 'aws:username': '${aws:PrincipalTag/team}' } }, { 'aws:username': ['ana'] }, 'aws:PrincipalTag/team'],
  ['a variable that is none', { StringEquals: { 'aws:username': '${team}' } }, { 'aws:username': ['ana'] }, 'the policy variable ${team}'],
  ['a number that is none', { NumericEquals: { 's3:max-keys': 'ten' } }, { 's3:max-keys': ['10'] }, 'the value ten'],
  ['a range that is none', { IpAddress: { 'aws:SourceIp': '203.0.113.0/64' } }, { 'aws:SourceIp': ['203.0.113.1'] }, 'the address range 203.0.113.0/64'],
  ['an ARN that is none', { ArnLike: { 'aws:SourceArn': 'sns:*' } }, { 'aws:SourceArn': ['arn:aws:sns:::t'] }, 'sns:* is not an ARN'],
  ['one value compared with a set', { StringEquals: { 'aws:TagKeys': 'a' } }, { 'aws:TagKeys': ['a', 'b'] }, 'compares one value, and aws:TagKeys has 2'],
])('%s is refused by name, not decided', (_what, condition, context, named) => {
  expect(decision(condition, context)).toMatchObject({ decision: 'UNEVALUATED', because: expect.stringContaining(named) });
});

test('what cannot be read refuses only requests that its statement is about', () => {
  const strange = { ...allow('sqs:*', '*', { Condition: { StringMatches: { 'aws:username': 'ana' } } }), Effect: 'Deny' };
  const identity = [policy([allow('*'), strange])];
  expect(decide({ action: 'sns:Publish' }, { identity }).decision).toBe('ALLOWED');
  expect(decide({ action: 'sqs:SendMessage' }, { identity }).decision).toBe('UNEVALUATED');
});

test('before version 2012-10-17 a variable is plain text, and wildcards never come out of a variable’s value', () => {
  const ask = (Version: string, key: string, username: string) => {
    const identity = [parsePolicy('own', { Version, Statement: allow('s3:*', 'arn:aws:s3:::bucket/${aws:username}') }, 'IDENTITY')];
    return decide({ action: 's3:GetObject', resource: `arn:aws:s3:::bucket/${key}`, owner: '111122223333', context: { 'aws:username': [username] } }, { identity }).decision;
  };
  expect(ask('2012-10-17', 'ana', 'ana')).toBe('ALLOWED');
  expect(ask('2012-10-17', 'ana', '*')).toBe('DENIED');
  expect(ask('2008-10-17', 'ana', 'ana')).toBe('DENIED');
  expect(ask('2008-10-17', '${aws:username}', 'ana')).toBe('ALLOWED');
});
