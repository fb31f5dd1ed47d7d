import { join } from 'node:path';
import { environmentWithoutAws } from '../host/environment';
import { nodePart } from '../supervisor/nodePart';
import type { Part } from '../supervisor/part';

/** How the supervisor starts what answers for Personalize. */
export function personalizePart({ port, stateDir }: { readonly port: number; readonly stateDir: string }): Part {
  return {
    name: 'personalize',
    ...nodePart(join(__dirname, 'main.ts'), '--port', String(port), '--state', stateDir),
    env: environmentWithoutAws(),
    healthUrl: `http://127.0.0.1:${port}/_local/health`,
  };
}
