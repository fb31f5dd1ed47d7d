import { arnOf, type Kind } from '../../redshift/ids';
import type { Place } from './call';
import type { Input } from './input';
import { isArn, on, onEverything, type Reader, type Readers } from './readers';

const named = (kind: Kind, member: string) => (input: Input, at: Place): string => {
  const name = input.needed(member);
  return isArn(name) ? name : arnOf(kind, { account: at.account, region: at.region, name });
};

export const redshiftServerless: Readers = {
  ...on('CreateNamespace GetNamespace UpdateNamespace DeleteNamespace', named('namespace', 'namespaceName')),
  ...on('CreateWorkgroup GetWorkgroup UpdateWorkgroup DeleteWorkgroup GetCredentials', named('workgroup', 'workgroupName')),
  ...onEverything('ListNamespaces ListWorkgroups CreateUsageLimit GetUsageLimit UpdateUsageLimit DeleteUsageLimit ListUsageLimits'),
};

/** The Data API signs in as who calls, with credentials of the workgroup or with a secret. */
const execute: Reader = async (input, at) => {
  const workgroup = named('workgroup', 'WorkgroupName')(input, at);
  const secret = input.text('SecretArn');
  const signIn = secret === undefined ? { action: 'redshift-serverless:GetCredentials', resource: workgroup } : { action: 'secretsmanager:GetSecretValue', resource: (await at.deployed.secretArn(at.account, at.region, secret)) ?? secret };
  return [{ resource: workgroup }, signIn];
};

export const redshiftData: Readers = {
  ExecuteStatement: execute,
  BatchExecuteStatement: execute,
  ...onEverything('DescribeStatement GetStatementResult CancelStatement ListStatements'),
};
