import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Product } from '../../contracts/product';
import { fromItem } from '../shared/dynamodb';
import type { Item } from '../shared/dynamodb';
import type { Change } from './bulk';
import { productDocument } from './product-document';

/** Every product of the table as the index is to have it, some hundreds at a time. */
export async function* allProducts(client: DynamoDBClient, tableName: string): AsyncGenerator<readonly Change[]> {
  let after: Item | undefined;
  do {
    // oxlint-disable-next-line no-await-in-loop -- each page begins where the one before ended
    const { Items: items = [], LastEvaluatedKey: last } = await client.send(new ScanCommand({ TableName: tableName, ConsistentRead: true, Limit: 500, ExclusiveStartKey: after }));
    const products = items.map((item) => Product.parse(fromItem(item)));
    if (products.length > 0) yield products.map((product) => ({ id: product.productId, version: product.version, document: productDocument(product) }));
    after = last;
  } while (after);
}
