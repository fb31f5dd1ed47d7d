import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { ServiceFunction } from '../shared/function';
import type { FunctionDefaults } from '../shared/function';
import type { RetainedTable } from '../shared/table';
import type { SearchDomain } from './search-domain';

export interface ReconcileProps {
  readonly search: SearchDomain;
  /** The alias of each index by what it is of. */
  readonly indexes: Readonly<Record<'products' | 'orders', string>>;
  readonly tables: readonly RetainedTable[];
  /** Names the domain, the prefix of its indexes, and the tables. */
  readonly environment: Record<string, string>;
  readonly functions: FunctionDefaults;
  /** Where its figures are kept apart from those of other environments in the same account. */
  readonly metricNamespace: string;
}

/** How long a change that its stream has lost may be missing. A million orders of 3 KB cost $0.09 to read, twice where they differ. */
export const PERIOD = Duration.hours(6);

/** Compares each table with its index four times a day, and mends the index. */
export class Reconcile extends Construct {
  constructor(scope: Construct, id: string, { search, indexes, tables, environment, functions, metricNamespace }: ReconcileProps) {
    super(scope, id);
    const reconcile = new ServiceFunction(this, 'ReconcileIndexes', {
      entry: 'search/reconcile-indexes',
      description: 'Compares a table with its search index, and mends the index',
      defaults: functions,
      environment: { ...environment, POWERTOOLS_METRICS_NAMESPACE: metricNamespace },
      // Where nearly every range differs, ids and versions of both sides are in memory: half a gigabyte for a million items.
      memorySize: 2_048,
      timeout: Duration.minutes(15),
    });
    for (const table of tables) table.allow(reconcile, 'Scan', 'BatchGetItem');
    for (const alias of Object.values(indexes)) for (const what of ['_search', '_mget', '_bulk']) search.allow(reconcile, ['Post'], `/${alias}/${what}`);

    new events.Rule(this, 'Schedule', {
      description: 'Compares tables with their search indexes',
      schedule: events.Schedule.rate(PERIOD),
      targets: Object.keys(indexes).map((index) => new targets.LambdaFunction(reconcile.live, { event: events.RuleTargetInput.fromObject({ index }), retryAttempts: 0, maxEventAge: PERIOD })),
    });
    // Neither EventBridge nor Lambda tries again: what one run misses the next one finds.
    reconcile.live.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: PERIOD });
    new CfnOutput(Stack.of(this), 'IndexReconcilerArn', { value: reconcile.live.functionArn });
  }
}
