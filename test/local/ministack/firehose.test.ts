import { gunzipSync } from 'node:zlib';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { eventually } from '../../support/eventually';
import { startMinistack, type TestServer } from './ministackServer';
import { outputsOf, type Resources } from './stacks';

const HOUR = 'year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/';
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

const delivery = (interval: number, size: number, source = false): object => ({
  Type: 'AWS::KinesisFirehose::DeliveryStream',
  Properties: {
    DeliveryStreamType: source ? 'KinesisStreamAsSource' : 'DirectPut',
    ...(source && { KinesisStreamSourceConfiguration: { KinesisStreamARN: arnOf('Clicks'), RoleARN: arnOf('Role') } }),
    ExtendedS3DestinationConfiguration: {
      BucketARN: arnOf('Raw'),
      RoleARN: arnOf('Role'),
      Prefix: `${source ? 'stream' : `direct-${size}`}/${HOUR}`,
      ErrorOutputPrefix: `errors/!{firehose:error-output-type}/${HOUR}`,
      CompressionFormat: 'GZIP',
      BufferingHints: { IntervalInSeconds: interval, SizeInMBs: size },
      ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'AppendDelimiterToRecord' }] },
    },
  },
});

const resources: Resources = {
  Clicks: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
  Raw: { Type: 'AWS::S3::Bucket' },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'firehose.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
      Policies: [{ PolicyName: 'delivery', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['kinesis:*', 's3:*'], Resource: '*' }] } }],
    },
  },
  FromStream: delivery(2, 1, true),
  ByTime: delivery(2, 5),
  BySize: delivery(900, 1),
};
const outputs = { Clicks: { Ref: 'Clicks' }, Raw: { Ref: 'Raw' }, ByTime: { Ref: 'ByTime' }, BySize: { Ref: 'BySize' } };

describe('Firehose', () => {
  let server: TestServer;
  let s3: S3Client;
  let kinesis: KinesisClient;
  let firehose: FirehoseClient;
  let names: Readonly<Record<string, string>> = {};

  beforeAll(async () => {
    server = await startMinistack();
    s3 = new S3Client({ ...server.client(), forcePathStyle: true });
    kinesis = new KinesisClient(server.client());
    firehose = new FirehoseClient(server.client());
    names = await outputsOf(new CloudFormationClient(server.client()), 'raw', resources, outputs);
  });
  afterAll(() => server?.stop());

  async function objects(prefix: string): Promise<{ key: string; lines: readonly string[] }[]> {
    const { Contents: contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: names['Raw'], Prefix: prefix }));
    return Promise.all(
      contents.map(async ({ Key: key = '' }) => {
        const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: names['Raw'], Key: key }));
        return { key, lines: gunzipSync((await body?.transformToByteArray()) ?? Buffer.alloc(0)).toString('utf8').split('\n').slice(0, -1) };
      }),
    );
  }
  const put = (stream: string, text: string) => firehose.send(new PutRecordCommand({ DeliveryStreamName: names[stream], Record: { Data: Buffer.from(text) } }));
  const putClicks = (texts: readonly string[]) => kinesis.send(new PutRecordsCommand({ StreamName: names['Clicks'], Records: texts.map((text) => ({ Data: Buffer.from(text), PartitionKey: 'one' })) }));

  it('puts what a stream brings within its interval into one object of gzip lines, by the hour of arrival', async () => {
    await putClicks(['{"a":1}', '{"b":"ä"}']);
    await putClicks(['{"c":3}']);
    const found = await eventually(async () => {
      const all = await objects('stream/');
      return all.length > 0 && all;
    });
    expect(found).toHaveLength(1);
    expect(found[0]?.lines).toEqual(['{"a":1}', '{"b":"ä"}', '{"c":3}']);
    expect(found[0]?.key).toMatch(/^stream\/year=\d{4}\/month=\d\d\/day=\d\d\/hour=\d\d\/.+-1-\d{4}(-\d\d){5}-[\da-f-]{36}\.gz$/);
  });

  it('does not wait for its interval when its size is reached', async () => {
    const text = 'x'.repeat(400_000);
    for (const number of [1, 2, 3]) await put('BySize', `${number}${text}`);
    const found = await eventually(async () => {
      const all = await objects('direct-1/');
      return all.length > 0 && all;
    });
    expect(found.flatMap(({ lines }) => lines).map((line) => line[0])).toEqual(['1', '2', '3']);
  });

  it('loses nothing of what it has gathered when it is stopped', async () => {
    await put('ByTime', 'before');
    await server.restart('SIGTERM');
    await put('ByTime', 'after');
    const lines = await eventually(async () => {
      const all = (await objects('direct-5/')).flatMap((found) => found.lines);
      return all.length >= 2 && all;
    });
    expect(lines).toEqual(['before', 'after']);
  });
});
