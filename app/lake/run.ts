import { setTimeout as pause } from 'node:timers/promises';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { SFNClient } from '@aws-sdk/client-sfn';
import { Command, InvalidArgumentError, Option } from 'commander';
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
  const stateMachineArn = await machineOf(environment);
  if (until < day) throw new Error(`--until ${until} is before --day ${day}.`);
  for (let next = day; next <= until; next = new Date(Date.parse(next) + DAY_MS).toISOString().slice(0, 10)) {
    const executionArn = await beginDay(props, stateMachineArn, next);
    console.error(`Makes ${next}. It goes on without this command, and --execution ${executionArn} follows it again.`);
    await follow(props, executionArn);
    console.log(`${next} is made and published.`);
  }
  return undefined;
}

/** @throws Error when there is no such environment */
async function machineOf(environment: string): Promise<string> {
  const client = new CloudFormationClient({});
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: `${environment}-Lake` })).catch(async (error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'ValidationError') throw error;
    throw new Error(`There is no environment ${environment} in ${await client.config.region()} of this account: it has no stack ${environment}-Lake.`, { cause: error });
  });
  const machine = stack?.Outputs?.find(({ OutputKey: key }) => key === 'StateMachineArn')?.OutputValue;
  if (machine === undefined) throw new Error(`Stack ${environment}-Lake has no output StateMachineArn.`);
  return machine;
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
