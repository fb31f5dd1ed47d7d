import { CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { ServiceFunction } from '../shared/function';
import type { FunctionDefaults } from '../shared/function';
import type { RetainedTable } from '../shared/table';

export interface CatalogSeedProps {
  readonly products: RetainedTable;
  readonly defaults: FunctionDefaults;
}

/** Adds to the table what it lacks of the shop's own catalogue, at each deployment that changes the catalogue. */
export class CatalogSeed extends Construct {
  constructor(scope: Construct, id: string, { products, defaults }: CatalogSeedProps) {
    super(scope, id);
    const seed = new ServiceFunction(this, 'Insert', {
      entry: 'catalog/seed-catalog',
      description: "Adds what is missing of the shop's own catalogue",
      defaults,
      environment: { PRODUCTS_TABLE_NAME: products.tableName },
      memorySize: 1_024,
      timeout: Duration.minutes(1),
    });
    products.allow(seed, 'PutItem');

    const logGroup = new logs.LogGroup(this, 'Log', { retention: defaults.logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    const provider = new Provider(this, 'Hook', { onEventHandler: seed.live, frameworkOnEventRole: role, logGroup });

    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::Catalogue',
      serviceToken: provider.serviceToken,
      serviceTimeout: Duration.minutes(5),
      // The catalogue is part of the function's bundle, so another version may bring other products.
      properties: { bundle: seed.live.version.version },
    });
    resource.node.addDependency(products);
  }
}
