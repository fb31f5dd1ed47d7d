import type { TestServer } from './ministackServer';
import { account, region } from './ministackServer';

export interface Invocation {
  readonly failed: boolean;
  readonly payload: unknown;
  /** The end of what it has logged. */
  readonly log: string;
}

/** Invokes a function as the account itself, through the gateway. */
export async function invoke(server: TestServer, name: string, event: unknown = {}): Promise<Invocation> {
  const answer = await fetch(`${server.url}/2015-03-31/functions/${name}/invocations`, { method: 'POST', headers: { ...signedFor('lambda'), 'x-amz-log-type': 'Tail' }, body: JSON.stringify(event) });
  const log = Buffer.from(answer.headers.get('x-amz-log-result') ?? '', 'base64').toString('utf8');
  return { failed: answer.headers.has('x-amz-function-error'), payload: await answer.json(), log };
}

/** Publishes a layer. @returns the path of its version, which `layerContent` reads */
export async function publishLayer(server: TestServer, name: string, zip: Buffer): Promise<string> {
  const path = `/2018-10-31/layers/${name}/versions`;
  const answer = await fetch(server.url + path, { method: 'POST', headers: signedFor('lambda'), body: JSON.stringify({ Content: { ZipFile: zip.toString('base64') } }) });
  return `${path}/${((await answer.json()) as { Version: number }).Version}`;
}

/** The bytes that are downloaded for a version of a layer. */
export async function layerContent(server: TestServer, version: string): Promise<Buffer> {
  const answer = await fetch(server.url + version, { headers: signedFor('lambda') });
  const { Content } = (await answer.json()) as { Content: { Location: string } };
  const { pathname, search } = new URL(Content.Location);
  return Buffer.from(await (await fetch(server.url + pathname + search, { headers: signedFor('lambda') })).arrayBuffer());
}

/** Calls an operation of a service that speaks JSON 1.0 and of which the project has no client. */
export async function callJson(server: TestServer, service: string, target: string, input: object): Promise<Record<string, unknown>> {
  const headers = { ...signedFor(service), 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0' };
  return (await (await fetch(server.url, { method: 'POST', headers, body: JSON.stringify(input) })).json()) as Record<string, unknown>;
}

const signedFor = (service: string): Record<string, string> => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=none`,
});
