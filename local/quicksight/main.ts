import { Command } from 'commander';
import { portOption } from '../host/portOption';
import { endAfter } from '../host/processes';
import { startQuickSight } from './server';

async function main(): Promise<void> {
  const command = new Command('quicksight')
    .description('QuickSight on one machine, and its dashboards as pages')
    .requiredOption('--port <number>', 'port to listen on, on 127.0.0.1', portOption)
    .requiredOption('--state <folder>', 'where data sets, dashboards and what SPICE keeps are kept')
    .requiredOption('--endpoint <url>', 'where AWS calls go')
    .requiredOption('--pages <folder>', 'the built pages of the dashboards')
    .parse();
  const { port, state, endpoint, pages } = command.opts<{ readonly port: number; readonly state: string; readonly endpoint: string; readonly pages: string }>();
  const server = await startQuickSight({ port, stateDir: state, endpoint, pagesDir: pages });
  console.log(`QuickSight answers on http://127.0.0.1:${server.port}`);
  endAfter(() => server.close());
}

void main();
