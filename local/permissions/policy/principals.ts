import * as z from 'zod';
import { Unevaluated } from './answer';

/** Who makes a request. */
export type Principal =
  /** A session of a role: `arn` is the session's, `role` the role's. */
  | { readonly kind: 'SESSION'; readonly arn: string; readonly role: string; readonly account: string }
  | { readonly kind: 'USER'; readonly arn: string; readonly account: string }
  /** The account itself, its root user: what it may do is limited by nothing that is attached to an identity. */
  | { readonly kind: 'ACCOUNT'; readonly arn: string; readonly account: string }
  /** An AWS service that acts for itself, e.g. `events.amazonaws.com`. */
  | { readonly kind: 'SERVICE'; readonly name: string }
  | { readonly kind: 'ANONYMOUS' };

/** As AWS's errors name it. */
export const nameOf = (principal: Principal): string => ('arn' in principal ? principal.arn : principal.kind === 'SERVICE' ? principal.name : 'anonymous');

/**
 * How a resource's policy names a caller, the weakest first. ACCOUNT leaves it to the policies of the account's identities; ROLE
 * grants, within what limits the role; DIRECTLY grants, whatever other policies leave out.
 */
const WAYS = ['ACCOUNT', 'ROLE', 'DIRECTLY'] as const;
export type Way = (typeof WAYS)[number];

const names = z.union([z.string().transform((name) => [name]), z.array(z.string())]).default([]);
const Named = z.strictObject({ AWS: names, Service: names, Federated: names, CanonicalUser: names });
/** The Principal element. */
export const PrincipalElement = z.union([z.literal('*').transform(() => Named.parse({ AWS: '*' })), Named]);
export type PrincipalElement = z.infer<typeof PrincipalElement>;

export type Naming = (principal: Principal) => Way | undefined | Unevaluated;

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html. */
export function naming({ AWS, Service, CanonicalUser }: PrincipalElement): Naming {
  const strange = [...AWS.filter((name) => !/^(\*|\d{12}|arn:aws[a-z-]*:(iam|sts)::\d{12}:(root|(role|user|assumed-role)\/[^*?]+))$/.test(name)), ...CanonicalUser];
  return (principal) => {
    if (principal.kind === 'SERVICE' && Service.includes(principal.name)) return 'DIRECTLY';
    const way = strongest(AWS.map((name) => wayOf(name, principal)));
    return way ?? (strange.length > 0 ? new Unevaluated(`the principal ${strange.join(', ')} is not known`) : undefined);
  };
}

export const strongest = (ways: readonly (Way | undefined)[]): Way | undefined => WAYS.findLast((way) => ways.includes(way));

function wayOf(name: string, principal: Principal): Way | undefined {
  if (name === '*') return 'DIRECTLY';
  if (principal.kind === 'SERVICE' || principal.kind === 'ANONYMOUS') return undefined;
  if (name === principal.account || new RegExp(`^arn:aws[a-z-]*:iam::${principal.account}:root$`).test(name)) return 'ACCOUNT';
  if (principal.kind === 'SESSION' && name === principal.role) return 'ROLE';
  return name === principal.arn ? 'DIRECTLY' : undefined;
}
