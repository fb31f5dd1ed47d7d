import { Command } from 'commander';
import { portOption } from '../host/portOption';
import { startSandbox } from './server';
import type { Sandbox } from './server';
import type { Store } from './store';

export interface SandboxCommand {
  /** e.g. `carrier` */
  readonly name: string;
  readonly description: string;
  readonly make: (store: Store, onWorked: () => void) => Sandbox;
}

/** Runs a sandbox as a process: serves it until SIGTERM or SIGINT. */
export async function runSandbox({ name, description, make }: SandboxCommand): Promise<void> {
  const command = new Command(name)
    .description(description)
    .requiredOption('--port <number>', 'port of the loopback to listen on', portOption)
    .requiredOption('--state <folder>', 'where its state is kept')
    .action(async ({ port, state }: { port: number; state: string }) => {
      const running = await startSandbox({ port, stateDir: state }, make);
      console.log(`The ${name} sandbox answers on http://127.0.0.1:${running.port}`);
      // Whatever a receiver of webhooks still owes an answer to is sent again after the next start.
      const stop = (): void => void running.stop().then(() => process.exit(0));
      process.once('SIGTERM', stop).once('SIGINT', stop);
    });
  try {
    await command.parseAsync();
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}
