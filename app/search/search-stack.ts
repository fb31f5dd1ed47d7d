import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import type { RouteName } from '../../contracts/http';
import { acknowledge } from '../shared/acknowledge';
import { ApiFunction } from '../shared/api';
import type { PublicApi } from '../shared/api';
import { DeploymentStep } from '../shared/deployment-step';
import { FailedRecords } from '../shared/failed-records';
import { ServiceFunction } from '../shared/function';
import type { FunctionDefaults } from '../shared/function';
import type { RetainedTable } from '../shared/table';
import { Alarms } from './alarms';
import { Reconcile } from './reconcile';
import { SearchDomain } from './search-domain';
import type { SearchSize } from './search-domain';

export interface SearchStackProps extends StackProps {
  readonly api: PublicApi;
  readonly functions: FunctionDefaults;
  readonly environmentName: string;
  readonly size: SearchSize;
  readonly products: RetainedTable;
  readonly orders: RetainedTable;
  /** Who is written to when an alarm rings. @default nobody, until somebody subscribes to the topic */
  readonly alarmEmail?: string;
}

/** Finding things: the domain, what keeps it in step with the tables of products and orders, and asking it. */
export class SearchStack extends Stack {
  readonly domain: SearchDomain;
  /** Begins the names of the environment's indexes: `dev-`. */
  readonly indexPrefix: string;

  constructor(scope: Construct, id: string, props: SearchStackProps) {
    super(scope, id, props);
    const name = props.environmentName.toLowerCase();
    // Its creation takes 15 to 30 minutes, which CloudFormation waits for without a time-out to be set.
    const search = new SearchDomain(this, 'Search', { name: `website-${name}`, size: props.size });
    this.domain = search;
    const prefix = (this.indexPrefix = `${name}-`);
    const [products, orders] = [`${prefix}products`, `${prefix}orders`];
    const environment = { SEARCH_ENDPOINT: search.endpoint, INDEX_PREFIX: prefix };

    const fromTables = { ...environment, PRODUCTS_TABLE_NAME: props.products.tableName, ORDERS_TABLE_NAME: props.orders.tableName };
    const prepare = new ServiceFunction(this, 'PrepareIndexes', {
      entry: 'search/prepare-indexes',
      description: 'Makes the indexes that this release searches, and fills them from the tables',
      defaults: props.functions,
      environment: fromTables,
      memorySize: 2_048,
      timeout: Duration.minutes(15),
    });
    for (const table of [props.products, props.orders]) table.allow(prepare, 'Scan', 'BatchGetItem');
    search.allow(prepare, ['Get'], '/_alias');
    search.allow(prepare, ['Post'], '/_aliases');
    for (const index of [products, orders]) {
      search.allow(prepare, ['Put', 'Delete'], `/${index}-*`);
      search.allow(prepare, ['Get'], `/${index}-*/_mapping`);
      for (const what of ['_bulk', '_search', '_mget', '_refresh']) search.allow(prepare, ['Post'], `/${index}-building/${what}`);
    }
    new CfnOutput(this, 'IndexBuilderArn', { value: prepare.live.functionArn });
    const { resource: prepared } = new DeploymentStep(this, 'Prepare', {
      handler: prepare,
      defaults: props.functions,
      resourceType: 'Custom::SearchIndexes',
      // The mapping is part of the function's bundle.
      properties: { bundle: prepare.live.version.version },
      // CloudFormation waits for an hour, which is some million documents.
      repeated: Duration.minutes(55),
    });
    prepared.node.addDependency(search.domain);

    const metricNamespace = `Website/${props.environmentName}`;
    new Reconcile(this, 'Reconcile', { search, indexes: { products, orders }, tables: [props.products, props.orders], environment: fromTables, functions: props.functions, metricNamespace });

    const failed = new FailedRecords(this, 'Failed', { of: 'searched tables' });
    const indexer = (functionId: string, entry: `search/${string}`, of: string, table: RetainedTable, bulk: string): ServiceFunction => {
      const index = new ServiceFunction(this, functionId, { entry, description: `Brings changes of ${of} into the index`, defaults: props.functions, environment, timeout: Duration.minutes(2) });
      search.allow(index, ['Post'], `/${bulk}/_bulk`);
      acknowledge(index, 'AwsSolutions-IAM5[Resource::*]', 'dynamodb:ListStreams knows no resource.');
      index.live.addEventSource(
        new DynamoEventSource(table, {
          ...failed.patienceOf(index),
          batchSize: 100,
          // Each of them takes a quarter of a minute and more while the domain is away.
          retryAttempts: 20,
          // The index forgets tombstones after 24 hours: see `index.gc_deletes`.
        }),
      );
      // What is read before there is an index would be tried in vain. Not the function itself: the domain's policy names its role.
      for (const child of index.live.node.findAll()) if (child instanceof lambda.EventSourceMapping) child.node.addDependency(prepared);
      return index;
    };
    const indexers = {
      products: indexer('IndexProducts', 'search/index-products', 'products', props.products, products).live,
      orders: indexer('IndexOrders', 'search/index-orders', 'orders', props.orders, orders).live,
    };

    const reader = (index: string, functionId: string, route: RouteName, entry: `search/${string}`, description: string): void =>
      search.allow(new ApiFunction(this, functionId, route, { api: props.api, defaults: props.functions, entry, description, environment, memorySize: 1_024 }), ['Post'], `/${index}/_search`);
    reader(products, 'SearchProducts', 'searchProducts', 'search/search-products', 'Finds products');
    reader(products, 'SuggestProducts', 'suggestProducts', 'search/suggest-products', 'Suggests products as somebody types');
    reader(orders, 'SearchOwnOrders', 'searchOwnOrders', 'search/search-own-orders', "Finds one's own orders");
    reader(orders, 'SearchOrders', 'searchOrders', 'search/search-orders', "Finds everybody's orders, for operators");

    new Alarms(this, 'Alarms', { email: props.alarmEmail, domain: search.domain, indexers, failedRecords: failed, metricNamespace });
  }
}
