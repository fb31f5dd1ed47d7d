import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Item } from '../shared/dynamodb';
import type { Change } from './bulk';
import { changeOf } from './indexed';
import type { Indexed } from './indexed';

/** Every item of the table as the index is to have it, some hundreds at a time. @throws ZodError for one that is none of the table's */
export async function* allItems(client: DynamoDBClient, tableName: string, indexed: Indexed): AsyncGenerator<readonly Change[]> {
  let after: Item | undefined;
  do {
    // oxlint-disable-next-line no-await-in-loop -- each page begins where the one before ended
    const { Items: items = [], LastEvaluatedKey: last } = await client.send(new ScanCommand({ TableName: tableName, ConsistentRead: true, Limit: 500, ExclusiveStartKey: after }));
    if (items.length > 0) yield items.map((item) => changeOf(item, indexed));
    after = last;
  } while (after);
}
