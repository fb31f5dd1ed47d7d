import { Command, InvalidArgumentError } from 'commander';
import { portOption } from '../host/portOption';
import { listen } from '../sandbox/listen';
import { inbox } from './inbox';
import { sentMails } from './sentMails';

const command = new Command('inbox')
  .description('Every mail that the shop has sent, as its customers see it.')
  .requiredOption('--port <number>', 'port of the loopback to listen on', portOption)
  .requiredOption('--ministack <url>', 'where MiniStack answers, which keeps what SES was asked to send', origin)
  .action(async ({ port, ministack }: { port: number; ministack: string }) => {
    const app = inbox(() => sentMails(ministack));
    const server = await listen(async (request) => app.fetch(request, {}), port);
    console.log(`The inbox answers on http://127.0.0.1:${server.port}`);
    const stop = (): void => void server.close().then(() => process.exit(0));
    process.once('SIGTERM', stop).once('SIGINT', stop);
  });

function origin(value: string): string {
  if (!URL.canParse(value) || !/^https?:/.test(value)) throw new InvalidArgumentError('It is an address like http://127.0.0.1:4567.');
  return new URL(value).origin;
}

command.parseAsync().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
