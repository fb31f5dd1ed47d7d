import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { errorCode } from '../host/errors';
import { endGroup, identify, isRunning, type ProcessIdentity } from '../host/processes';
import type { Part } from './part';
import { SupervisedPart } from './supervisedPart';

const Processes = z.object({
  supervisor: z.object({ pid: z.number(), started: z.string() }),
  parts: z.record(z.string(), z.object({ pid: z.number(), started: z.string() })),
});
type Processes = z.infer<typeof Processes>;

export interface SupervisorProps {
  readonly logsDir: string;
  /** Where the ids of the started processes stand, so that the next start can end what a killed one left behind. */
  readonly processesFile: string;
  /** Takes one line when a part dies, comes back or is given up. */
  readonly onMessage: (line: string) => void;
}

/** Starts the parts, keeps them running and stops them all, leaving none behind. */
export class Supervisor {
  readonly #props: SupervisorProps;
  readonly #parts: SupervisedPart[] = [];
  readonly #processes: Processes;

  private constructor(props: SupervisorProps) {
    this.#props = props;
    this.#processes = { supervisor: identify(process.pid) ?? { pid: process.pid, started: '' }, parts: {} };
    this.#record();
  }

  /**
   * Takes over this machine: ends parts that a killed supervisor left running.
   *
   * @throws Error naming its process id when another supervisor is at work here
   */
  static async takeOver(props: SupervisorProps): Promise<Supervisor> {
    const earlier = readProcesses(props.processesFile);
    if (earlier && isRunning(earlier.supervisor)) {
      throw new Error(`It is running here already (process ${earlier.supervisor.pid}). Stop that one first, or use what it started.`);
    }
    for (const [name, left] of Object.entries(earlier?.parts ?? {})) {
      if (!isRunning(left)) continue;
      props.onMessage(`Ending ${name} (process ${left.pid}), left behind by an earlier start.`);
      await endGroup(left, 10_000);
    }
    return new Supervisor(props);
  }

  get parts(): readonly SupervisedPart[] {
    return this.#parts;
  }

  /** Starts parts side by side and resolves when each of them is ready. */
  async start(parts: readonly Part[]): Promise<void> {
    const events = {
      onRestart: (part: string, reason: string) => this.#props.onMessage(`${part} died (${reason}); it is started again.`),
      onGivenUp: (_part: string, message: string) => this.#props.onMessage(message),
      onProcess: (part: string, pid: number | undefined) => this.#remember(part, pid),
    };
    const started = parts.map((part) => new SupervisedPart(part, this.#props.logsDir, events));
    this.#parts.push(...started);
    await Promise.all(started.map((part) => part.start()));
  }

  /** Stops every part, the last started first. */
  async stop(): Promise<void> {
    for (const part of this.#parts.toReversed()) await part.stop();
    this.#parts.length = 0;
    rmSync(this.#props.processesFile, { force: true });
  }

  #remember(part: string, pid: number | undefined): void {
    const identity: ProcessIdentity | undefined = pid === undefined ? undefined : identify(pid);
    if (identity) this.#processes.parts[part] = identity;
    else delete this.#processes.parts[part];
    this.#record();
  }

  #record(): void {
    const file = this.#props.processesFile;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(this.#processes));
    renameSync(`${file}.new`, file);
  }
}

function readProcesses(file: string): Processes | undefined {
  try {
    return Processes.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
