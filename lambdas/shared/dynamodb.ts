import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

export type Item = Record<string, AttributeValue>;

/** Bounded, so that a slow table is told to the customer as such and not as a time-out of the function. */
export const dynamoDb = (): DynamoDBClient =>
  new DynamoDBClient({ maxAttempts: 4, requestHandler: { connectionTimeout: 2_000, requestTimeout: 4_000 } });

/** Absent members are left out: DynamoDB has no undefined. */
export const toItem = (value: Readonly<Record<string, unknown>>): Item => marshall(value, { removeUndefinedValues: true });

export const fromItem = (item: Item): Record<string, unknown> => unmarshall(item);

/** Some failures of DynamoDB pass by themselves: a conflict with another transaction, a partition that is too busy. */
const PASSING = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'TransactionConflictException',
  'TransactionInProgressException',
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'InternalServerError',
  'TimeoutError',
]);

/** @param name of an exception, or code of a cancelled transaction's reason */
export const isPassing = (name: string | undefined): boolean => name !== undefined && PASSING.has(name);
