import { setTimeout as pause } from 'node:timers/promises';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { DescribeDatasetGroupCommand, DescribeDatasetCommand, PersonalizeClient } from '@aws-sdk/client-personalize';
import { S3Client } from '@aws-sdk/client-s3';
import { Command, InvalidArgumentError, Option } from 'commander';
import { Product } from '../../contracts/product';
import { Items } from '../../lambdas/personalize/datasets';
import { patientClient } from '../../lambdas/personalize/events-client';
import { fromItem } from '../../lambdas/shared/dynamodb';
import { importClicks } from './importing';

interface Options {
  readonly environment: string;
  readonly from: Date;
  readonly until?: Date;
  readonly only?: 'clicks' | 'items';
}

async function run({ environment, from, until, only }: Options): Promise<void> {
  const output = outputsOf(environment);
  if (only !== 'clicks') await importItems(output);
  if (only !== 'items') await importPast(output, from, until);
}

type Output = (stack: string, name: string) => Promise<string>;

/** @throws Error when the stack has no such output */
function outputsOf(environment: string): Output {
  const client = new CloudFormationClient({});
  return async (stack, name) => {
    const { Stacks: [found] = [] } = await client.send(new DescribeStacksCommand({ StackName: `${environment}-${stack}` }));
    const value = found?.Outputs?.find(({ OutputKey: key }) => key === name)?.OutputValue;
    if (value === undefined) throw new Error(`Stack ${environment}-${stack} has no output ${name}.`);
    return value;
  };
}

async function importItems(output: Output): Promise<void> {
  const items = new Items({ client: patientClient(), datasetArns: [await output('Personalize', 'ItemsDatasetArn'), await output('Personalize', 'SyntheticItemsDatasetArn')] });
  let told = 0;
  for await (const { Items: page = [] } of paginateScan({ client: new DynamoDBClient({}), pageSize: 250 }, { TableName: await output('Catalog', 'ProductsTableName') })) {
    await items.put(page.map((item) => Product.parse(fromItem(item))));
    told += page.length;
    console.error(`${told} products …`);
  }
  console.log(`Personalize knows ${told} products as they are.`);
}

async function importPast(output: Output, from: Date, until: Date | undefined): Promise<void> {
  const personalize = new PersonalizeClient({});
  const datasetArn = await output('Personalize', 'InteractionsDatasetArn');
  const end = until ?? (await begun(personalize, datasetArn));
  const { files, alreadyThere, jobArn } = await importClicks(
    {
      s3: new S3Client({ forcePathStyle: true }),
      personalize,
      rawClicksBucket: await output('Clickstream', 'RawClicksBucketName'),
      importBucket: await output('Personalize', 'ImportBucketName'),
      importRoleArn: await output('Personalize', 'ImportRoleArn'),
      datasetArn,
      pause,
      onProgress: (line) => console.error(line),
    },
    { from, until: end },
  );
  const stretch = `from ${from.toISOString()} to ${end.toISOString()}`;
  console.log(jobArn === undefined ? `There are no clicks of customers ${stretch}.` : `Imported the clicks ${stretch}: ${files} files made, ${alreadyThere} were there already (${jobArn}).`);
}

/** Since when Personalize has been told of clicks as they happen. */
async function begun(personalize: PersonalizeClient, datasetArn: string): Promise<Date> {
  const { dataset } = await personalize.send(new DescribeDatasetCommand({ datasetArn }));
  const { datasetGroup } = await personalize.send(new DescribeDatasetGroupCommand({ datasetGroupArn: dataset?.datasetGroupArn }));
  return datasetGroup?.creationDateTime ?? new Date();
}

function moment(text: string): Date {
  const parsed = new Date(text);
  if (Number.isNaN(parsed.getTime())) throw new InvalidArgumentError('It is no date: 2026-11-26 or 2026-11-26T08:00:00Z.');
  return parsed;
}

const DAYS_MS = 24 * 60 * 60_000;

new Command('personalize:import')
  .description('Tells Personalize of the whole catalogue and of past clicks, which it reads from S3 in place of those imported before. It may be stopped and begun again at any time.')
  .requiredOption('--environment <name>', 'whose, in the account and region of your AWS credentials: Dev')
  .option('--from <date>', 'the first clicks by when they arrived', moment, new Date(Math.floor(Date.now() / DAYS_MS - 180) * DAYS_MS))
  .option('--until <date>', 'where to end; the default is when Personalize began to be told of clicks as they happen, which would count twice', moment)
  .addOption(new Option('--only <what>', 'one of both').choices(['clicks', 'items']))
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
