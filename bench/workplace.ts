import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentWithoutAws } from '../local/host/environment';
import { ROOT } from '../local/host/folders';

export interface Run {
  readonly stdout: string;
  readonly milliseconds: number;
}

/** A folder for one part of the bench, and all that must be ended and removed after it, however it ends. */
export class Workplace {
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly #endings: (() => Promise<void>)[] = [];
  #closed = false;

  private constructor(name: string, signal: AbortSignal) {
    this.folder = mkdtempSync(join(tmpdir(), `bench-${name}-`));
    this.signal = signal;
  }

  /** Lends a workplace to `work` and clears it afterwards: when it is done, when it failed, and when `signal` aborts. */
  static async use<T>(name: string, signal: AbortSignal, work: (place: Workplace) => Promise<T>): Promise<T> {
    const place = new Workplace(name, signal);
    const aborted = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
    try {
      signal.throwIfAborted();
      return await Promise.race([work(place), aborted]);
    } finally {
      await place.#close();
    }
  }

  /** Something to be ended with the workplace, the last first; at once when the workplace is closed already. */
  async atEnd(end: () => Promise<void>): Promise<void> {
    if (this.#closed) await end();
    else this.#endings.push(end);
    this.signal.throwIfAborted();
  }

  /**
   * Runs Node.js in the repository until it ends.
   *
   * @throws Error with the last of what it said when it ends with anything but 0
   */
  async node(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
    this.signal.throwIfAborted();
    const start = performance.now();
    const child = spawn(process.execPath, args, { cwd: ROOT, env: { ...environmentWithoutAws(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = (): void => void child.kill('SIGTERM');
    this.signal.addEventListener('abort', stop);
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) child[stream].on('data', (data: Buffer) => (said[stream] += data.toString()));
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    try {
      const code = await ended;
      this.signal.throwIfAborted();
      if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}:\n${(said.stdout + said.stderr).slice(-2_000)}`);
      return { stdout: said.stdout, milliseconds: performance.now() - start };
    } finally {
      this.signal.removeEventListener('abort', stop);
    }
  }

  async #close(): Promise<void> {
    this.#closed = true;
    for (const end of this.#endings.toReversed()) await end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
