import { Command } from 'commander';
import { portOption } from '../host/portOption';
import { startSandbox } from '../sandbox/server';
import { PaymentSandbox } from './paymentSandbox';

const command = new Command('payment')
  .description('A payment provider on one machine that speaks the Stripe API.')
  .requiredOption('--port <number>', 'port of the loopback to listen on', portOption)
  .requiredOption('--state <folder>', 'where payments are kept')
  .action(async ({ port, state }: { port: number; state: string }) => {
    const running = await startSandbox({ port, stateDir: state }, (store, onWorked) => new PaymentSandbox({ store, onWorked }));
    console.log(`The payment sandbox answers on http://127.0.0.1:${running.port}`);
    // Whatever a receiver of webhooks still owes an answer to is sent again after the next start.
    const stop = (): void => void running.stop().then(() => process.exit(0));
    process.once('SIGTERM', stop).once('SIGINT', stop);
  });

command.parseAsync().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
