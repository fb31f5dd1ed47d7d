import { join } from 'node:path';
import { Command } from 'commander';
import { portOption } from '../host/portOption';
import { DeployedOnMinistack } from '../permissions/deployed';
import { Gatekeeper } from '../permissions/gatekeeper';
import { RecordFile } from '../permissions/use/recordFile';
import { createGateway } from './gateway';
import { Sites } from './sites';

interface Options { port: number; ministack: string; answering: ReadonlyMap<string, URL>; state: string; firstSitePort: number; permissionRecord: string }

const answering = (value: string, others: ReadonlyMap<string, URL>): ReadonlyMap<string, URL> => {
  const [service = '', url = ''] = value.split('=', 2);
  return new Map(others).set(service, new URL(url));
};

const command = new Command('gateway')
  .description('The one AWS endpoint of this machine: lets each call pass that the policies allow, and routes it by the service in its signature.')
  .requiredOption('--port <number>', 'port of the loopback to listen on', portOption)
  .requiredOption('--ministack <url>', 'answers for every service nobody else names')
  .option('--answering <service=url>', 'answers for one service instead; once for each', answering, new Map())
  .requiredOption('--state <folder>', 'where the ports of sites are remembered')
  .option('--first-site-port <number>', 'first port for the sites of distributions', portOption, 4801)
  .requiredOption('--permission-record <file>', 'what each role may do and did')
  .action(async (options: Options) => {
    const upstreams = { ministack: new URL(options.ministack), others: options.answering };
    const sites = await Sites.open(join(options.state, 'sites.json'), upstreams.ministack, options.firstSitePort);
    const deployed = new DeployedOnMinistack(upstreams.ministack);
    const record = new RecordFile(options.permissionRecord, deployed);
    const gatekeeper = new Gatekeeper({ deployed, use: record.use, onChange: () => record.deploymentChanged() });
    const server = createGateway({ upstreams, sites, gatekeeper });
    server.listen(options.port, '127.0.0.1', () => console.log(`gateway ready on ${options.port}`));
    const stop = (): void => {
      record.write();
      void sites.close();
      server.close();
      server.closeAllConnections();
    };
    process.once('SIGTERM', stop).once('SIGINT', stop);
  });

command.parseAsync().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
