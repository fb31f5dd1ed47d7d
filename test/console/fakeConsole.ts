import type { Hono } from 'hono';
import { consoleApp, type ConsoleProps } from '../../console/server/app';
import { awsClients } from '../../console/server/awsClients';
import { type FakeAws, fakeAws, type Operations } from './fakeAws';

export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

const origin = 'http://localhost:4700';

/** The console's server over a made-up AWS. */
export interface FakeConsole {
  readonly aws: FakeAws;
  readonly app: Hono;
  request(path: string, headers?: Record<string, string>): Promise<Response>;
  get<T>(path: string): Promise<T>;
  /** What a stream of server-sent events says, until it ends. */
  events(path: string): AsyncGenerator<ServerSentEvent>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

export async function fakeConsole(operations: Operations, props: Partial<ConsoleProps> = {}): Promise<FakeConsole> {
  const environment = { ...process.env };
  const aws = await fakeAws(operations);
  Object.assign(process.env, { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: '111111111111', AWS_SECRET_ACCESS_KEY: 'secret' });
  const app = consoleApp({ clients: awsClients({ region: 'us-east-1' }), pageDirectory: 'console/page', ...props });
  const request = async (path: string, headers: Record<string, string> = {}) => app.request(`${origin}${path}`, { headers: { host: 'localhost:4700', ...headers } });
  const get = async <T>(path: string): Promise<T> => (await request(path)).json();
  return {
    aws,
    app,
    request,
    get,
    events: (path) => eventsOf(request(path)),
    post: async (path, body, headers = {}) => {
      const { token } = await get<{ token: string }>('/api/session');
      return app.request(`${origin}${path}`, { method: 'POST', headers: { host: 'localhost:4700', origin, 'content-type': 'application/json', 'x-console-token': token, ...headers }, body: JSON.stringify(body) });
    },
    close: async () => {
      await aws.close();
      process.env = environment;
    },
  };
}

async function* eventsOf(asked: Promise<Response>): AsyncGenerator<ServerSentEvent> {
  let text = '';
  for await (const part of (await asked).body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const messages = (text + part).split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(message)?.[1] ?? '';
      yield { event: field('event'), data: field('data') };
    }
  }
}
