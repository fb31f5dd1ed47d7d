import { Command } from 'commander';
import { endAfter } from '../host/processes';
import { startRunner } from './server';

interface Arguments {
  readonly port: string;
  readonly state: string;
  readonly git: string;
  readonly endpoint: string;
}

async function main(): Promise<void> {
  const command = new Command('codepipeline')
    .description('CodePipeline and CodeBuild on one machine')
    .requiredOption('--port <number>', 'port to listen on, on 127.0.0.1')
    .requiredOption('--state <folder>', 'where pipelines, executions, builds and logs are kept')
    .requiredOption('--git <folder>', 'folder of bare repositories, <owner>/<name>.git')
    .requiredOption('--endpoint <url>', 'where AWS calls go')
    .parse();
  const { port, state, git, endpoint } = command.opts<Arguments>();
  const runner = await startRunner({ port: Number(port), stateDir: state, gitDir: git, endpoint });
  console.log(`CodePipeline and CodeBuild answer on http://127.0.0.1:${runner.port}`);
  endAfter(() => runner.stop());
}

void main();
