import { gzipSync } from 'node:zlib';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { clickStream, rawClicks } from '../../../pipeline/gate/hops/click-sinks';

const since = new Date('2026-11-26T08:00:00Z');
const settings = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

type Answers = Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => object>>;

/** A middleware that answers a client's commands by their names, and writes down what was asked. */
const answering = (answers: Answers, asked: string[]) => (_next: unknown, { commandName = '' }: { commandName?: string }) => async ({ input }: { input: object }) => {
  asked.push(commandName);
  const answer = answers[commandName.replace('Command', '')];
  if (!answer) throw new Error(`Nobody answers ${commandName}.`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each test gives what its command answers
  return { response: undefined, output: { $metadata: {}, ...answer({ ...input }) } as never };
};

test('the click stream is read from where the last look ended, across shards, and poison records stand aside', async () => {
  const records: Record<string, string[]> = { 'a-0': ['{"eventId":"one"}', '{"eventId":'], 'b-0': ['not "eventId" json'], 'a-1': ['{"eventId":"two"}'], 'b-1': [] };
  const asked: string[] = [];
  const client = new KinesisClient(settings);
  client.middlewareStack.add(answering({
    ListShards: () => ({ Shards: [{ ShardId: 'a' }, { ShardId: 'b' }] }),
    GetShardIterator: ({ ShardId, Timestamp }) => {
      expect(Timestamp).toBe(since);
      return { ShardIterator: `${String(ShardId)}-0` };
    },
    GetRecords: ({ ShardIterator }) => {
      const [shard, position] = String(ShardIterator).split('-');
      return { Records: (records[String(ShardIterator)] ?? []).map((text) => ({ Data: Buffer.from(text) })), NextShardIterator: `${shard}-${Number(position) + 1}` };
    },
  }, asked), { step: 'initialize', priority: 'low' });
  const sink = clickStream(client, 'arn:aws:kinesis:us-east-1:222222222222:stream/clicks', since);
  expect([...(await sink.find(['one', 'two']))]).toEqual(['one']);
  expect([...(await sink.find(['two']))]).toEqual(['two']);
  expect(asked.filter((command) => command === 'GetShardIteratorCommand')).toHaveLength(2);
});

/** A bucket of raw files, each of an hour and written at a time, with the ids in it. */
function rawBucket(files: Record<string, { readonly hour: string; readonly writtenAt: string; readonly ids: readonly string[] }>) {
  const asked: string[] = [];
  const client = new S3Client(settings);
  const linesOf = (key: string) => (files[key]?.ids ?? []).map((eventId) => `${JSON.stringify({ eventId })}\n`).join('');
  client.middlewareStack.add(answering({
    ListObjectsV2: ({ Prefix }) => ({
      Contents: Object.entries(files).flatMap(([Key, { hour, writtenAt }]) => (Prefix === `clicks/year=2026/month=11/day=26/hour=${hour}/` ? [{ Key, LastModified: new Date(writtenAt) }] : [])),
    }),
    GetObject: ({ Key }) => ({ Body: { transformToByteArray: async () => new Uint8Array(gzipSync(linesOf(String(Key)))) } }),
  }, asked), { step: 'initialize', priority: 'low' });
  return { client, asked };
}

test('raw files are read once each, and none that is older than the gate', async () => {
  const { client, asked } = rawBucket({
    new: { hour: '09', writtenAt: '2026-11-26T08:01:00Z', ids: ['one', 'two'] },
    old: { hour: '09', writtenAt: '2026-11-26T07:00:00Z', ids: ['three'] },
  });
  const sink = rawClicks(client, 'raw', since, () => since.getTime() + 3_700_000);
  expect([...(await sink.find(['one', 'two', 'three']))]).toEqual(['one', 'two']);
  expect([...(await sink.find(['three']))]).toEqual([]);
  expect(asked.filter((command) => command === 'GetObjectCommand')).toHaveLength(1);
});

test('a click is found in a file whose first one came from somebody else, in the hour before', async () => {
  const { client } = rawBucket({ shared: { hour: '07', writtenAt: '2026-11-26T08:10:00Z', ids: ['others', 'one'] } });
  const sink = rawClicks(client, 'raw', since, () => since.getTime() + 900_000);
  expect([...(await sink.find(['one']))]).toEqual(['one']);
});
