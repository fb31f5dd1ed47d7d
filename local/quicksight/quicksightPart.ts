import { join } from 'node:path';
import { environmentWithoutAws } from '../host/environment';
import { ROOT } from '../host/folders';
import { nodePart } from '../supervisor/nodePart';
import type { Part } from '../supervisor/part';

export interface QuickSightPartProps {
  /** Of the API and of the dashboards' pages. */
  readonly port: number;
  readonly stateDir: string;
  readonly gatewayUrl: string;
}

/** Where the dashboards' pages are built to. */
export const DASHBOARD_PAGES = join(ROOT, 'dist', 'dashboards');

/** Builds the pages that the part serves. */
export async function buildDashboardPages(): Promise<void> {
  const { build } = await import('vite');
  await build({ configFile: join(__dirname, 'vite.config.mts'), logLevel: 'warn' });
}

/** How the supervisor starts what answers for QuickSight. */
export function quicksightPart({ port, stateDir, gatewayUrl }: QuickSightPartProps): Part {
  return {
    name: 'quicksight',
    ...nodePart(join(__dirname, 'main.ts'), '--port', String(port), '--state', stateDir, '--endpoint', gatewayUrl, '--pages', DASHBOARD_PAGES),
    env: environmentWithoutAws(),
    healthUrl: `http://127.0.0.1:${port}/_local/health`,
  };
}
