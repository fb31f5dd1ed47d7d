import type { TestServer } from './ministackServer';
import { account, region } from './ministackServer';

export interface Invocation {
  readonly failed: boolean;
  readonly payload: unknown;
}

/** Invokes a function as the account itself, through the gateway. */
export async function invoke(server: TestServer, name: string, event: unknown = {}): Promise<Invocation> {
  const answer = await fetch(`${server.url}/2015-03-31/functions/${name}/invocations`, { method: 'POST', headers: signedFor('lambda'), body: JSON.stringify(event) });
  return { failed: answer.headers.has('x-amz-function-error'), payload: await answer.json() };
}

/** Calls an operation of a service that speaks JSON 1.0 and of which the project has no client. */
export async function callJson(server: TestServer, service: string, target: string, input: object): Promise<Record<string, unknown>> {
  const headers = { ...signedFor(service), 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0' };
  return (await (await fetch(server.url, { method: 'POST', headers, body: JSON.stringify(input) })).json()) as Record<string, unknown>;
}

const signedFor = (service: string): Record<string, string> => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=none`,
});
