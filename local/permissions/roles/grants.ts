import { parsePolicy, type Policy } from '../policy/document';
import { MANAGED_POLICIES } from './managed';

/** A role as IAM knows it. Documents are JSON, as text or parsed; IAM's own answers have them URL-encoded. */
export interface Role {
  readonly arn: string;
  readonly trust: unknown;
  readonly inline: Readonly<Record<string, unknown>>;
  /** Documents of the attached policies by ARN; of AWS's own they are not asked for. */
  readonly attached: Readonly<Record<string, unknown>>;
  readonly boundary?: { readonly arn: string; readonly document: unknown };
  readonly tags?: Readonly<Record<string, string>>;
}

/** What a role's policies say, compiled. */
export interface Grants {
  readonly identity: readonly Policy[];
  readonly trust: Policy;
  readonly boundary?: Policy;
  readonly tags: Readonly<Record<string, string>>;
}

export function grantsOf({ arn, trust, inline, attached, boundary, tags = {} }: Role): Grants {
  const name = arn.replace(/^.*\//, '');
  return {
    identity: [
      ...Object.entries(inline).map(([policy, document]) => parsePolicy(policy, document, 'IDENTITY')),
      ...Object.entries(attached).map(([policy, document]) => parseAttached(policy, document)),
    ],
    trust: parsePolicy(`trust of ${name}`, trust, 'TRUST'),
    boundary: boundary && parseAttached(boundary.arn, boundary.document),
    tags,
  };
}

function parseAttached(arn: string, document: unknown): Policy {
  const name = arn.replace(/^arn:[^:]*:iam::[^:]*:policy\//, '');
  if (!/^arn:[^:]*:iam::aws:/.test(arn)) return parsePolicy(name, document, 'IDENTITY');
  const known = Object.hasOwn(MANAGED_POLICIES, name) ? MANAGED_POLICIES[name] : undefined;
  return known === undefined ? { name, statements: [], flaw: `the text of AWS’s policy ${name} is not known here` } : parsePolicy(name, known, 'IDENTITY');
}

/** A thing that carries a policy of its own. */
export interface PolicyHolder {
  readonly kind: 'BUCKET' | 'FUNCTION' | 'KEY' | 'QUEUE' | 'ROLE' | 'SECRET' | 'STREAM' | 'TABLE' | 'TOPIC' | 'BUS' | 'DOMAIN';
  /** ARN of the holder: of an object its bucket, of an index its table. */
  readonly arn: string;
}

const HOLDERS: readonly (readonly [PolicyHolder['kind'], RegExp])[] = [
  ['BUCKET', /^arn:[^:]*:s3:::[^/]+/],
  ['FUNCTION', /^arn:[^:]*:lambda:[^:]*:\d+:function:.+/],
  ['KEY', /^arn:[^:]*:kms:[^:]*:\d+:key\/.+/],
  ['QUEUE', /^arn:[^:]*:sqs:.+/],
  ['ROLE', /^arn:[^:]*:iam::\d+:role\/.+/],
  ['SECRET', /^arn:[^:]*:secretsmanager:[^:]*:\d+:secret:.+/],
  ['STREAM', /^arn:[^:]*:kinesis:[^:]*:\d+:stream\/[^/]+/],
  ['TABLE', /^arn:[^:]*:dynamodb:[^:]*:\d+:table\/[^/]+/],
  ['TOPIC', /^arn:[^:]*:sns:.+/],
  ['DOMAIN', /^arn:[^:]*:es:[^:]*:\d+:domain\/[^/]+/],
  ['BUS', /^arn:[^:]*:events:[^:]*:\d+:event-bus\/.+/],
];

/**
 * Whose policy has a say about an action on a resource; `undefined` where no resource policy can be.
 * Only the actions of STS ask a role's trust policy: IAM's own are on the role as on anything else.
 */
export function holderOf(action: string, resource: string): PolicyHolder | undefined {
  for (const [kind, expression] of HOLDERS) {
    const [arn] = expression.exec(resource) ?? [];
    if (arn !== undefined) return kind === 'ROLE' && !action.startsWith('sts:') ? undefined : { kind, arn };
  }
  return undefined;
}
