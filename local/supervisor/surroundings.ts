import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { Link, Surroundings } from '../../contracts/surroundings';
import { errorCode } from '../host/errors';
import { memoryOfGroups } from '../host/memory';
import { isLoopback } from '../host/loopback';
import type { Supervisor } from './supervisor';

const LONGEST_LOG = 256 * 1_024;

/** Tells the console, on the loopback, of pages to link to and of the parts that the supervisor looks after. */
export async function serveSurroundings({ supervisor, links, port }: { supervisor: Supervisor; links: () => readonly Link[]; port: number }): Promise<Server> {
  const server = createServer((request, response) => {
    if (!isLoopback(request.headers.host ?? '')) return response.writeHead(403).end();
    const [, log] = /^\/logs\/([\w-]+)$/.exec(request.url ?? '') ?? [];
    const part = log && supervisor.parts.find(({ name }) => name === log);
    if (part) return response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(endOf(part.logFile));
    if (request.url !== '/') return response.writeHead(404).end();
    void surroundings(supervisor, links()).then((told) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(told)));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return server;
}

async function surroundings({ parts }: Supervisor, links: readonly Link[]): Promise<Surroundings> {
  const memory = memoryOfGroups();
  return {
    links: [...links],
    parts: await Promise.all(
      parts.map(async (part) => ({ name: part.name, health: await part.health(), memoryBytes: memory.get(part.pid ?? 0), startedAt: part.startedAt?.toISOString(), restarts: part.restarts })),
    ),
  };
}

/** Whole lines, as many as fit. */
function endOf(file: string): string {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const { size } = fstatSync(descriptor);
      const from = Math.max(0, size - LONGEST_LOG);
      const buffer = Buffer.alloc(size - from);
      readSync(descriptor, buffer, 0, buffer.length, from);
      const text = buffer.toString();
      return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}
