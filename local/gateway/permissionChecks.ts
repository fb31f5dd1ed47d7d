import type { IncomingMessage, ServerResponse } from 'node:http';
import { callerBy } from '../aws/caller';
import { ServiceError } from '../aws/errors';
import type { Signature } from '../aws/signature';
import type { Gatekeeper } from '../permissions/gatekeeper';
import type { Answer } from '../permissions/refusal';

/** The refusal of a signed call as its service gives it; nothing when it may pass. `body` is empty where it is not read. */
export async function refused(incoming: IncomingMessage, signature: Signature, body: string, gatekeeper: Gatekeeper): Promise<Answer | undefined> {
  const { method = 'GET', url = '/', headers, socket } = incoming;
  try {
    const { account, region, service, principal } = callerBy(signature);
    return await gatekeeper.refusalOf({ service, region, account, method, url, headers, body }, principal, socket.remoteAddress ?? '127.0.0.1');
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { status: error.status, headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': error.name }, body: JSON.stringify({ __type: error.name, message: error.message }) };
  }
}

/** Answers a request whose body nobody is going to read. */
export function giveUnread(incoming: IncomingMessage, outgoing: ServerResponse, { status, headers, body }: Answer): void {
  incoming.resume();
  outgoing.writeHead(status, { ...headers });
  outgoing.end(body);
}
