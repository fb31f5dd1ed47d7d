import { website } from '../../stages/environments';
import { keepReportsFresh } from '../traffic/freshReports';
import { Traffic } from '../traffic/traffic';
import type { ApprovalDesk } from './approve';
import { colours } from './colours';
import type { PipelineOptions } from './options';
import type { Terminal } from './terminal';

export interface KeepTrafficProps {
  readonly terminal: Terminal;
  readonly approvals: ApprovalDesk;
  readonly signal: AbortSignal;
}

/** Has the shoppers of `--traffic` come, and reports follow them, beside everything else, until the signal ends them. What becomes of them never ends what they visit. */
export function keepTraffic({ traffic: shoppers, trafficSite }: Pick<PipelineOptions, 'traffic' | 'trafficSite'>, gatewayUrl: string, { terminal, approvals, signal }: KeepTrafficProps): void {
  const environment = website.environments.find(({ name }) => name === trafficSite);
  if (shoppers === undefined || environment === undefined) return;
  const say = (line: string): void => {
    if (!approvals.isAsking) terminal.line(colours.dim(`traffic: ${line}`));
  };
  const failed = (error: unknown): void => say(colours.red(error instanceof Error ? error.message : String(error)));
  new Traffic({ environment, shoppers, gatewayUrl, say, signal }).run().catch(failed);
  keepReportsFresh({ environment, gatewayUrl, say, signal }).catch(failed);
}
