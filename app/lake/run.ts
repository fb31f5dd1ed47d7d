import { setTimeout as pause } from 'node:timers/promises';
import { SFNClient } from '@aws-sdk/client-sfn';
import { Command, InvalidArgumentError, Option } from 'commander';
import { environmentOutput } from '../shared/environment-output';
import { beginDay, follow } from './running';

interface Options {
  readonly environment: string;
  readonly day: string;
  readonly until?: string;
  readonly execution?: string;
}

const DAY_MS = 24 * 60 * 60_000;

async function run({ environment, day, until = day, execution }: Options): Promise<void> {
  const props = { sfn: new SFNClient({}), pause, onProgress: (line: string) => console.error(line) };
  if (execution !== undefined) return follow(props, execution);
  const stateMachineArn = await environmentOutput(environment, 'Lake', 'StateMachineArn');
  if (until < day) throw new Error(`--until ${until} is before --day ${day}.`);
  for (let next = day; next <= until; next = new Date(Date.parse(next) + DAY_MS).toISOString().slice(0, 10)) {
    const executionArn = await beginDay(props, stateMachineArn, next);
    console.error(`Makes ${next}. It goes on without this command, and --execution ${executionArn} follows it again.`);
    await follow(props, executionArn);
    console.log(`${next} is made and published.`);
  }
  return undefined;
}

function day(text: string): string {
  const parsed = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== text) throw new InvalidArgumentError('It is no day: 2026-11-22.');
  if (parsed.getTime() > Date.now()) throw new InvalidArgumentError('That day has not begun.');
  return text;
}

new Command('lake:run')
  .description("Makes the lake's tables of a day, or of several one after the other: crawl, Spark, check, publish. A day that is made again is replaced; what was published stays until the new one is checked.")
  .requiredOption('--environment <name>', 'whose, in the account and region of your AWS credentials: Dev')
  .option('--day <day>', 'by when its events arrived, in UTC: 2026-11-22', day, new Date(Date.now() - DAY_MS).toISOString().slice(0, 10))
  .option('--until <day>', 'makes every day up to this one as well', day)
  .addOption(new Option('--execution <arn>', 'only follows a run that has begun').conflicts(['until']))
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
