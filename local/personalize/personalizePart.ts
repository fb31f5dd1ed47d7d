import { join } from 'node:path';
import { environmentWithoutAws } from '../host/environment';
import { nodePart } from '../supervisor/nodePart';
import type { Part } from '../supervisor/part';

export interface PersonalizePartProps {
  readonly port: number;
  readonly stateDir: string;
  readonly gatewayUrl: string;
}

/** How the supervisor starts what answers for Personalize. */
export function personalizePart({ port, stateDir, gatewayUrl }: PersonalizePartProps): Part {
  return {
    name: 'personalize',
    ...nodePart(join(__dirname, 'main.ts'), '--port', String(port), '--state', stateDir, '--endpoint', gatewayUrl),
    env: environmentWithoutAws(),
    healthUrl: `http://127.0.0.1:${port}/_local/health`,
  };
}
