import { Stack } from 'aws-cdk-lib';
import * as quicksight from 'aws-cdk-lib/aws-quicksight';
import { Construct } from 'constructs';
import { permitted } from './permissions';

export interface SearchIndexes {
  /** Of the OpenSearch domain, whose policy has to let QuickSight ask in SQL. */
  readonly domainName: string;
  /** Begins the names of the environment's indexes: `dev-`. */
  readonly indexPrefix: string;
}

export interface OrdersSourceProps {
  /** Begins ids and names: `website-dev`. */
  readonly name: string;
  readonly principalArn: string;
  readonly search: SearchIndexes;
}

/**
 * OpenSearch as QuickSight reads it: as the account's role for QuickSight, which an administrator once lets use OpenSearch
 * (https://docs.aws.amazon.com/quicksight/latest/user/opensearch.html). There is no role of the source's own.
 */
export class OrdersSource extends Construct {
  readonly dataSource: quicksight.CfnDataSource;

  constructor(scope: Construct, id: string, { name, principalArn, search }: OrdersSourceProps) {
    super(scope, id);
    this.dataSource = new quicksight.CfnDataSource(this, 'DataSource', {
      awsAccountId: Stack.of(this).account,
      dataSourceId: `${name}-opensearch`,
      name: `${name}: OpenSearch`,
      type: 'AMAZON_OPENSEARCH',
      dataSourceParameters: { amazonOpenSearchParameters: { domain: search.domainName } },
      permissions: permitted(principalArn, 'dataSource'),
    });
  }
}
