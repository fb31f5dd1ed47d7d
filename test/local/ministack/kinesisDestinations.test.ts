import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DeleteItemCommand, DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { eventually } from '../../support/eventually';
import { startMinistack, type TestServer } from './ministackServer';
import { outputsOf, type Resources } from './stacks';

let server: TestServer;
beforeAll(async () => {
  server = await startMinistack();
});
afterAll(() => server?.stop());

const table = (stream?: string): Resources => ({
  Changes: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
  Others: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
  Orders: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      ...(stream && { KinesisStreamSpecification: { StreamArn: { 'Fn::GetAtt': [stream, 'Arn'] } } }),
    },
  },
});
const outputs = { Table: { Ref: 'Orders' }, Changes: { 'Fn::GetAtt': ['Changes', 'Arn'] }, Others: { 'Fn::GetAtt': ['Others', 'Arn'] } };

async function read(StreamARN: string | undefined): Promise<Record<string, unknown>[]> {
  const kinesis = new KinesisClient(server.client());
  const { Shards: [shard] = [] } = await kinesis.send(new ListShardsCommand({ StreamARN }));
  const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand({ StreamARN, ShardId: shard?.ShardId, ShardIteratorType: 'TRIM_HORIZON' }));
  const { Records = [] } = await kinesis.send(new GetRecordsCommand({ StreamARN, ShardIterator }));
  return Records.map(({ Data }) => JSON.parse(new TextDecoder().decode(Data)) as Record<string, unknown>);
}

test("a table's changes go to the stream of its template, in the form that DynamoDB documents, and to another once it says another", async () => {
  const stacks = new CloudFormationClient(server.client());
  const names = await outputsOf(stacks, 'orders', table('Changes'), outputs);
  const dynamodb = new DynamoDBClient(server.client());
  const TableName = names['Table'];
  const set = { UpdateExpression: 'SET amount = :total', ExpressionAttributeValues: { ':total': { N: '7' } } };
  await dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: 'a' } } }));
  await dynamodb.send(new UpdateItemCommand({ TableName, Key: { id: { S: 'a' } }, ...set }));
  // It changes nothing, and nothing is told.
  await dynamodb.send(new UpdateItemCommand({ TableName, Key: { id: { S: 'a' } }, ...set }));
  await dynamodb.send(new DeleteItemCommand({ TableName, Key: { id: { S: 'a' } } }));
  const records = await eventually(async () => {
    const found = await read(names['Changes']);
    return found.length >= 3 && found;
  }, 30);
  expect(records).toMatchObject([
    { eventName: 'INSERT', tableName: TableName, recordFormat: 'application/json', eventSource: 'aws:dynamodb', dynamodb: { Keys: { id: { S: 'a' } }, NewImage: { id: { S: 'a' } } } },
    { eventName: 'MODIFY', dynamodb: { OldImage: { id: { S: 'a' } }, NewImage: { id: { S: 'a' }, amount: { N: '7' } } } },
    { eventName: 'REMOVE', dynamodb: { OldImage: { id: { S: 'a' }, amount: { N: '7' } } } },
  ]);
  for (const { dynamodb: change } of records) {
    expect((change as { ApproximateCreationDateTime: number }).ApproximateCreationDateTime).toBeGreaterThan(Date.now() - 3_600_000);
    expect(change).not.toHaveProperty('SequenceNumber');
  }

  await outputsOf(stacks, 'orders', table('Others'), outputs);
  await dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: 'b' } } }));
  await expect(eventually(async () => (await read(names['Others'])).length === 1, 30)).resolves.toBe(true);
  expect(await read(names['Changes'])).toHaveLength(3);
}, 120_000);
