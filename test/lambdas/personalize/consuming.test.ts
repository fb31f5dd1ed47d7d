import type { KinesisStreamRecord } from 'aws-lambda';
import { consume } from '../../../lambdas/personalize/consuming';
import type { Consuming } from '../../../lambdas/personalize/consuming';
import { clickAt } from '../clickstream/clicks';

const at = new Date('2026-11-26T12:00:00.000Z');
const record = (sequenceNumber: string, data: unknown): KinesisStreamRecord => ({ kinesis: { sequenceNumber, data: Buffer.from(typeof data === 'string' ? data : JSON.stringify(data)).toString('base64') } }) as KinesisStreamRecord;
const event = (more: object = {}): Record<string, unknown> => ({ ...clickAt(at, { synthetic: false }), receiveTime: at.toISOString(), ...more });
const OTHER_SESSION = { sessionId: '5f3b0b7e-5f0d-4a2b-9a51-1df3b1b2c8a2' };

function world(known: readonly string[] = [], refuse: (productId: string) => boolean = () => false) {
  const calls: string[][] = [];
  const learned: string[] = [];
  const users: string[] = [];
  const consuming: Consuming = {
    trackers: {
      put: async (clicks) => {
        calls.push(clicks.map(({ productId }) => productId));
        return { requestId: 'r', datasetGroup: clicks[0].synthetic ? 'synthetic' : 'real' };
      },
    },
    users: { put: async ({ userId, seenSince, synthetic }) => void users.push(`${synthetic ? 'synthetic' : 'real'} ${userId} ${seenSince}`) },
    learning: {
      isNew: async ({ userId }) => userId !== 'known' && users.length === 0,
      known: async () => new Set(known),
      learn: async ({ productId }, { datasetGroup }) => {
        if (refuse(productId)) throw new Error('no');
        learned.push(`${datasetGroup} ${productId}`);
      },
    },
  };
  return { consuming, calls, learned, users };
}

test('a record that is no click fails alone', async () => {
  const { consuming, learned } = world();
  expect(await consume(consuming, [record('1', event({ productId: 'a' })), record('2', '{'), record('3', event({ productId: 'b' })), record('4', event({ productId: 1 }))])).toEqual(['2', '4']);
  expect(learned).toEqual(['real a', 'real b']);
});

test('a session stops at what fails, others go on', async () => {
  const { consuming, learned } = world([], (productId) => productId === 'b');
  const records = [record('1', event({ productId: 'a' })), record('2', event({ productId: 'b' })), record('3', event({ productId: 'c' })), record('4', event({ productId: 'd', ...OTHER_SESSION }))];
  expect(await consume(consuming, records)).toEqual(['2', '3']);
  expect(learned.toSorted()).toEqual(['real a', 'real d']);
});

test('at most ten clicks a call, of one visitor and kind', async () => {
  const { consuming, calls } = world();
  const names = Array.from({ length: 12 }, (_, index) => `p${index}`);
  const records = [...names.map((productId) => event({ productId })), event({ productId: 'mine', userId: 'me' }), event({ productId: 'not-real', userId: 'me', synthetic: true })];
  expect(await consume(consuming, records.map((one, index) => record(String(index), one)))).toEqual([]);
  expect(calls).toEqual([names.slice(0, 10), names.slice(10), ['mine'], ['not-real']]);
});

test('what has a receipt, says nothing of a product or is not for Personalize is not sent', async () => {
  const known = event({ productId: 'known' });
  const { consuming, calls } = world([String(known['eventId'])]);
  const records = [known, event({ type: 'ViewCart', productId: undefined }), event({ type: 'Purchase', productId: undefined, orderId: '01997f5e-7b3c-7e2f-8f10-2f3b0b7e5f0d' })];
  expect(await consume(consuming, records.map((one, index) => record(String(index), one)))).toEqual([]);
  expect(calls).toEqual([]);
});

test('Personalize is told of a customer once, before of what they do', async () => {
  const { consuming, users } = world();
  const records = ['a', 'b'].flatMap((productId) => [event({ productId }), event({ productId, userId: 'known' }), event({ productId, userId: 'new' })]);
  expect(await consume(consuming, records.map((one, index) => record(String(index), one)))).toEqual([]);
  expect(users).toEqual([`real new ${at.toISOString()}`]);
});
