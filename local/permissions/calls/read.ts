import * as z from 'zod';
import { placeOf, UnreadableCall, type Call, type CallNeeds, type Deployed } from './call';
import { cloudformation, codebuild, codepipeline } from './deployments';
import { dynamodb, dynamodbStreams } from './dynamodb';
import { cognitoIdp, iam, sts } from './identities';
import { Input } from './input';
import { ec2 } from './networks';
import { events, ses, sns, sqs } from './messages';
import { personalize } from './personalize';
import { athena, glue } from './queries';
import type { Readers, Wanted } from './readers';
import { redshiftData, redshiftServerless } from './redshift';
import { readRoute } from './routes';
import { firehose, kinesis, kms, secretsmanager, ssm } from './settings';
import { states } from './states';
import { readsStorageBody, readStorageCall } from './storage';
import { cloudwatch, logs } from './watching';

/** Services whose calls name their operation, by the name they are signed for. */
const NAMED: Readonly<Record<string, Readers>> = {
  cloudformation, codebuild, codepipeline, 'cognito-idp': cognitoIdp, ec2, events, firehose, iam, kinesis, kms, logs, secretsmanager, ses, sns, sqs, ssm, states, sts,
  dynamodb: { ...dynamodb, ...dynamodbStreams },
  'redshift-data': redshiftData,
  'redshift-serverless': redshiftServerless,
  athena,
  glue,
  monitoring: cloudwatch,
  personalize,
};
/** Prefixes of actions that are not the name a service's calls are signed for. */
const PREFIXES: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };
const BY_PATH = new Set(['lambda', 'cloudfront', 'apigateway', 'es', 'emr-serverless', 'quicksight']);

/** Whether the body of a call says what it needs; an upload's is never held. */
export function readsBody(call: Pick<Call, 'service' | 'method' | 'url'>): boolean {
  if (call.service === 's3') return readsStorageBody(call);
  // A changed distribution says what it is changed to, a job by which role it is run, a data set from what it is made.
  return !BY_PATH.has(call.service) || (call.service === 'cloudfront' && call.method === 'PUT') || (['emr-serverless', 'quicksight'].includes(call.service) && call.method === 'POST');
}

/**
 * What a call must be allowed. Whether it is, is for the policies to say.
 *
 * @throws UnreadableCall when the service, the operation or what it is about is not known: such a call is refused
 */
export async function readCall(call: Call, deployed: Deployed): Promise<CallNeeds> {
  try {
    const { operation, wanted } = await wantedBy(call, deployed);
    const prefix = PREFIXES[call.service] ?? call.service;
    return {
      operation,
      needs: wanted.map(({ action = operation, resource, resourceAccount, keys = {} }) => ({ action: action.includes(':') ? action : `${prefix}:${action}`, resource, resourceAccount, keys })),
    };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof URIError || error instanceof z.ZodError) throw new UnreadableCall(`the call of ${call.service} cannot be read: ${error.message}`, { cause: error });
    throw error;
  }
}

async function wantedBy(call: Call, deployed: Deployed): Promise<{ operation: string; wanted: readonly Wanted[] }> {
  const at = placeOf(call, deployed);
  if (call.service === 's3') return readStorageCall(call, at);
  if (BY_PATH.has(call.service) || call.url.startsWith('/v2/email/') || (call.service === 'personalize' && call.headers['x-amz-target'] === undefined)) return readRoute(call, at);
  const input = inputOf(call);
  const readers = NAMED[call.service] ?? {};
  const reader = Object.hasOwn(readers, input.operation) ? readers[input.operation] : undefined;
  if (reader === undefined) throw new UnreadableCall(`${input.operation} of ${call.service} is not known here`, { operation: input.operation });
  return { operation: input.operation, wanted: await reader(input, at) };
}

/** The operation stands in the target header (AWS JSON), in the path (RPC v2) or in the form (Query). */
function inputOf({ headers, url, body, service }: Call): Input {
  const [, target] = /\.(\w+)$/.exec(String(headers['x-amz-target'] ?? '')) ?? [];
  if (target !== undefined) return new Input(target, body === '' ? {} : JSON.parse(body));
  const { pathname, searchParams } = new URL(url, 'http://aws');
  const [, operation] = /^\/service\/\w+\/operation\/(\w+)$/.exec(pathname) ?? [];
  if (operation !== undefined) return new Input(operation, {});
  const form = new URLSearchParams([...searchParams, ...new URLSearchParams(body)]);
  const action = form.get('Action');
  if (action === null) throw new UnreadableCall(`a call of ${service} names no operation`);
  return new Input(action, Object.fromEntries(form));
}
