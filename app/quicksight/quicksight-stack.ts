import { Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { LakeSource } from './lake-source';
import type { Lake } from './lake-source';
import { liveShop } from './live-shop';
import { ordersDashboard } from './orders';
import { OrdersSource } from './orders-source';
import type { SearchIndexes } from './orders-source';
import { Published } from './published';
import { WarehouseSource } from './warehouse-source';
import type { WarehouseEndpoint } from './warehouse-source';
import { yesterdayDashboard } from './yesterday';

export interface DashboardReaders {
  /** A group or user of QuickSight: `arn:aws:quicksight:us-east-1:<account>:group/default/shop`. QuickSight's own region stands in it, whatever the environment's. */
  readonly principalArn: string;
  /** When the night's results are imported, in UTC, after the night's run: `05:00`. */
  readonly importedAt: string;
}

export interface QuickSightStackProps extends StackProps {
  readonly environmentName: string;
  readonly readers: DashboardReaders;
  readonly warehouse: WarehouseEndpoint;
  readonly lake: Lake;
  readonly search: SearchIndexes;
}

/** The shop in pictures, for whom the environment names. An account without a subscription to QuickSight cannot have it. */
export class QuickSightStack extends Stack {
  constructor(scope: Construct, id: string, { environmentName, readers: { principalArn, importedAt }, warehouse, lake, search, ...props }: QuickSightStackProps) {
    super(scope, id, props);
    const name = `website-${environmentName.toLowerCase()}`;
    const common = { name, environmentName, principalArn, names: { database: lake.databaseName, indexPrefix: search.indexPrefix } };
    const redshift = new WarehouseSource(this, 'Redshift', { name, principalArn, warehouse });
    new Published(this, 'LiveShop', { ...common, source: redshift.dataSource, dashboard: liveShop });
    const openSearch = new OrdersSource(this, 'OpenSearch', { name, principalArn, search });
    new Published(this, 'Orders', { ...common, source: openSearch.dataSource, dashboard: ordersDashboard });
    const athena = new LakeSource(this, 'Athena', { name, principalArn, lake });
    new Published(this, 'Yesterday', { ...common, source: athena.dataSource, dashboard: yesterdayDashboard, importedAt });
  }
}
