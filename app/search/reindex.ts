import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { Command, Option } from 'commander';
import { environmentOutput } from '../shared/environment-output';
import { inWords, reindex } from './reindexing';
import type { Ask } from './reindexing';

interface Options {
  readonly environment: string;
  readonly index?: 'products' | 'orders';
}

async function run({ environment, index: only }: Options): Promise<void> {
  const ask = await builderOf(environment);
  for (const index of ['products', 'orders'].filter((name) => only === undefined || name === only)) {
    console.log(inWords(await reindex(index, ask, (progress) => console.error(inWords(progress)))));
  }
}

/** @throws Error when there is no such environment */
async function builderOf(environment: string): Promise<Ask> {
  const builder = await environmentOutput(environment, 'Search', 'IndexBuilderArn');
  const lambda = new LambdaClient({});
  return async (event) => {
    const { FunctionError: failed, Payload: payload } = await lambda.send(new InvokeCommand({ FunctionName: builder, Payload: new TextEncoder().encode(JSON.stringify(event)) }));
    const text = new TextDecoder().decode(payload);
    if (failed !== undefined) throw new Error(`The index of ${event.reindex} is not built; begun again, it goes on where it was. The function says: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  };
}

new Command('search:reindex')
  .description('Builds search indexes anew from their tables while those before serve, and then has them take over. It may be stopped and begun again at any time, and goes on.')
  .requiredOption('--environment <name>', 'whose, in the account and region of your AWS credentials: Dev')
  .addOption(new Option('--index <name>', 'one of both').choices(['products', 'orders']))
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
