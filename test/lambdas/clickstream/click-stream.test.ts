import type { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { ClickStream } from '../../../lambdas/clickstream/click-stream';
import { recordClicks } from '../../../lambdas/clickstream/recording';
import { clickAt } from './clicks';

const now = new Date('2026-11-26T12:00:00.000Z');
const batch = (size: number): Record<string, unknown>[] => Array.from({ length: size }, (_, index) => clickAt(now, { page: `/${index}` }));

/** Answers each call by the next of `answers`: which of its records are refused, or an error. */
function streamThat(...answers: readonly (readonly number[] | 'all' | Error)[]) {
  const put: string[] = [];
  const calls: number[] = [];
  let call = 0;
  const send = async (command: PutRecordsCommand): Promise<unknown> => {
    const answer = answers[Math.min(call, answers.length - 1)] ?? [];
    call += 1;
    if (answer instanceof Error) throw answer;
    const { Records: records = [] } = command.input;
    calls.push(records.length);
    return {
      Records: records.map(({ Data: data }, index) => {
        if (answer === 'all' || answer.includes(index)) return { ErrorCode: 'ProvisionedThroughputExceededException' };
        put.push(String(JSON.parse(new TextDecoder().decode(data)).page));
        return { SequenceNumber: '1', ShardId: 'shardId-000000000000' };
      }),
    };
  };
  return { put, calls, stream: new ClickStream({ client: { send: send as never }, streamName: 'clicks', pause: async () => undefined }) };
}

it('puts a batch in one call, by session', async () => {
  const { stream, calls } = streamThat([]);
  expect(await recordClicks({ stream, now: () => now }, { events: batch(100) })).toEqual({ accepted: 100, refused: [] });
  expect(calls).toEqual([100]);
});

it('puts again only what the stream did not take', async () => {
  const { stream, calls, put } = streamThat([1, 3], [0], []);
  expect(await recordClicks({ stream, now: () => now }, { events: batch(5) })).toEqual({ accepted: 5, refused: [] });
  expect(calls).toEqual([5, 2, 1]);
  expect(put.toSorted()).toEqual(['/0', '/1', '/2', '/3', '/4']);
});

it('never says that it took what was not put, and names it by its place in the batch', async () => {
  const { stream, put } = streamThat([1], 'all');
  const taken = await recordClicks({ stream, now: () => now }, { events: ['poison', ...batch(3)] });
  expect(taken).toEqual({ accepted: 2, refused: [{ index: 0, reason: 'must be an object' }, { index: 2, reason: 'was not taken, try again' }] });
  expect(put).toEqual(['/0', '/2']);
});

it('says that the shop is busy when none could be put', async () => {
  const { stream, calls } = streamThat('all');
  await expect(recordClicks({ stream, now: () => now }, { events: batch(2) })).rejects.toMatchObject({ code: 'try-again' });
  expect(calls).toHaveLength(4);
});

it('tries again after no answer at all', async () => {
  const { stream } = streamThat(new Error('socket hang up'), []);
  expect(await recordClicks({ stream, now: () => now }, { events: batch(2) })).toMatchObject({ accepted: 2 });
});

it('asks for no stream when nothing is good', async () => {
  const { stream, calls } = streamThat([]);
  expect(await recordClicks({ stream, now: () => now }, { events: [1, 2] })).toMatchObject({ accepted: 0 });
  expect(calls).toEqual([]);
});
