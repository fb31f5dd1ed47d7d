import { Command } from 'commander';
import { endAfter } from '../host/processes';
import { portOption } from '../host/portOption';
import { startRedshift } from './server';

async function main(): Promise<void> {
  const command = new Command('redshift')
    .description('Redshift Serverless on one machine')
    .requiredOption('--port <number>', 'port to listen on, on 127.0.0.1', portOption)
    .requiredOption('--state <folder>', 'where databases are kept')
    .requiredOption('--endpoint <url>', 'where AWS calls go')
    .parse();
  const { port, state, endpoint } = command.opts<{ port: number; state: string; endpoint: string }>();
  const redshift = await startRedshift({ port, stateDir: state, endpoint });
  console.log(`Redshift answers on http://127.0.0.1:${redshift.port}`);
  endAfter(() => redshift.stop());
}

void main();
