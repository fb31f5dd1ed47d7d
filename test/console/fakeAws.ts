import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { serve } from '../support/http';

export type Input = Record<string, unknown>;
/** Answers one operation: `CodePipeline_20150709.ListPipelines`, `DescribeStackEvents` with its XML result, or `GET /bucket/key` with the object. */
export type Operations = Record<string, (input: Input) => object | string>;

/** An AWS error answer, thrown by an operation. */
export class Fault extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

export interface FakeAws {
  readonly url: string;
  /** Every call in order: `PutApprovalResult` with its input. */
  readonly calls: { operation: string; input: Input }[];
  /** While false, every connection is cut without an answer. */
  available: boolean;
  close(): Promise<void>;
}

/** A server that speaks AWS JSON 1.1 and the query protocol for just the operations it is given. */
export async function fakeAws(operations: Operations): Promise<FakeAws> {
  const calls: FakeAws['calls'] = [];
  const server = await serve((request, response) => {
    if (fake.available) void answer(request, response, operations, calls);
    else request.socket.destroy();
  });
  const fake: FakeAws = { url: server.url.origin, calls, available: true, close: () => server.close() };
  return fake;
}

async function answer(request: IncomingMessage, response: ServerResponse, operations: Operations, calls: FakeAws['calls']): Promise<void> {
  const body = await text(request);
  if (request.method === 'GET') return answerObject(request, response, operations, calls);
  const target = request.headers['x-amz-target'];
  const json = typeof target === 'string';
  const input: Input = json ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
  const operation = json ? target : String(input.Action);
  calls.push({ operation: operation.replace(/^.*\./, ''), input });
  try {
    const perform = operations[operation];
    if (!perform) throw new Fault('UnknownOperationException', `The fake does not know ${operation}.`);
    const result = perform(input);
    if (typeof result === 'string') response.setHeader('content-type', 'text/xml').end(`<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`);
    else response.setHeader('content-type', 'application/x-amz-json-1.1').end(JSON.stringify(result));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    response.statusCode = error.status;
    if (json) response.setHeader('content-type', 'application/x-amz-json-1.1').end(JSON.stringify({ __type: error.code, message: error.message }));
    else response.setHeader('content-type', 'text/xml').end(`<ErrorResponse><Error><Type>Sender</Type><Code>${error.code}</Code><Message>${error.message}</Message></Error></ErrorResponse>`);
  }
}

function answerObject({ url = '' }: IncomingMessage, response: ServerResponse, operations: Operations, calls: FakeAws['calls']): void {
  const operation = `GET ${new URL(url, 'http://fake').pathname}`;
  calls.push({ operation, input: {} });
  const object = operations[operation]?.({});
  if (object instanceof Uint8Array) response.end(object);
  else response.writeHead(403, { 'content-type': 'application/xml' }).end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');
}
