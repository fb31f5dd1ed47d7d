import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/** A table with a text as its key, and perhaps an index with two. */
export function table(TableName: string, key: string, index?: { readonly name: string; readonly keys: readonly [string, string] }): CreateTableCommandInput {
  const attributes = [...new Set([key, ...(index?.keys ?? [])])];
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
    ...(index && {
      GlobalSecondaryIndexes: [
        {
          IndexName: index.name,
          KeySchema: [
            { AttributeName: index.keys[0], KeyType: 'HASH' },
            { AttributeName: index.keys[1], KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  };
}
