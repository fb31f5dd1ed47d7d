import { Command } from 'commander';
import { portOption } from '../host/portOption';
import { startSandbox } from '../sandbox/server';
import { CarrierSandbox } from './carrierSandbox';

const command = new Command('carrier')
  .description('A carrier on one machine: takes shipments and moves them on by itself.')
  .requiredOption('--port <number>', 'port of the loopback to listen on', portOption)
  .requiredOption('--state <folder>', 'where shipments are kept')
  .action(async ({ port, state }: { port: number; state: string }) => {
    const running = await startSandbox({ port, stateDir: state }, (store, onWorked) => new CarrierSandbox({ store, onWorked }));
    console.log(`The carrier sandbox answers on http://127.0.0.1:${running.port}`);
    // Whatever a receiver of webhooks still owes an answer to is sent again after the next start.
    const stop = (): void => void running.stop().then(() => process.exit(0));
    process.once('SIGTERM', stop).once('SIGINT', stop);
  });

command.parseAsync().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
