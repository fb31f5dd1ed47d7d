import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createGateway } from '../../../local/gateway/gateway';
import { signatureOf } from '../../../local/aws/signature';
import { Sites } from '../../../local/gateway/sites';
import { freePort } from '../../../local/host/ports';
import { installMinistack } from '../../../local/ministack/install';
import { ministackPart } from '../../../local/ministack/ministack';
import { DeployedOnMinistack } from '../../../local/permissions/deployed';
import { Gatekeeper } from '../../../local/permissions/gatekeeper';
import type { PermissionUse } from '../../../local/permissions/use/permissionUse';
import { PartProcess } from '../../support/partProcess';

export const account = '222222222222';
export const region = 'us-east-1';
const partsDir = path.join(__dirname, '..', '..', '..', '.local', 'parts');

/** Answers the calls of one service that is not MiniStack's, given the operation and the parsed request. */
export type StandIn = (operation: string, input: Record<string, unknown>, headers: IncomingHttpHeaders) => { readonly status?: number; readonly body: unknown };

export interface TestServer {
  /** The gateway in front of MiniStack: the only endpoint that clients, functions and CloudFormation know. */
  readonly url: string;
  readonly port: number;
  /** For AWS SDK clients: `new S3Client(server.client())`. */
  client(accountId?: string): { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  /** Ends MiniStack by this signal, waits until it is gone, and starts it again with its state. */
  restart(signal: 'SIGTERM' | 'SIGKILL', meanwhile?: () => Promise<void>): Promise<void>;
  /** What has been saved of one service's state, e.g. `dynamodb`. */
  saved(service: string): Promise<string>;
  /** Only while the server is off does it not write it anew. */
  save(service: string, state: string): Promise<void>;
  log(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * A MiniStack of the test's own, with its mends, state in a folder of its own, behind a gateway with stand-ins. With `use`, the
 * gateway lets only pass what policies allow, and writes down there what roles did. Services in `answering` are handed to a port of 127.0.0.1.
 */
export async function startMinistack(standIns: Readonly<Record<string, StandIn>> = {}, publicNames: Readonly<Record<string, string>> = {}, use?: PermissionUse, answering: Readonly<Record<string, number>> = {}): Promise<TestServer> {
  await installMinistack({ partsDir, onProgress: () => undefined });
  const folder = await mkdtemp(path.join(tmpdir(), 'ministack-test-'));
  const ministackPort = await freePort();
  const ministackUrl = new URL(`http://127.0.0.1:${ministackPort}`);
  const others = createServer((incoming, outgoing) => void answerAs(standIns, incoming, outgoing));
  const runnerUrl = new URL(`http://127.0.0.1:${await listen(others)}`);
  await writeFile(path.join(folder, 'sites.json'), '[]');
  const sites = await Sites.open(path.join(folder, 'sites.json'), ministackUrl, await freePort());
  const gatekeeper = use && new Gatekeeper({ deployed: new DeployedOnMinistack(ministackUrl), use });
  const answeringUrls = Object.entries(answering).map(([service, at]) => [service, new URL(`http://127.0.0.1:${at}`)] as const);
  const gateway = createGateway({ upstreams: { ministack: ministackUrl, others: new Map([['codepipeline', runnerUrl], ['codebuild', runnerUrl], ...answeringUrls]) }, sites, gatekeeper });
  const port = await listen(gateway);
  const url = `http://127.0.0.1:${port}`;

  const logFile = path.join(folder, 'ministack.log');
  const savedIn = (service: string): string => path.join(folder, 'state', 'services', `${service}.json`);
  const start = async (): Promise<PartProcess> => {
    await mkdir(path.join(folder, 'tmp'), { recursive: true });
    const part = await ministackPart({ port: ministackPort, gatewayUrl: url, stateDir: path.join(folder, 'state'), partsDir, tmpDir: path.join(folder, 'tmp'), publicNames });
    return PartProcess.start(part, logFile);
  };
  let running = await start();

  return {
    url,
    port,
    client: (accountId = account) => ({ endpoint: url, region, credentials: { accessKeyId: accountId, secretAccessKey: 'test' } }),
    restart: async (signal, meanwhile) => {
      await running.end(signal);
      await meanwhile?.();
      running = await start();
    },
    saved: (service) => readFile(savedIn(service), 'utf8'),
    save: (service, state) => writeFile(savedIn(service), state),
    log: () => readFile(logFile, 'utf8'),
    stop: async () => {
      await running.end('SIGTERM');
      await sites.close();
      for (const server of [gateway, others]) {
        server.close();
        server.closeAllConnections();
      }
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function answerAs(standIns: Readonly<Record<string, StandIn>>, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const service = signatureOf(incoming.headers, incoming.url ?? '/')?.service ?? '';
  const operation = String(incoming.headers['x-amz-target']).split('.').pop() ?? '';
  const input = JSON.parse(await text(incoming)) as Record<string, unknown>;
  const { status = 200, body } = standIns[service]?.(operation, input, incoming.headers) ?? { status: 501, body: { message: `no stand-in for ${service}` } };
  outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
