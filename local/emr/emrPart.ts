import { join } from 'node:path';
import { environmentWithoutAws } from '../host/environment';
import { nodePart } from '../supervisor/nodePart';
import type { Part } from '../supervisor/part';

export interface EmrPartProps {
  readonly port: number;
  readonly stateDir: string;
  readonly partsDir: string;
  readonly gatewayUrl: string;
}

/** How the supervisor starts what answers for EMR Serverless. */
export function emrPart({ port, stateDir, partsDir, gatewayUrl }: EmrPartProps): Part {
  return {
    name: 'emr',
    ...nodePart(join(__dirname, 'main.ts'), '--port', String(port), '--state', stateDir, '--parts', partsDir, '--endpoint', gatewayUrl),
    env: environmentWithoutAws(),
    healthUrl: `http://127.0.0.1:${port}/_local/health`,
  };
}
