import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { website } from '../../stages/environments';
import type { Workplace } from '../workplace';
import type { DevEnvironment } from './devEnvironment';

const STACK = 'Bench-ApiStage';

/** Opens the shop's API with its first environment's throttling. The shop's own stage also names routes of the workflow, which is not there. */
export async function openApi(place: Workplace, dev: DevEnvironment): Promise<void> {
  const assembly = join(place.folder, 'openApi.cdk.out');
  const app = new App({ outdir: assembly });
  const { rateLimit: throttlingRateLimit, burstLimit: throttlingBurstLimit } = website.environments[0]?.throttling.writes ?? {};
  const stack = new Stack(app, STACK, { env: { account: dev.account, region: dev.region } });
  new CfnStage(stack, 'Stage', { apiId: await dev.httpApi(), stageName: '$default', autoDeploy: true, defaultRouteSettings: { throttlingRateLimit, throttlingBurstLimit } });
  app.synth();
  await dev.deployStacks(assembly, STACK);
}
