import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { transactionsOf } from '../../../lambdas/orders/transaction';

/** A DynamoDB that answers one attempt after the other: with an error, or, when there are none left, with success. */
function dynamoThatThrows(...errors: Error[]): { client: DynamoDBClient; attempts: () => number } {
  const client = new DynamoDBClient({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, maxAttempts: 1 });
  let attempts = 0;
  client.middlewareStack.add(
    () => async () => {
      attempts += 1;
      const error = errors.shift();
      if (error) throw error;
      return { output: { $metadata: {} }, response: {} };
    },
    { step: 'initialize', priority: 'high' },
  );
  return { client, attempts: () => attempts };
}

const cancelled = (...codes: string[]): Error =>
  new TransactionCanceledException({ $metadata: {}, message: 'cancelled', CancellationReasons: codes.map((Code) => ({ Code, Item: { stock: { N: '2' } } })) });
const named = (name: string): Error => Object.assign(new Error(name), { name });
const writes = [{}, {}];

it('tries again when another transaction was at the same items, until it goes through', async () => {
  const { client, attempts } = dynamoThatThrows(cancelled('None', 'TransactionConflict'), named('TransactionInProgressException'), named('TimeoutError'));
  await expect(transactionsOf(client)(writes)).resolves.toEqual({ done: true });
  expect(attempts()).toBe(4);
});

it('does not try again once a condition has refused, even beside a conflict', async () => {
  const { client, attempts } = dynamoThatThrows(cancelled('TransactionConflict', 'ConditionalCheckFailed'));
  await expect(transactionsOf(client)(writes)).resolves.toEqual({ done: false, refusals: [undefined, { item: { stock: { N: '2' } } }] });
  expect(attempts()).toBe(1);
});

it('says to try again when the conflicts do not end', async () => {
  const { client, attempts } = dynamoThatThrows(...Array.from({ length: 30 }, () => cancelled('TransactionConflict')));
  await expect(transactionsOf(client)(writes)).rejects.toMatchObject({ code: 'try-again', status: 503 });
  expect(attempts()).toBe(10);
}, 30_000);

it('lets an error through that would come again', async () => {
  const { client, attempts } = dynamoThatThrows(named('AccessDeniedException'));
  await expect(transactionsOf(client)(writes)).rejects.toThrow('AccessDeniedException');
  expect(attempts()).toBe(1);
});
