import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { environmentWithoutAws } from '../host/environment';
import { nodePart } from '../supervisor/nodePart';
import type { Part } from '../supervisor/part';

export interface GatewayPartProps {
  readonly port: number;
  readonly ministackPort: number;
  /** Ports of the parts that answer for a service instead of MiniStack, by the name that signatures give it (`codepipeline`). */
  readonly answering: Readonly<Record<string, number>>;
  readonly stateDir: string;
  /** First port tried for the site of a distribution. @default 4801 */
  readonly firstSitePort?: number;
}

/** How the supervisor starts the gateway. */
export function gatewayPart(props: GatewayPartProps): Part {
  return {
    name: 'gateway',
    ...nodePart(
      join(__dirname, 'main.ts'),
      '--port', String(props.port),
      '--ministack', `http://127.0.0.1:${props.ministackPort}`,
      ...Object.entries(props.answering).flatMap(([service, port]) => ['--answering', `${service}=http://127.0.0.1:${port}`]),
      '--state', props.stateDir,
      '--first-site-port', String(props.firstSitePort ?? 4801),
      '--permission-record', permissionRecord(props),
    ),
    env: environmentWithoutAws(),
    healthUrl: `http://127.0.0.1:${props.port}/_local/health`,
  };
}

/** Where it is written down what each role may do and did: tests collect the records of many starts in one folder. */
function permissionRecord({ stateDir }: GatewayPartProps): string {
  const collected = process.env['LOCAL_PERMISSION_RECORDS'];
  return collected === undefined ? join(stateDir, 'permissions.json') : join(collected, `permissions-${randomUUID()}.json`);
}
