import { RequestContext, type ContextValues } from '../../../local/permissions/policy/context';
import { parsePolicy, type Policy, type PolicyKind } from '../../../local/permissions/policy/document';
import { evaluate, type Evaluation, type Policies } from '../../../local/permissions/policy/evaluate';
import type { Principal } from '../../../local/permissions/policy/principals';

export const ACCOUNT = '111122223333';
export const OTHER = '444455556666';

export const session = (account = ACCOUNT, role = 'examplerole', name = 'examplesession'): Principal => ({
  kind: 'SESSION',
  arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
  role: `arn:aws:iam::${account}:role/${role}`,
  account,
});
export const user = (name: string, account = ACCOUNT): Principal => ({ kind: 'USER', arn: `arn:aws:iam::${account}:user/${name}`, account });
export const root = (account = ACCOUNT): Principal => ({ kind: 'ACCOUNT', arn: `arn:aws:iam::${account}:root`, account });
export const service = (name: string): Principal => ({ kind: 'SERVICE', name });

/** A policy of these statements, in the current version of the language. */
export const policy = (statements: unknown, kind: PolicyKind = 'IDENTITY', name = kind.toLowerCase()): Policy =>
  parsePolicy(name, { Version: '2012-10-17', Statement: statements }, kind);

export const allow = (action: string | readonly string[], resource: string | readonly string[] = '*', rest: object = {}) => ({ Effect: 'Allow', Action: action, Resource: resource, ...rest });
export const deny = (action: string | readonly string[], resource: string | readonly string[] = '*', rest: object = {}) => ({ ...allow(action, resource, rest), Effect: 'Deny' });

export interface Asked {
  readonly principal?: Principal;
  readonly action: string;
  readonly resource?: string;
  readonly owner?: string;
  readonly context?: ContextValues;
}

export const decide = ({ principal = session(), action, resource = '*', owner, context = {} }: Asked, policies: Partial<Policies>): Evaluation =>
  evaluate({ principal, action, resource, resourceAccount: owner, context: new RequestContext(context) }, { identity: [], ...policies });
