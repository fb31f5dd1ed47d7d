import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { redrive } from '../../app/operations/redriving';
import type { RedriveProps } from '../../app/operations/redriving';

const consumer = { name: 'Workflow/Starts', eventSourceId: 'source-1', functionArn: 'arn:aws:lambda:us-east-1:1:function:starts:live', bucket: 'failed' };
const kept = (event: object): string => JSON.stringify({ version: '1.0', requestContext: {}, payload: JSON.stringify(event) });

/** A bucket of these objects, behind a real client. */
function bucketOf(contents: Readonly<Record<string, string>>) {
  const objects = new Map(Object.entries(contents));
  const s3 = new S3Client({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  s3.send = (async (command: unknown) => {
    if (command instanceof ListObjectsV2Command) return { Contents: [...objects.keys()].filter((key) => key.startsWith(command.input.Prefix ?? '')).map((Key) => ({ Key })) };
    if (command instanceof GetObjectCommand) return { Body: { transformToString: async () => objects.get(command.input.Key ?? '') } };
    if (command instanceof DeleteObjectCommand) return objects.delete(command.input.Key ?? '');
    throw new Error('not expected');
  }) as never;
  return { objects, s3 };
}

function run(contents: Readonly<Record<string, string>>, invoke: RedriveProps['invoke'], dryRun = false) {
  const { objects, s3 } = bucketOf(contents);
  const failures: string[] = [];
  const result = redrive(consumer, { s3, invoke, dryRun, onProgress: () => undefined, onFailure: (_, key, reason) => failures.push(`${key}: ${reason}`) });
  return result.then((redriven) => ({ redriven, failures, left: [...objects.keys()] }));
}

const one = { 'aws/lambda/source-1/shard/2026/11/26/1': kept({ Records: [1] }) };
const two = { ...one, 'aws/lambda/source-1/shard/2026/11/26/2': kept({ Records: [2] }) };

it('gives the consumer each event as it was, and removes what it takes', async () => {
  const events: string[] = [];
  const { redriven, left } = await run(two, async (_, event) => void events.push(event));
  expect(events).toEqual(['{"Records":[1]}', '{"Records":[2]}']);
  expect({ redriven, left }).toEqual({ redriven: { found: 2, taken: 2, failed: 0 }, left: [] });
});

it('leaves and names what fails again, and goes on with the next', async () => {
  const { redriven, failures, left } = await run(two, async (_, event) => {
    if (event.includes('1')) throw new Error('the consumer failed: no stream');
  });
  expect(redriven).toEqual({ found: 2, taken: 1, failed: 1 });
  expect(failures).toEqual(['aws/lambda/source-1/shard/2026/11/26/1: the consumer failed: no stream']);
  expect(left).toEqual(['aws/lambda/source-1/shard/2026/11/26/1']);
});

it('leaves a batch of which a record was not taken', async () => {
  const { failures, left } = await run(one, async () => ({ batchItemFailures: [{ itemIdentifier: '42' }] }));
  expect(failures[0]).toContain('did not take 42');
  expect(left).toHaveLength(1);
});

it('takes nothing from other consumers, and what is no failed batch stays', async () => {
  const { redriven, failures, left } = await run({ 'aws/lambda/source-2/1': kept({}), 'aws/lambda/source-1/odd': 'hello' }, async () => undefined);
  expect(redriven).toEqual({ found: 1, taken: 0, failed: 1 });
  expect(failures[0]).toContain('nothing that Lambda has left');
  expect(left).toHaveLength(2);
});

it('only counts when it is asked to', async () => {
  const { redriven, left } = await run(two, async () => { throw new Error('must not be called'); }, true);
  expect({ redriven, left: left.length }).toEqual({ redriven: { found: 2, taken: 0, failed: 0 }, left: 2 });
});
