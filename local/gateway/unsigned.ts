import type { IncomingMessage } from 'node:http';
import type { Gatekeeper } from '../permissions/gatekeeper';
import { SIGN_IN } from '../permissions/calls/identities';
import type { Answer } from '../permissions/refusal';

/** Cognito's pages and keys, where browsers sign in; and MiniStack's own, which answer for deployments and the inbox. */
const PUBLIC = /^\/(oauth2\/|login\b|logout\b|signup\b|forgotPassword\b|_ministack\/|[a-z]{2}(-[a-z]+)+-\d_\w+\/\.well-known\/)/;

/**
 * The refusal of a request that nobody has signed; nothing when it is for everybody: sign-in, the pages of user pools, and
 * objects that their bucket's policy gives to all.
 */
export async function refusedUnsigned(incoming: IncomingMessage, gatekeeper: Gatekeeper): Promise<Answer | undefined> {
  const { method = 'GET', url = '/', headers, socket } = incoming;
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const [service = '', operation = ''] = target.split('.');
    if (service === 'AWSCognitoIdentityProviderService' && SIGN_IN.split(' ').includes(operation)) return undefined;
    const type = 'MissingAuthenticationTokenException';
    return { status: 400, headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': type }, body: JSON.stringify({ __type: type, message: 'Missing Authentication Token' }) };
  }
  if (method === 'OPTIONS' || PUBLIC.test(url)) return undefined;
  return gatekeeper.refusalOf({ service: 's3', region: '', account: '', method, url, headers, body: '' }, { kind: 'ANONYMOUS' }, socket.remoteAddress ?? '');
}
