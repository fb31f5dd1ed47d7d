import { Command } from 'commander';
import { endAfter } from '../host/processes';
import { startEmr } from './server';

async function main(): Promise<void> {
  const command = new Command('emr')
    .description('EMR Serverless on one machine')
    .requiredOption('--port <number>', 'port to listen on, on 127.0.0.1')
    .requiredOption('--state <folder>', 'where applications and job runs are kept')
    .requiredOption('--parts <folder>', 'where Spark is installed when the first job needs it')
    .requiredOption('--endpoint <url>', 'where AWS calls go')
    .parse();
  const { port, state, parts, endpoint } = command.opts<{ readonly port: string; readonly state: string; readonly parts: string; readonly endpoint: string }>();
  const server = await startEmr({ port: Number(port), stateDir: state, partsDir: parts, endpoint });
  console.log(`EMR Serverless answers on http://127.0.0.1:${server.port}`);
  endAfter(() => server.close());
}

void main();
