import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the range that systems take the ports of outgoing connections from: one of those could be gone before somebody listens on it.
const [FIRST, END] = [10_240, 32_000];

/** Ports that somebody of this process is going to listen on: nobody does yet, and they are not to be given away once more. */
const promised = new Set<number>();

/** Keeps these from being given to anybody else of this process. */
export function promise(...ports: readonly number[]): void {
  for (const port of ports) promised.add(port);
}

/** A port of the loopback that nobody listens on now, and that nobody of this process was given before. */
export async function freePort(): Promise<number> {
  return freePorts(1);
}

/** The first of `count` such ports in a row. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = randomInt(FIRST, END);
    const ports = Array.from({ length: count }, (_, index) => first + index);
    const free = await Promise.all(ports.map(async (port) => !promised.has(port) && (await isFree(port))));
    // Again, since somebody else may have been given one of them meanwhile.
    if (!free.every(Boolean) || ports.some((port) => promised.has(port))) continue;
    promise(...ports);
    return first;
  }
}

/** Whether nobody listens on it now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
