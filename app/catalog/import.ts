import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Command, Option } from 'commander';
import type { CatalogueProduct } from '../../contracts/product';
import { CatalogueWriter } from '../../lambdas/catalog/import/catalogue-writer';
import type { Written } from '../../lambdas/catalog/import/catalogue-writer';
import { csvRows } from '../../lambdas/catalog/import/csv';
import { importCatalogue } from '../../lambdas/catalog/import/import-catalogue';
import { jsonRows } from '../../lambdas/catalog/import/json';
import { judged } from '../../lambdas/catalog/import/rows';
import type { BadRow } from '../../lambdas/catalog/import/rows';

interface Options {
  readonly table?: string;
  readonly stack: string;
  readonly dryRun?: boolean;
  readonly setStock?: boolean;
}

const READERS = { '.csv': csvRows, '.json': jsonRows } as const;

const readerOf = (file: string) => Object.entries(READERS).find(([extension]) => extension === extname(file).toLowerCase())?.[1];

async function run(file: string, options: Options): Promise<void> {
  const reader = readerOf(file);
  if (!reader) throw new Error(`${file}: only .csv and .json files can be imported.`);
  const write = options.dryRun ? async () => 'unchanged' as const : await writerFor(options);
  const content = (await open(file)).createReadStream();
  const summary = await importCatalogue(judged(reader(content)), {
    write,
    onBadRow: (bad) => report(inWords(file, bad)),
    onProgress: (rows) => {
      if (rows % 500 === 0) console.error(`${rows} rows …`);
    },
  });
  const { created, updated, unchanged, bad } = summary;
  const good = created + updated + unchanged;
  console.log(options.dryRun ? `${good} rows are good, ${bad} bad; nothing was written.` : `${created} products created, ${updated} updated, ${unchanged} unchanged, ${bad} rows bad.`);
  if (bad > 0) process.exitCode = 1;
}

/** One wait for all: each waiting row of its own would be a listener too many. */
let drained: Promise<unknown> | undefined;

/** Says a line, and waits while nobody reads: what is not read yet would fill the memory of a small process. */
async function report(line: string): Promise<void> {
  if (!process.stderr.write(`${line}\n`)) await (drained ??= once(process.stderr, 'drain').finally(() => (drained = undefined)));
}

const inWords = (file: string, { line, field, reason }: BadRow): string => `${file}:${line}: ${[field, reason].filter(Boolean).join(' ')}`;

async function writerFor({ table, stack, setStock }: Options): Promise<(product: CatalogueProduct) => Promise<Written>> {
  const writer = new CatalogueWriter(new DynamoDBClient({}), table ?? (await tableOf(stack)));
  return (product) => writer.upsert(product, setStock ?? false);
}

/** @throws Error when the stack says no table's name */
async function tableOf(stack: string): Promise<string> {
  const { Stacks: [found] = [] } = await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: stack }));
  const name = found?.Outputs?.find(({ OutputKey: key }) => key === 'ProductsTableName')?.OutputValue;
  if (!name) throw new Error(`Stack ${stack} has no output ProductsTableName.`);
  return name;
}

new Command('catalog:import')
  .description('Imports products from a CSV or JSON file. Bad rows are reported by line, the others are imported; importing again changes nothing.')
  .argument('<file>', 'file.csv or file.json, in UTF-8')
  .option('--stack <name>', 'the catalogue stack whose table is filled, in the account and region of your AWS credentials', 'Dev-Catalog')
  .addOption(new Option('--table <name>', 'the table itself').conflicts('stack'))
  .option('--dry-run', 'only check the file')
  .option('--set-stock', 'also set the stock of products that are there already')
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
