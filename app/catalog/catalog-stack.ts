import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { ApiFunction } from '../shared/api';
import type { PublicApi } from '../shared/api';
import type { FunctionDefaults } from '../shared/function';
import { RetainedTable } from '../shared/table';

export interface CatalogStackProps extends StackProps {
  readonly api: PublicApi;
  readonly functions: FunctionDefaults;
  readonly deletionProtection: boolean;
}

/** What the shop sells: the products, reading them, and the first filling of the table. */
export class CatalogStack extends Stack {
  readonly products: dynamodb.Table;
  readonly productsTableName: CfnOutput;

  constructor(scope: Construct, id: string, props: CatalogStackProps) {
    super(scope, id, props);
    const { api, functions: defaults } = props;
    this.products = new RetainedTable(this, 'Products', {
      partitionKey: 'productId',
      stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      deletionProtection: props.deletionProtection,
    });
    this.products.addGlobalSecondaryIndex({
      indexName: 'by-category',
      partitionKey: { name: 'category', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'productId', type: dynamodb.AttributeType.STRING },
    });
    const environment = { PRODUCTS_TABLE_NAME: this.products.tableName };

    const listProducts = new ApiFunction(this, 'ListProducts', 'listProducts', {
      api, defaults, environment,
      entry: 'catalog/list-products',
      description: 'A page of products, of a category or of all',
    });
    this.products.grant(listProducts, 'dynamodb:Query', 'dynamodb:Scan');
    this.productsTableName = new CfnOutput(this, 'ProductsTableName', { value: this.products.tableName });
  }
}
