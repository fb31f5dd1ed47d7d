import { gzipSync } from 'node:zlib';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { clickStream, rawClicks } from '../../../pipeline/gate/hops/click-sinks';

const since = new Date('2026-11-26T08:00:00Z');
const settings = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

/** A client whose commands are answered by their names. */
function answering<C extends KinesisClient | S3Client>(client: C, answers: Readonly<Record<string, (input: Record<string, unknown>) => object>>): { client: C; asked: string[] } {
  const asked: string[] = [];
  client.middlewareStack.add(
    (_next, { commandName = '' }) =>
      async ({ input }) => {
        asked.push(commandName);
        const answer = answers[commandName.replace('Command', '')];
        if (!answer) throw new Error(`Nobody answers ${commandName}.`);
        return { response: undefined, output: { $metadata: {}, ...answer(input as Record<string, unknown>) } };
      },
    { step: 'initialize', priority: 'low' },
  );
  return { client, asked };
}

test('the click stream is read from where the last look ended, across shards, and poison records stand aside', async () => {
  const records: Record<string, string[]> = { 'a-0': ['{"eventId":"one"}', '{"eventId":'], 'b-0': ['not "eventId" json'], 'a-1': ['{"eventId":"two"}'], 'b-1': [] };
  const { client, asked } = answering(new KinesisClient(settings), {
    ListShards: () => ({ Shards: [{ ShardId: 'a' }, { ShardId: 'b' }] }),
    GetShardIterator: ({ ShardId, Timestamp }) => {
      expect(Timestamp).toBe(since);
      return { ShardIterator: `${String(ShardId)}-0` };
    },
    GetRecords: ({ ShardIterator }) => {
      const [shard, position] = String(ShardIterator).split('-');
      return { Records: (records[String(ShardIterator)] ?? []).map((text) => ({ Data: Buffer.from(text) })), NextShardIterator: `${shard}-${Number(position) + 1}` };
    },
  });
  const sink = clickStream(client, 'clicks', since);
  expect([...(await sink.find(['one', 'two']))]).toEqual(['one']);
  expect([...(await sink.find(['two']))]).toEqual(['two']);
  expect(asked.filter((command) => command === 'GetShardIteratorCommand')).toHaveLength(2);
});

test('raw files are read once each, and none that is older than the gate', async () => {
  const files: Record<string, string> = { new: '{"eventId":"one"}\n{"eventId":"two"}\n', old: '{"eventId":"three"}\n' };
  const { client, asked } = answering(new S3Client(settings), {
    ListObjectsV2: () => ({ Contents: [{ Key: 'new', LastModified: new Date('2026-11-26T08:01:00Z') }, { Key: 'old', LastModified: new Date('2026-11-26T07:00:00Z') }] }),
    GetObject: ({ Key }) => ({ Body: { transformToByteArray: async () => new Uint8Array(gzipSync(files[String(Key)] ?? '')) } }),
  });
  const sink = rawClicks(client, 'raw', 'clicks/', since);
  expect([...(await sink.find(['one', 'two', 'three']))]).toEqual(['one', 'two']);
  expect([...(await sink.find(['three']))]).toEqual([]);
  expect(asked.filter((command) => command === 'GetObjectCommand')).toHaveLength(1);
});
