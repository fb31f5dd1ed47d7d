import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { LambdaClient, ListEventSourceMappingsCommand, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { ClickStream } from '../../lambdas/clickstream/click-stream';
import { toItem } from '../../lambdas/shared/dynamodb';
import type { DevEnvironment } from '../orders/devEnvironment';
import type { ShopDay } from './shopDay';

/** PutRecords takes no more. */
const MOST_RECORDS = 500;
const AT_ONCE = 50;

/** Puts what happened where the shop itself does: clicks into their stream, orders into their table, whose changes come to Redshift by another. */
export async function fill(dev: DevEnvironment, { clicks, orders }: ShopDay): Promise<void> {
  await pauseReaders(new LambdaClient(dev.settings));
  const [, streamName = ''] = (await dev.output('Clickstream', 'ClickStreamArn')).split('/');
  const stream = new ClickStream({ client: new KinesisClient(dev.settings), streamName });
  for (const some of inBatches(clicks, MOST_RECORDS)) {
    const left = await stream.put(some);
    if (left.length > 0) throw new Error(`The stream did not take ${left.length} clicks.`);
  }
  const tables = new DynamoDBClient(dev.settings);
  const TableName = await dev.table('Orders', 'Orders');
  for (const some of inBatches(orders, AT_ONCE)) {
    await Promise.all(some.map((order) => tables.send(new PutItemCommand({ TableName, Item: toItem(order) }))));
  }
}

/** Functions that read the streams would be at work for minutes, on what no picture of Redshift shows. */
async function pauseReaders(lambda: LambdaClient): Promise<void> {
  const { EventSourceMappings: mappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
  await Promise.all(mappings.map(({ UUID }) => lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }))));
}

const inBatches = <T>(all: readonly T[], size: number): T[][] => Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
