import { existsSync } from 'node:fs';
import path from 'node:path';
import { serve } from '@hono/node-server';
import { Command, InvalidArgumentError } from 'commander';
import { consoleApp } from './server/app';
import { awsClients } from './server/awsClients';
import { checkSigning } from './server/signing';

const pageDirectory = path.join(__dirname, '..', 'dist', 'console');

function portNumber(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
  return port;
}

function address(value: string): URL {
  if (!/^https?:/.test(value) || !URL.canParse(value)) throw new InvalidArgumentError('It is no address of http or https.');
  return new URL(value.endsWith('/') ? value : `${value}/`);
}

const program = new Command('console')
  .description("Shows the pipelines of one AWS account and region in a browser: runs, stages, actions, logs; approve, reject, retry, start, stop.\nCredentials and whatever is not given come from the AWS SDK's ordinary configuration.")
  .option('--profile <name>', 'profile of the AWS configuration to sign with')
  .option('--region <region>', 'region of the pipelines')
  .option('--surroundings <url>', 'address that tells of pages to link to, and of parts with their health and logs', address)
  .option('--port <port>', 'port on the loopback; 0 chooses a free one', portNumber, 4560)
  .action(async (options: { profile?: string; region?: string; surroundings?: URL; port: number }) => {
    if (!existsSync(path.join(pageDirectory, 'index.html'))) {
      program.error(`The console's page is not built (${path.relative(process.cwd(), pageDirectory)} is missing). Run: npm run build`);
    }
    // The SDK goes by a profile's own endpoint only where the profile is named by the environment.
    if (options.profile) process.env.AWS_PROFILE = options.profile;
    const clients = awsClients({ profile: options.profile, region: options.region });
    const region = await checkSigning(clients, options.profile).catch((error: Error) => program.error(error.message));
    const app = consoleApp({ clients, pageDirectory, surroundings: options.surroundings });
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: options.port }, ({ port }) => {
      process.stdout.write(`The console is at http://localhost:${port}, over the pipelines of ${region}${options.profile ? ` and the profile ${options.profile}` : ''}\n`);
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      program.error(error.code === 'EADDRINUSE' ? `Port ${options.port} is in use. Choose another with --port.` : error.message);
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
  });

void program.parseAsync();
