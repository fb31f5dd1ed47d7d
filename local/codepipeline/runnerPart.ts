import path from 'node:path';
import { environmentWithoutAws } from '../host/environment';
import { nodePart } from '../supervisor/nodePart';
import type { Part } from '../supervisor/part';

export interface RunnerPartOptions {
  readonly port: number;
  readonly stateDir: string;
  /** Folder of bare repositories: `<owner>/<name>.git`, for CodeCommit `<name>.git`. */
  readonly gitDir: string;
  readonly gatewayUrl: string;
}

/** How the supervisor starts the runner; SIGTERM ends it and all its builds within seconds. */
export function runnerPart({ port, stateDir, gitDir, gatewayUrl }: RunnerPartOptions): Part {
  return {
    name: 'codepipeline',
    ...nodePart(path.join(__dirname, 'main.ts'), '--port', String(port), '--state', stateDir, '--git', gitDir, '--endpoint', gatewayUrl),
    env: environmentWithoutAws(),
    healthUrl: `http://127.0.0.1:${port}/_local/health`,
  };
}
