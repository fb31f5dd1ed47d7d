import { Stack } from 'aws-cdk-lib';
import * as quicksight from 'aws-cdk-lib/aws-quicksight';
import { Construct } from 'constructs';
import { definitionOf } from './dashboard';
import type { Dashboard } from './dashboard';
import { physicalTable } from './data-set';
import type { DataSet } from './data-set';
import { permitted } from './permissions';

export interface PublishedProps {
  /** Begins ids: `website-dev`. */
  readonly name: string;
  /** Begins what people read: `Dev`. */
  readonly environmentName: string;
  readonly principalArn: string;
  readonly source: quicksight.CfnDataSource;
  /** What the data sets' sources are called. */
  readonly names: { readonly database: string; readonly indexPrefix: string };
  readonly dashboard: Dashboard;
  /** When a copy is taken each day, in UTC: `05:00`. @default none is: each look asks the source */
  readonly importedAt?: string;
}

/** A dashboard with its data sets, and its analysis, in which one may try something out: the next release puts it back. */
export class Published extends Construct {
  constructor(scope: Construct, id: string, props: PublishedProps) {
    super(scope, id);
    const { name, principalArn, dashboard } = props;
    const awsAccountId = Stack.of(this).account;
    const made = new Map(dashboard.dataSets.map((dataSet) => [dataSet.id, this.#dataSet(dataSet, props)]));
    const definition = definitionOf(dashboard, ({ id: of }) => made.get(of)?.attrArn ?? '');
    const what = { awsAccountId, name: `${props.environmentName}: ${dashboard.name}`, definition };
    new quicksight.CfnAnalysis(this, 'Analysis', { ...what, analysisId: `${name}-${dashboard.id}`, permissions: permitted(principalArn, 'analysis') });
    new quicksight.CfnDashboard(this, 'Dashboard', { ...what, dashboardId: `${name}-${dashboard.id}`, permissions: permitted(principalArn, 'dashboard') });
  }

  #dataSet(dataSet: DataSet, { name, environmentName, principalArn, source, names, importedAt }: PublishedProps): quicksight.CfnDataSet {
    const awsAccountId = Stack.of(this).account;
    const made = new quicksight.CfnDataSet(this, `Set-${dataSet.id}`, {
      awsAccountId,
      dataSetId: `${name}-${dataSet.id}`,
      name: `${environmentName}: ${dataSet.name}`,
      importMode: importedAt === undefined ? 'DIRECT_QUERY' : 'SPICE',
      physicalTableMap: { rows: physicalTable(dataSet, source.attrArn, names) },
      permissions: permitted(principalArn, 'dataSet'),
      // A release neither waits for a copy nor fails by one: in the first there is nothing to copy yet.
      ...(importedAt !== undefined && { ingestionWaitPolicy: { waitForSpiceIngestion: false } }),
    });
    if (importedAt !== undefined) {
      new quicksight.CfnRefreshSchedule(this, `Refresh-${dataSet.id}`, {
        awsAccountId,
        dataSetId: `${name}-${dataSet.id}`,
        schedule: { scheduleId: 'daily', refreshType: 'FULL_REFRESH', scheduleFrequency: { interval: 'DAILY', timeOfTheDay: importedAt, timeZone: 'UTC' } },
      }).addResourceDependency(made);
    }
    return made;
  }
}
