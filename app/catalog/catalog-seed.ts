import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DeploymentStep } from '../shared/deployment-step';
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

    const { resource } = new DeploymentStep(this, 'Seed', {
      handler: seed,
      defaults,
      resourceType: 'Custom::Catalogue',
      // The catalogue is part of the function's bundle, so another version may bring other products.
      properties: { bundle: seed.live.version.version },
    });
    resource.node.addDependency(products);
  }
}
