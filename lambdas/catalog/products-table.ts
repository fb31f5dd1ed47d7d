import { GetItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient, QueryCommandInput, ScanCommandInput } from '@aws-sdk/client-dynamodb';
import type { ProductId } from '../../contracts/ids';
import { Product } from '../../contracts/product';
import type { CategoryName, VendorName } from '../../contracts/product';
import { fromItem, toItem } from '../shared/dynamodb';

/** The index of the products table that a category is read from: partition key `category`, sort key `productId`. */
const BY_CATEGORY = 'by-category';

export type ProductKey = Readonly<Record<string, string>>;

export interface ProductsRead {
  readonly category?: CategoryName;
  readonly vendor?: VendorName;
  /** How many items to look at; those that are inactive or of another vendor are not among the answer's. */
  readonly look: number;
  readonly after?: ProductKey;
}

/** The products table as the catalogue's functions read it. */
export class ProductsTable {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
  ) {}

  async find(productId: ProductId): Promise<Product | undefined> {
    const { Item: item } = await this.client.send(new GetItemCommand({ TableName: this.tableName, Key: toItem({ productId }) }));
    return item && Product.parse(fromItem(item));
  }

  /** One read of active products, of a category in the order of their ids or of all in the order of the table. */
  async read({ category, vendor, look, after }: ProductsRead): Promise<{ products: Product[]; last?: ProductKey }> {
    const input: ScanCommandInput & QueryCommandInput = {
      TableName: this.tableName,
      Limit: look,
      ExclusiveStartKey: after && toItem(after),
      FilterExpression: vendor ? 'active = :active AND vendor = :vendor' : 'active = :active',
      ExpressionAttributeValues: toItem({ ':active': true, ':vendor': vendor, ':category': category }),
    };
    const query = { ...input, IndexName: BY_CATEGORY, KeyConditionExpression: 'category = :category' };
    const { Items: items = [], LastEvaluatedKey: last } = await (category
      ? this.client.send(new QueryCommand(query))
      : this.client.send(new ScanCommand(input)));
    return {
      products: items.map((item) => Product.parse(fromItem(item))),
      last: last && Object.fromEntries(Object.entries(fromItem(last)).map(([name, value]) => [name, String(value)])),
    };
  }

  /** The categories of all active products, one name a product. Reads the whole table, a megabyte at a time. */
  async *categoryOfEach(): AsyncGenerator<string> {
    let after: ScanCommandInput['ExclusiveStartKey'];
    do {
      // Each page begins where the one before ended.
      // oxlint-disable-next-line no-await-in-loop
      const page = await this.client.send(
        new ScanCommand({
          TableName: this.tableName,
          ProjectionExpression: 'category',
          FilterExpression: 'active = :active',
          ExpressionAttributeValues: toItem({ ':active': true }),
          ExclusiveStartKey: after,
        }),
      );
      for (const item of page.Items ?? []) yield item.category?.S ?? '';
      after = page.LastEvaluatedKey;
    } while (after);
  }
}
