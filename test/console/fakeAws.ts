import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Input = Record<string, unknown>;
/** Answers one operation: `CodePipeline_20150709.ListPipelines`, or `DescribeStackEvents` with its XML result. */
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
  url: string;
  /** Every call in order, `PutApprovalResult` with its input. */
  calls: { operation: string; input: Input }[];
  close(): Promise<void>;
}

/** A server that speaks AWS JSON 1.1 and the query protocol for just the operations it is given. */
export async function fakeAws(operations: Operations, port = 0): Promise<FakeAws> {
  const calls: FakeAws['calls'] = [];
  const server = createServer((request, response) => void answer(request, response, operations, calls));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    calls,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, operations: Operations, calls: FakeAws['calls']): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const target = request.headers['x-amz-target'];
  const json = typeof target === 'string';
  const input = json ? (JSON.parse(body) as Input) : (Object.fromEntries(new URLSearchParams(body)) as Input);
  const operation = json ? target : String(input.Action);
  calls.push({ operation: operation.replace(/^.*\./, ''), input });
  try {
    const perform = operations[operation];
    if (!perform) throw new Fault('UnknownOperationException', `The fake does not know ${operation}.`);
    const result = perform(input);
    if (json) response.setHeader('content-type', 'application/x-amz-json-1.1').end(JSON.stringify(result));
    else response.setHeader('content-type', 'text/xml').end(`<${operation}Response><${operation}Result>${String(result)}</${operation}Result></${operation}Response>`);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    response.statusCode = error.status;
    if (json) response.setHeader('content-type', 'application/x-amz-json-1.1').end(JSON.stringify({ __type: error.code, message: error.message }));
    else response.setHeader('content-type', 'text/xml').end(`<ErrorResponse><Error><Type>Sender</Type><Code>${error.code}</Code><Message>${error.message}</Message></Error></ErrorResponse>`);
  }
}
