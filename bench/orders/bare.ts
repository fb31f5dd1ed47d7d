import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { Workplace } from '../workplace';
import { bundleBare } from './bareBundle';
import { BareStack } from './bareStack';
import type { DevEnvironment } from './devEnvironment';

const STACK = 'Bench-BareOrders';

/** Deploys the bare function beside the shop. @returns the address of its API */
export async function deployBareOrders(place: Workplace, dev: DevEnvironment): Promise<string> {
  const bundle = join(place.folder, 'bareOrders');
  await bundleBare(join(__dirname, 'bareHandler.ts'), bundle);
  const assembly = join(place.folder, 'bareOrders.cdk.out');
  const app = new App({ outdir: assembly });
  new BareStack(app, STACK, {
    env: { account: dev.account, region: dev.region },
    bundle,
    tables: {
      ORDERS_TABLE_NAME: await dev.table('Orders', 'Orders'),
      ORDER_REQUESTS_TABLE_NAME: await dev.table('Orders', 'OrderRequests'),
      QUOTES_TABLE_NAME: await dev.table('Orders', 'Quotes'),
      PRODUCTS_TABLE_NAME: await dev.table('Catalog', 'Products'),
      CALL_COUNTS_TABLE_NAME: await dev.table('Edge', 'CallCounts'),
    },
    userPoolId: await dev.output('Auth', 'UserPoolId'),
    clientId: await dev.output('Edge', 'GateClientId'),
  });
  app.synth();
  await dev.deployStacks(assembly, STACK);
  return dev.outputOf(STACK, 'ApiUrl');
}
