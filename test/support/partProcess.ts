import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import type { Part } from '../../local/supervisor/part';
import { eventually } from './eventually';

/** One run of a part as the supervisor would start it: it ends with this process, however this process ends. */
export class PartProcess {
  readonly #child: ChildProcess;
  readonly #gone: Promise<void>;
  /** How it ended, once it has. */
  #end: string | undefined;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#gone = new Promise((resolve) => {
      const ended = (how: string) => {
        this.#end = how;
        resolve();
      };
      child.once('error', ({ message }) => ended(message));
      child.once('exit', (code, signal) => ended(`it ended with ${signal ?? code}`));
    });
  }

  /**
   * Resolves when the part is healthy.
   *
   * @param logFile Where its output is added.
   * @throws Error with the end of its log, at once when it ended instead
   */
  static async start(part: Part, logFile: string, environment: NodeJS.ProcessEnv = {}): Promise<PartProcess> {
    const log = openSync(logFile, 'a');
    const running = new PartProcess(spawn(part.command, part.args, { env: { ...environment, ...part.env }, stdio: ['pipe', log, log] }));
    closeSync(log);
    const healthy = async () => running.#end !== undefined || (await fetch(part.healthUrl)).ok;
    await eventually(healthy).catch(() => running.end('SIGKILL'));
    if (running.#end === undefined) return running;
    throw new Error(`${part.name} did not start: ${running.#end}. The end of its log:\n${readFileSync(logFile, 'utf8').slice(-4_000)}`);
  }

  /** Ends the process, unless it has ended already, and waits until it is gone. */
  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.#end === undefined) this.#child.kill(signal);
    await this.#gone;
  }
}
