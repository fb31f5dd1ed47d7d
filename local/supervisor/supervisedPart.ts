import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, renameSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { signal } from '../host/processes';
import type { Part } from './part';

/** How often a part may die within `CRASH_WINDOW_MS` before the supervisor gives up on it. */
const MOST_CRASHES = 5;
const CRASH_WINDOW_MS = 60_000;
const READY_DEADLINE_MS = 120_000;
const STOP_GRACE_MS = 20_000;

export interface PartEvents {
  /** A part died and is started again; `reason` is its exit code or signal. */
  readonly onRestart: (part: string, reason: string) => void;
  /** A part died too often; nothing starts it again. */
  readonly onGivenUp: (part: string, message: string) => void;
  readonly onProcess: (part: string, pid: number | undefined) => void;
}

/** One part's process: started, watched, restarted when it dies, stopped. */
export class SupervisedPart {
  readonly #part: Part;
  readonly logFile: string;
  readonly #events: PartEvents;
  #child: ChildProcess | undefined;
  #stopping = false;
  #crashes: number[] = [];
  /** How often it died and was started again. */
  restarts = 0;
  startedAt: Date | undefined;

  constructor(part: Part, logsDir: string, events: PartEvents) {
    this.#part = part;
    this.#events = events;
    mkdirSync(logsDir, { recursive: true });
    this.logFile = join(logsDir, `${part.name}.log`);
    if (existsSync(this.logFile)) renameSync(this.logFile, `${this.logFile}.1`);
  }

  get name(): string {
    return this.#part.name;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async health(): Promise<'answers' | 'does not answer' | 'given up'> {
    if (this.#crashes.length >= MOST_CRASHES) return 'given up';
    return (await answers(this.#part.healthUrl)) ? 'answers' : 'does not answer';
  }

  /** Starts the process and resolves when it is ready. */
  async start(): Promise<void> {
    this.#spawn();
    await this.#untilReady();
  }

  /** Stops the process; resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
    await gone;
    clearTimeout(timer);
  }

  #spawn(): void {
    const log = createWriteStream(this.logFile, { flags: 'a' });
    // A group of its own: Ctrl-C in the terminal must reach the supervisor only, which stops the parts in order,
    // and what a dead part leaves running (workers, builds) can be ended with it. Its input is the leash it ends by.
    const child = spawn(this.#part.command, this.#part.args, { env: this.#part.env, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.#child = child;
    this.startedAt = new Date();
    this.#events.onProcess(this.name, child.pid);
    child.once('error', (error) => log.write(`could not be started: ${error.message}\n`));
    child.once('exit', (code, cause) => {
      if (child.pid !== undefined) signal(-child.pid, 'SIGKILL');
      this.#events.onProcess(this.name, undefined);
      if (!this.#stopping) this.#crashed(cause ?? `exit code ${code}`);
    });
    child.once('close', () => log.end());
  }

  #crashed(reason: string): void {
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter((time) => time > now - CRASH_WINDOW_MS), now];
    if (this.#crashes.length >= MOST_CRASHES) {
      this.#events.onGivenUp(this.name, `${this.name} died ${MOST_CRASHES} times within a minute (${reason}).\n${this.#lastWords()}`);
      return;
    }
    this.restarts += 1;
    this.#events.onRestart(this.name, reason);
    this.#spawn();
  }

  async #untilReady(): Promise<void> {
    const deadline = Date.now() + READY_DEADLINE_MS;
    // A look that begins after the deadline is the last one: this process itself may have been busy until then.
    for (let last = false; !last; await sleep(100)) {
      if (this.#stopping) throw new Error(`${this.name} was stopped before it was ready.`);
      if (this.#crashes.length >= MOST_CRASHES) throw new Error(`${this.name} does not start.\n${this.#lastWords()}`);
      last = Date.now() > deadline;
      if (await answers(this.#part.healthUrl)) return;
    }
    throw new Error(`${this.name} is not ready after ${READY_DEADLINE_MS / 1000} s.\n${this.#lastWords()}`);
  }

  #lastWords(): string {
    const lines = existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-15) : [];
    return [`The end of ${this.logFile}:`, ...lines.map((line) => `  ${line}`)].join('\n');
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
