import { ConditionalCheckFailedException, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import type { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { PersonLimit } from '../../../lambdas/shared/person-limit';
import { logger } from '../../../lambdas/shared/logger';

let now = 0;
/** A table of counters as DynamoDB keeps it, for the one expression there is. */
function counters() {
  const calls = new Map<string, { calls: number; deleteAfter: number }>();
  return {
    calls,
    send: jest.fn(async ({ input: { Key: key, ExpressionAttributeValues: values } }: UpdateItemCommand) => {
      const counter = key?.['counter']?.S ?? '';
      const count = calls.get(counter)?.calls ?? 0;
      if (count >= Number(values?.[':most']?.N)) throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
      calls.set(counter, { calls: count + 1, deleteAfter: Number(values?.[':ends']?.N) });
    }),
  };
}

const limited = (client: { send: unknown }, callsAMinute = 2) =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the limit sends one command and reads nothing of its answer
  new PersonLimit({ client: client as never, tableName: 'counts', route: 'cancelOrder', callsAMinute, now: () => now });

let warned: jest.SpyInstance;
beforeEach(() => {
  now = Date.parse('2026-11-26T08:00:50.400Z');
  warned = jest.spyOn(logger, 'warn').mockImplementation();
});
afterEach(() => jest.restoreAllMocks());

it('lets a person call as often as is said, and then names the seconds until the minute is over', async () => {
  const limit = limited(counters());
  expect([await limit.count('ada'), await limit.count('ada'), await limit.count('ada')]).toEqual([{ within: true }, { within: true }, { within: false, retryAfterSeconds: 10 }]);
});

it('lets them through again when that time has passed', async () => {
  const limit = limited(counters(), 1);
  await limit.require('ada');
  await expect(limit.require('ada')).rejects.toMatchObject({ code: 'too-many-requests', status: 429, options: { headers: { 'retry-after': '10' } } });
  now += 10_000;
  await expect(limit.require('ada')).resolves.toBeUndefined();
});

it('counts each person for themselves', async () => {
  const limit = limited(counters(), 1);
  await limit.require('ada');
  await expect(limit.require('eve')).resolves.toBeUndefined();
});

it('leaves a counter to be deleted when its minute is over', async () => {
  const client = counters();
  await limited(client).count('ada');
  expect([...client.calls.values()]).toEqual([{ calls: 1, deleteAfter: Date.parse('2026-11-26T08:01:00Z') / 1_000 }]);
});

it.each([
  ['is throttled', new DynamoDBServiceException({ name: 'ThrottlingException', $fault: 'client', $metadata: {} })],
  ['has a fault of its own', new DynamoDBServiceException({ name: 'InternalServerError', $fault: 'server', $metadata: {} })],
  ['does not answer', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })],
  ['takes too long', Object.assign(new Error('Request aborted'), { name: 'AbortError' })],
])('lets everybody through while DynamoDB %s, and says so', async (_, error) => {
  await expect(limited({ send: () => Promise.reject(error) }).count('ada')).resolves.toEqual({ within: true });
  expect(warned).toHaveBeenCalledWith('not counted', { route: 'cancelOrder', error: error.message });
});

it.each(['AccessDeniedException', 'ResourceNotFoundException'])('does not pass over a %s', async (name) => {
  const error = new DynamoDBServiceException({ name, $fault: 'client', $metadata: {} });
  await expect(limited({ send: () => Promise.reject(error) }).count('ada')).rejects.toBe(error);
});
