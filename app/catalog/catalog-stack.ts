import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { RouteName } from '../../contracts/http';
import { ApiFunction } from '../shared/api';
import type { PublicApi } from '../shared/api';
import type { FunctionDefaults } from '../shared/function';
import { RetainedTable } from '../shared/table';
import { CatalogSeed } from './catalog-seed';

export interface CatalogStackProps extends StackProps {
  readonly api: PublicApi;
  readonly functions: FunctionDefaults;
  readonly deletionProtection: boolean;
}

const BY_CATEGORY = 'by-category';

/** What the shop sells: the products, reading them, and the first filling of the table. */
export class CatalogStack extends Stack {
  readonly products: RetainedTable;
  readonly productsTableName: CfnOutput;

  constructor(scope: Construct, id: string, props: CatalogStackProps) {
    super(scope, id, props);
    this.products = new RetainedTable(this, 'Products', {
      partitionKey: 'productId',
      stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      deletionProtection: props.deletionProtection,
    });
    this.products.addGlobalSecondaryIndex({
      indexName: BY_CATEGORY,
      partitionKey: { name: 'category', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'productId', type: dynamodb.AttributeType.STRING },
    });

    const reader = (functionId: string, route: RouteName, entry: `catalog/${string}`, description: string): ApiFunction =>
      new ApiFunction(this, functionId, route, {
        api: props.api,
        defaults: props.functions,
        entry,
        description,
        environment: { PRODUCTS_TABLE_NAME: this.products.tableName },
      });
    const listProducts = reader('ListProducts', 'listProducts', 'catalog/list-products', 'A page of products, of one category or of all');
    this.products.allow(listProducts, 'Scan');
    this.products.allowIndex(BY_CATEGORY, listProducts, 'Query');
    this.products.allow(reader('GetProduct', 'getProduct', 'catalog/get-product', 'One product'), 'GetItem');
    this.products.allow(reader('ListCategories', 'listCategories', 'catalog/list-categories', 'The categories that have something to show'), 'Scan');

    new CatalogSeed(this, 'Seed', { products: this.products, defaults: props.functions });
    this.productsTableName = new CfnOutput(this, 'ProductsTableName', { value: this.products.tableName });
  }
}
