import * as z from 'zod';
import { nameOf, type Principal } from '../permissions/policy/principals';
import { ServiceError } from './errors';
import { signatureOf, type Signature } from './signature';

/** Who makes a request. */
export interface Caller {
  readonly account: string;
  readonly region: string;
  /** Name the request was signed for, e.g. `codepipeline`. */
  readonly service: string;
  readonly principal: Principal;
  /** ARN of the principal; of a service that acts for itself, its name. */
  readonly arn: string;
}

const prefix = 'MSR1.';
/** A session of a role, or an AWS service that acts for itself. */
const Token = z.union([z.object({ r: z.string(), s: z.string() }), z.object({ p: z.string() })]);
const roleArn = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

/** The session token of a service that acts for itself, e.g. `codebuild.amazonaws.com`, as AWS's own do behind its walls. */
export const serviceToken = (name: string): string => `${prefix}${Buffer.from(JSON.stringify({ p: name })).toString('base64url')}`;

/**
 * Reads account, region and principal from a signature: an access key of 12 digits is that account's root, a session
 * token made by AssumeRole names its role.
 *
 * @throws ServiceError when the credentials name no account
 */
export function callerBy({ accessKey, region, service, sessionToken = '' }: Signature): Caller {
  const principal = sessionToken.startsWith(prefix) ? principalOf(sessionToken) : undefined;
  const callerIs = (who: Principal, account: string): Caller => ({ account, region, service, principal: who, arn: nameOf(who) });
  if (principal?.kind === 'SESSION') return callerIs(principal, principal.account);
  if (!/^\d{12}$/.test(accessKey)) throw new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403);
  return callerIs(principal ?? { kind: 'ACCOUNT', arn: `arn:aws:iam::${accessKey}:root`, account: accessKey }, accessKey);
}

/**
 * Who makes a request to an AWS service.
 *
 * @throws ServiceError when it is unsigned or its credentials name no account
 */
export function callerOf(headers: Headers): Caller {
  const signature = signatureOf(Object.fromEntries(headers), '/');
  if (signature === undefined) throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
  return callerBy(signature);
}

/** The session of a role, under the name of the session. */
export function sessionOf(role: string, session: string): Principal & { kind: 'SESSION' } {
  const [, account, name] = roleArn.exec(role) ?? [];
  if (account === undefined) throw new ServiceError('UnrecognizedClientException', `${role} is no role.`, 403);
  return { kind: 'SESSION', arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`, role, account };
}

function principalOf(token: string): Principal {
  try {
    const content = Token.parse(JSON.parse(Buffer.from(token.slice(prefix.length), 'base64url').toString()));
    return 'p' in content ? { kind: 'SERVICE', name: content.p } : sessionOf(content.r, content.s);
  } catch {
    throw new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403);
  }
}
