import path from 'node:path';
import { CreateDashboardCommand, CreateDataSetCommand, CreateDataSourceCommand, DescribeDashboardCommand, QuickSightClient, type CreateDataSetCommandInput, type DashboardVersionDefinition } from '@aws-sdk/client-quicksight';
import { DescribeStatementCommand, ExecuteStatementCommand, RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { CreateNamespaceCommand, CreateWorkgroupCommand, RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { startQuickSight } from '../../../local/quicksight/server';
import { startRedshift } from '../../../local/redshift/server';
import { eventually } from '../../support/eventually';

export const ACCOUNT = '222222222222';
export const REGION = 'us-east-1';
export const arnOf = (kind: string, id: string): string => `arn:aws:quicksight:${REGION}:${ACCOUNT}:${kind}/${id}`;

const COLUMNS: { Name: string; Type: 'STRING' | 'DECIMAL' | 'DATETIME' | 'INTEGER' }[] = [{ Name: 'order_id', Type: 'STRING' }, { Name: 'vendor', Type: 'STRING' }, { Name: 'status', Type: 'STRING' }, { Name: 'items', Type: 'INTEGER' }, { Name: 'revenue', Type: 'DECIMAL' }, { Name: 'sold_at', Type: 'DATETIME' }];

/** A shop whose sales lie in Redshift, which also stands where calls go, and QuickSight over it. */
export class Shop {
  private constructor(
    readonly port: number,
    /** Where its sources are asked. */
    readonly sourceUrl: string,
    readonly quicksight: QuickSightClient,
    private readonly data: RedshiftDataClient,
    private readonly stops: readonly (() => Promise<void>)[],
  ) {}

  static async open(folder: string, pagesDir?: string): Promise<Shop> {
    const redshift = await startRedshift({ port: 0, stateDir: path.join(folder, 'redshift'), endpoint: 'http://127.0.0.1:9' });
    const service = await startQuickSight({ port: 0, stateDir: path.join(folder, 'quicksight'), endpoint: `http://127.0.0.1:${redshift.port}`, pagesDir });
    const at = (port: number) => ({ endpoint: `http://127.0.0.1:${port}`, region: REGION, credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'test' }, maxAttempts: 1 });
    const serverless = new RedshiftServerlessClient(at(redshift.port));
    await serverless.send(new CreateNamespaceCommand({ namespaceName: 'shop', dbName: 'shop' }));
    await serverless.send(new CreateWorkgroupCommand({ workgroupName: 'shop', namespaceName: 'shop', baseCapacity: 8 }));
    serverless.destroy();
    const shop = new Shop(service.port, `http://127.0.0.1:${redshift.port}`, new QuickSightClient(at(service.port)), new RedshiftDataClient(at(redshift.port)), [() => service.close(), () => redshift.stop()]);
    await shop.run('CREATE TABLE sales (order_id varchar, vendor varchar, status varchar, items integer, revenue decimal(18,2), sold_at timestamp)');
    await shop.quicksight.send(new CreateDataSourceCommand({ AwsAccountId: ACCOUNT, DataSourceId: 'warehouse', Name: 'warehouse', Type: 'REDSHIFT', DataSourceParameters: { RedshiftParameters: { Host: `shop.${ACCOUNT}.${REGION}.redshift-serverless.amazonaws.com`, Port: 5439, Database: 'shop' } } }));
    return shop;
  }

  async close(): Promise<void> {
    this.quicksight.destroy();
    this.data.destroy();
    for (const stop of this.stops) await stop();
  }

  async run(Sql: string): Promise<void> {
    const { Id } = await this.data.send(new ExecuteStatementCommand({ WorkgroupName: 'shop', Database: 'shop', Sql }));
    const ended = await eventually(async () => {
      const found = await this.data.send(new DescribeStatementCommand({ Id }));
      return ['FINISHED', 'FAILED'].includes(found.Status ?? '') && found;
    }, 60);
    if (ended.Status === 'FAILED') throw new Error(ended.Error);
  }

  /** Sales as `[order, vendor, status, items, revenue, when]`. */
  async sell(...sales: readonly (readonly [string, string, string, number, number, Date])[]): Promise<void> {
    if (sales.length > 0) await this.run(`INSERT INTO sales VALUES ${sales.map(([order, vendor, status, items, revenue, at]) => `('${order}', '${vendor}', '${status}', ${items}, ${revenue}, '${at.toISOString().slice(0, 19).replace('T', ' ')}')`).join(', ')}`);
  }

  dataSet(DataSetId: string, more: Partial<CreateDataSetCommandInput> = {}) {
    const sales = { CustomSql: { DataSourceArn: arnOf('datasource', 'warehouse'), Name: 'sales', SqlQuery: 'SELECT * FROM sales', Columns: COLUMNS } };
    return this.quicksight.send(new CreateDataSetCommand({ AwsAccountId: ACCOUNT, DataSetId, Name: DataSetId, ImportMode: 'DIRECT_QUERY', PhysicalTableMap: { sales }, ...more }));
  }

  /** @returns its version, with what is wrong with it */
  async dashboard(DashboardId: string, definition: object, name = DashboardId) {
    await this.quicksight.send(new CreateDashboardCommand({ AwsAccountId: ACCOUNT, DashboardId, Name: name, Definition: definition as DashboardVersionDefinition }));
    const { Dashboard } = await this.quicksight.send(new DescribeDashboardCommand({ AwsAccountId: ACCOUNT, DashboardId }));
    return Dashboard?.Version;
  }

  /** What the page asks for a visual. */
  async look(dashboard: string, visual: string, choices: object = {}): Promise<{ readonly status: number; readonly body: unknown }> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/_dashboards/${ACCOUNT}/${REGION}/${dashboard}/visuals/${visual}`, { method: 'POST', body: JSON.stringify(choices), headers: { 'content-type': 'application/json' } });
    return { status: answer.status, body: await answer.json() };
  }

  address(dashboard = '', sheet = ''): string {
    return `http://127.0.0.1:${this.port}/#/${ACCOUNT}/${REGION}/${dashboard}/${sheet}`;
  }
}
