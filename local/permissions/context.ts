import type { ContextValues } from './policy/context';
import type { Principal } from './policy/principals';

/** What is known of a request beside what it asks for. */
export interface Circumstances {
  readonly principal: Principal;
  /** Tags of the role or user. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  readonly region: string;
  readonly resourceAccount: string;
  readonly now: Date;
  readonly sourceIp: string;
  readonly secureTransport: boolean;
  /** For which resource an AWS service acts. @default the caller acts for itself */
  readonly source?: { readonly arn?: string; readonly account: string };
}

const TYPES: Readonly<Record<Principal['kind'], string | null>> = { SESSION: 'AssumedRole', USER: 'User', ACCOUNT: 'Account', SERVICE: null, ANONYMOUS: 'Anonymous' };

/**
 * The global condition keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html. Those that
 * are not here (organizations, VPCs, tags of resources) are not known, and a policy that asks for one refuses the request.
 */
export function globalKeys(circumstances: Circumstances): ContextValues {
  const { principal, tags = {}, region, resourceAccount, now, sourceIp, secureTransport, source } = circumstances;
  const isService = principal.kind === 'SERVICE';
  const account = 'account' in principal ? [principal.account] : null;
  return {
    'aws:CurrentTime': [now.toISOString()],
    'aws:EpochTime': [String(Math.floor(now.getTime() / 1000))],
    'aws:RequestedRegion': [region],
    'aws:ResourceAccount': [resourceAccount],
    'aws:SecureTransport': [String(secureTransport)],
    'aws:SourceIp': isService ? null : [sourceIp],
    'aws:SourceArn': source?.arn === undefined ? null : [source.arn],
    'aws:SourceAccount': source ? [source.account] : null,
    'aws:ViaAWSService': ['false'],
    'aws:CalledVia': null,
    'kms:ViaService': null,
    'aws:PrincipalAccount': account,
    'kms:CallerAccount': account,
    'aws:PrincipalArn': arnOf(principal),
    'aws:PrincipalType': TYPES[principal.kind] === null ? null : [TYPES[principal.kind] ?? ''],
    'aws:PrincipalIsAWSService': [String(isService)],
    'aws:PrincipalServiceName': isService ? [principal.name] : null,
    'aws:username': principal.kind === 'USER' ? [principal.arn.replace(/^.*\//, '')] : null,
    ...tagged('aws:PrincipalTag/', tags),
  };
}

/** Keys of a resource that has these tags and no others; IAM has its own name for those of roles. */
export function resourceTags(tags: Readonly<Record<string, string>>): ContextValues {
  return { ...tagged('aws:ResourceTag/', tags), ...tagged('iam:ResourceTag/', tags) };
}

const tagged = (prefix: string, tags: Readonly<Record<string, string>>): ContextValues => ({
  [prefix]: null,
  ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}${key}`, [value]])),
});

/** Of a session it is the role's. */
function arnOf(principal: Principal): string[] | null {
  if (principal.kind === 'SESSION') return [principal.role];
  return 'arn' in principal ? [principal.arn] : null;
}
