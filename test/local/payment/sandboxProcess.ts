import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../../local/host/ports';
import type { Part } from '../../../local/supervisor/part';
import { eventually } from '../../support/eventually';

/** A sandbox as the supervisor runs it, to be killed and started again with the same port and state. */
export class SandboxProcess {
  readonly #part: Part;
  #child: ChildProcess | undefined;

  private constructor(
    part: Part,
    readonly url: string,
  ) {
    this.#part = part;
  }

  static async start(makePart: (props: { port: number; stateDir: string }) => Part, stateDir: string): Promise<SandboxProcess> {
    const port = await freePort();
    const process = new SandboxProcess(makePart({ port, stateDir }), `http://127.0.0.1:${port}`);
    await process.start();
    return process;
  }

  async start(): Promise<void> {
    this.#child = spawn(this.#part.command, this.#part.args, { env: this.#part.env, stdio: ['pipe', 'ignore', 'inherit'] });
    await eventually(() => fetch(this.#part.healthUrl).then(({ ok }) => ok));
  }

  /** As a machine that loses its power, as far as a process can tell. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** @throws Error with what the controls objected to */
  async control<T = unknown>(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/_sandbox${path}`, { method, headers: { 'content-type': 'application/json' }, ...(body !== undefined && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}
