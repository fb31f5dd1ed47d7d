import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { endProcesses } from './processes';

export interface ShellOptions {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** A folder for what the shell leaves between its lives, outside of the build's own. */
  readonly stateDir: string;
  /** Takes what commands print, line by line. */
  readonly onLines: (lines: readonly string[]) => void;
}

const script = path.join(__dirname, 'shell.sh');
const separator = '\u001e';

/**
 * The shell that runs a build's commands one after the other, so that `cd`, `export` and functions last, as in CodeBuild's
 * buildspec 0.2. All that the commands start is in its process group and ends with it.
 */
export class Shell {
  readonly #options: ShellOptions;
  readonly #marker = randomUUID();
  #child: ChildProcess | undefined;
  #ended = false;

  constructor(options: ShellOptions) {
    this.#options = options;
  }

  /** Runs one command. @returns its exit status; 143 when the shell was ended meanwhile */
  async run(command: string): Promise<number> {
    if (this.#ended) return 143;
    // Something that an earlier command left in the background may have ended it.
    if (this.#child !== undefined && (this.#child.exitCode !== null || this.#child.signalCode !== null)) this.#child = undefined;
    this.#child ??= await this.#start();
    return this.#send(this.#child, command);
  }

  /** A variable's value as the commands left it; empty when unset. */
  async valueOf(variable: string): Promise<string> {
    const file = path.join(this.#options.stateDir, 'value');
    await this.run(`printf '%s' "\${${variable}-}" > '${file}'`);
    return existsSync(file) ? readFile(file, 'utf8') : '';
  }

  /** Ends the shell and all it has started, politely at first. */
  async end(): Promise<void> {
    this.#ended = true;
    const child = this.#child;
    this.#child = undefined;
    if (child?.pid !== undefined) await endProcesses({ group: child.pid });
  }

  #send(child: ChildProcess, command: string): Promise<number> {
    const { onLines } = this.#options;
    return new Promise((resolve) => {
      const decoder = new StringDecoder('utf8');
      let pending = '';
      const finish = (status: number) => {
        if (pending !== '') onLines([pending]);
        child.stdout?.removeListener('data', listen);
        child.removeListener('exit', leaving);
        child.stdout?.removeListener('end', gone);
        clearTimeout(patience);
        resolve(status);
      };
      const listen = (data: Buffer) => {
        pending += decoder.write(data);
        const marked = new RegExp(`^([^]*)${separator}${this.#marker}:(\\d+)${separator}`).exec(pending);
        if (marked !== null) pending = marked[1] ?? '';
        const lines = pending.split(/\r?\n/);
        pending = lines.pop() ?? '';
        if (lines.length > 0) onLines(lines);
        if (marked !== null) finish(Number(marked[2]));
      };
      const gone = () => {
        if (this.#child === child) this.#child = undefined;
        if (child.pid !== undefined) void endProcesses({ group: child.pid });
        finish(child.exitCode ?? 143);
      };
      // A process left in the background may hold the output open for ever: what the shell itself wrote arrives within moments.
      const leaving = () => {
        if (child.stdout?.readableEnded === true) return gone();
        child.stdout?.once('end', gone);
        patience = setTimeout(gone, 250);
      };
      let patience: NodeJS.Timeout | undefined;
      child.stdout?.on('data', listen);
      child.once('exit', leaving);
      const commands = child.stdio[3];
      if (commands instanceof Writable) commands.write(`${command}\0`);
    });
  }

  async #start(): Promise<ChildProcess> {
    const { stateDir } = this.#options;
    await mkdir(stateDir, { recursive: true });
    const left = await this.#left();
    const child = spawn('bash', [script], {
      cwd: left.folder,
      env: { ...left.env, CODEBUILD_LOCAL_STATE: stateDir, CODEBUILD_LOCAL_MARKER: this.#marker },
      stdio: ['ignore', 'pipe', 'ignore', 'pipe', 'pipe'],
      detached: true,
    });
    // A shell that is gone cannot be written to; its end is noticed where the command waits.
    for (const stream of child.stdio) stream?.on('error', () => {});
    return new Promise((resolve, reject) => {
      child.once('spawn', () => resolve(child));
      child.once('error', (error) => reject(new Error(`bash could not be started: ${error.message}`)));
    });
  }

  /** Folder and environment that an earlier shell of this build ended with. */
  async #left(): Promise<{ folder: string; env: Readonly<Record<string, string>> }> {
    const { stateDir, folder, env } = this.#options;
    const kept = path.join(stateDir, 'environment');
    if (!existsSync(kept)) return { folder, env };
    const pairs = (await readFile(kept, 'utf8')).split('\0').filter((pair) => pair.includes('='));
    const where = (await readFile(path.join(stateDir, 'folder'), 'utf8')).trimEnd();
    const leftEnv = Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
    return { folder: existsSync(where) ? where : folder, env: leftEnv };
  }
}
