import * as z from 'zod';
import { ServiceError } from './errors';

/** Who makes a request, read from its signature; signatures themselves are not checked on one machine. */
export interface Caller {
  readonly account: string;
  readonly region: string;
  /** Name the request was signed for, e.g. `codepipeline`. */
  readonly service: string;
  /** ARN of the principal: the account's root, or an assumed role's session. */
  readonly arn: string;
}

const sessionPrefix = 'MSR1.';
const sessionToken = z.object({ r: z.string(), s: z.string() });
const roleArn = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

/**
 * Reads account, region and principal from a SigV4 request: an access key of 12 digits is that account's root, a session
 * token made by AssumeRole names its role.
 *
 * @throws ServiceError when the request is unsigned or its credentials name no account
 */
export function callerOf(headers: Headers): Caller {
  const credential = /Credential=([^,\s]+)/.exec(headers.get('authorization') ?? '')?.[1];
  const [accessKey, , region, service] = credential?.split('/') ?? [];
  if (accessKey === undefined || region === undefined || service === undefined)
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);

  const token = headers.get('x-amz-security-token') ?? '';
  if (token.startsWith(sessionPrefix)) {
    const { account, arn } = assumedRole(token);
    return { account, region, service, arn };
  }
  if (/^\d{12}$/.test(accessKey)) return { account: accessKey, region, service, arn: `arn:aws:iam::${accessKey}:root` };
  throw new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403);
}

function assumedRole(token: string): { account: string; arn: string } {
  try {
    const { r, s } = sessionToken.parse(JSON.parse(Buffer.from(token.slice(sessionPrefix.length), 'base64url').toString()));
    const [, account, role] = roleArn.exec(r) ?? [];
    if (account !== undefined) return { account, arn: `arn:aws:sts::${account}:assumed-role/${role}/${s}` };
  } catch {
    // A token that cannot be read is answered below, as one that was made up.
  }
  throw new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403);
}
