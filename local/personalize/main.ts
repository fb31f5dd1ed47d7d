import { Command } from 'commander';
import { endAfter } from '../host/processes';
import { startPersonalize } from './server';

async function main(): Promise<void> {
  const command = new Command('personalize')
    .description('Personalize on one machine')
    .requiredOption('--port <number>', 'port to listen on, on 127.0.0.1')
    .requiredOption('--state <folder>', 'where dataset groups, solutions, campaigns and interactions are kept')
    .requiredOption('--endpoint <url>', 'where AWS calls go')
    .parse();
  const { port, state, endpoint } = command.opts<{ readonly port: string; readonly state: string; readonly endpoint: string }>();
  const server = await startPersonalize({ port: Number(port), stateDir: state, endpoint });
  console.log(`Personalize answers on http://127.0.0.1:${server.port}`);
  endAfter(() => server.close());
}

void main();
