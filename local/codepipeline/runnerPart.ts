import path from 'node:path';

export interface RunnerPartOptions {
  readonly port: number;
  readonly stateDir: string;
  /** Folder of bare repositories: `<owner>/<name>.git`, for CodeCommit `<name>.git`. */
  readonly gitDir: string;
  readonly gatewayUrl: string;
}

/** A process for the supervisor to start; SIGTERM ends it and all builds within seconds. */
export interface RunnerPart {
  readonly command: string;
  readonly args: readonly string[];
  /** To be added to the machine's own environment, from which builds take what they need to reach registries. */
  readonly env: Readonly<Record<string, string>>;
  /** Answers 200 once the server takes requests. */
  readonly healthUrl: string;
}

/** How the runner is started on this machine. */
export function runnerPart({ port, stateDir, gitDir, gatewayUrl }: RunnerPartOptions): RunnerPart {
  const args = ['--import', 'tsx', path.join(__dirname, 'main.ts'), '--port', String(port), '--state', stateDir, '--git', gitDir, '--endpoint', gatewayUrl];
  return { command: process.execPath, args, env: {}, healthUrl: `http://127.0.0.1:${port}/_local/health` };
}
