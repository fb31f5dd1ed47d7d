import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { acceptHttp2 } from '../../../local/gateway/http2';

export interface FakeRecord {
  readonly data: string | Buffer;
  readonly sequence: string;
  /** In seconds since 1970. */
  readonly arrived?: number;
}

/** Kinesis and STS as far as a streaming view asks them: `records` in a stream of one shard, or other ones by the stream's name, and a role that may be taken on. */
export async function fakeStreams(others: Readonly<Record<string, FakeRecord[]>> = {}): Promise<{ url: string; records: FakeRecord[]; asked: string[]; close: () => Promise<void> }> {
  const records: FakeRecord[] = [];
  const asked: string[] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await text(incoming);
      const operation = String(incoming.headers['x-amz-target'] ?? '').split('.').pop() ?? '';
      if (operation === '') {
        asked.push(new URLSearchParams(body).get('RoleArn') ?? '');
        outgoing.end(
          '<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>',
        );
        return;
      }
      asked.push(operation);
      const input = JSON.parse(body) as { StreamARN?: string; StartingSequenceNumber?: string; ShardIterator?: string };
      const of = others[input.StreamARN?.replace(/^.*\//, '') ?? ''] ?? records;
      const from = Number(input.ShardIterator ?? 0);
      const answers: Record<string, object> = {
        ListStreams: { StreamNames: ['clicks'], HasMoreStreams: false },
        ListShards: { Shards: [{ ShardId: 'shardId-0', HashKeyRange: {}, SequenceNumberRange: {} }] },
        GetShardIterator: { ShardIterator: String(input.StartingSequenceNumber === undefined ? 0 : of.findIndex(({ sequence }) => sequence === input.StartingSequenceNumber) + 1) },
        GetRecords: {
          Records: of.slice(from, from + 2).map(({ data, sequence, arrived = 1_795_000_000 }) => ({ Data: Buffer.from(data).toString('base64'), PartitionKey: 'p', SequenceNumber: sequence, ApproximateArrivalTimestamp: arrived })),
          NextShardIterator: String(Math.min(from + 2, of.length)),
          MillisBehindLatest: 0,
        },
      };
      outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answers[operation]));
    })();
  });
  acceptHttp2(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    records,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** For SDK clients of a Redshift on this port, as a role's session, by its token (see role_sessions.py), or as the account itself. */
export const settingsOf = (port: number, role?: string) => ({
  endpoint: `http://127.0.0.1:${port}`,
  region: 'us-east-1',
  credentials: {
    accessKeyId: role === undefined ? '222222222222' : 'ASIA',
    secretAccessKey: 'x',
    ...(role !== undefined && { sessionToken: `MSR1.${Buffer.from(JSON.stringify({ r: `arn:aws:iam::222222222222:role/${role}`, s: 'test' })).toString('base64url')}` }),
  },
});
