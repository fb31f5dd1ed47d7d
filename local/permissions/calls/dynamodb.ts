import type { ContextValues } from '../policy/context';
import { UnreadableCall, type Place } from './call';
import type { Input } from './input';
import { isArn, on, onEverything, type Reader, type Readers } from './readers';

const OUTSIDE: ContextValues = { 'dynamodb:EnclosingOperation': null };
const PARTS: Readonly<Record<string, string>> = { Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', Get: 'GetItem', ConditionCheck: 'ConditionCheckItem' };

const tableArn = (name: string, at: Place): string => (isArn(name) ? name : at.arn('dynamodb', `table/${name}`));
const table = (input: Input, at: Place): string => tableArn(input.needed('TableName'), at);

const item: Reader = (input, at) => [{ resource: table(input, at), keys: OUTSIDE }];

/** A query on an index needs the index, not the table. */
const itemsOf: Reader = (input, at) => {
  const index = input.text('IndexName');
  return [{ resource: index === undefined ? table(input, at) : `${table(input, at)}/index/${index}`, keys: OUTSIDE }];
};

const batch: Reader = (input, at) => {
  const tables = input.inner('RequestItems').names;
  if (tables.length === 0) throw new UnreadableCall(`${input.operation} names no table`);
  return tables.map((name) => ({ resource: tableArn(name, at), keys: OUTSIDE }));
};

/** There is no permission for a transaction: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html. */
const transaction: Reader = (input, at) => {
  const parts = input.list('TransactItems').flatMap((entry) => entry.names.map((kind) => ({ kind, action: PARTS[kind], part: entry.inner(kind) })));
  if (parts.length === 0) throw new UnreadableCall(`${input.operation} has no part`);
  return parts.map(({ kind, action, part }) => {
    if (action === undefined) throw new UnreadableCall(`${input.operation} has a part ${kind}, which is not known`);
    return { action, resource: table(part, at), keys: { 'dynamodb:EnclosingOperation': [input.operation] } };
  });
};

/** PartiQL is not here: which table a statement is about is for a parser of SQL to say. Nor is GetRecords: an iterator hides its stream. */
export const dynamodb: Readers = {
  GetItem: item, PutItem: item, UpdateItem: item, DeleteItem: item,
  Query: itemsOf, Scan: itemsOf,
  BatchGetItem: batch, BatchWriteItem: batch,
  TransactGetItems: transaction, TransactWriteItems: transaction,
  ...on('DescribeTable CreateTable UpdateTable DeleteTable DescribeTimeToLive UpdateTimeToLive DescribeContinuousBackups UpdateContinuousBackups DescribeKinesisStreamingDestination EnableKinesisStreamingDestination DisableKinesisStreamingDestination', table),
  ...on('TagResource UntagResource ListTagsOfResource', (input) => input.needed('ResourceArn')),
  ...onEverything('ListTables DescribeLimits DescribeEndpoints'),
};

export const dynamodbStreams: Readers = {
  ...on('DescribeStream GetShardIterator', (input) => input.needed('StreamArn')),
  ...onEverything('ListStreams'),
};
