import type { Outcome } from './authorize';
import type { Call } from './calls/call';
import { nameOf, type Principal } from './policy/principals';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Services whose calls are paths and whose answers are JSON. */
const REST_JSON = new Set(['lambda', 'apigateway', 'personalize', 'emr-serverless', 'quicksight']);

type Refused = Pick<Outcome, 'operation' | 'refused'>;

/** The refusal of a call as its service answers it, so that the AWS CLI and the SDKs make their own error of it. */
export function refusal(call: Pick<Call, 'service' | 'headers' | 'method' | 'url'>, principal: Principal, refused: Refused, requestId: string): Answer {
  const { service, headers, method, url } = call;
  const message = messageOf(service, principal, refused);
  if (headers['x-amz-target'] !== undefined) return json(400, '__type', message, requestId);
  if (REST_JSON.has(service) || url.startsWith('/v2/email/')) return json(403, 'Type', message, requestId);
  const code = service === 'sns' ? 'AuthorizationError' : 'AccessDenied';
  const error = `<Code>${code}</Code><Message>${inXml(message)}</Message>`;
  const body = service === 's3' ? `<Error>${error}<RequestId>${requestId}</RequestId></Error>` : `<ErrorResponse><Error><Type>Sender</Type>${error}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
  // The answer to HEAD has no body.
  return { status: 403, headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId }, body: method === 'HEAD' ? '' : `<?xml version="1.0" encoding="UTF-8"?>${body}` };
}

function json(status: number, typeMember: string, message: string, requestId: string): Answer {
  const type = 'AccessDeniedException';
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId, 'x-amzn-errortype': type }, body: JSON.stringify({ [typeMember]: type, message }) };
}

/** The sentence of AWS's errors: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html. */
export function messageOf(service: string, principal: Principal, { operation, refused }: Refused): string {
  const { need, because = '' } = refused ?? {};
  const what = need === undefined ? `${service}:${operation}` : `${need.action} on resource: ${need.resource}`;
  return `User: ${nameOf(principal)} is not authorized to perform: ${what} ${because}`;
}

const inXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
