import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { ServiceFunction } from '../shared/function';
import type { FunctionDefaults } from '../shared/function';
import type { Warehouse } from './warehouse';

export interface RefreshProps {
  readonly warehouse: Warehouse;
  readonly defaults: FunctionDefaults;
  readonly views: readonly string[];
  /** @default never: they refresh themselves */
  readonly everyMinutes?: number;
}

/** Has the views over streams read what has come in, when it is asked to. */
export class Refresh extends Construct {
  readonly refresher: ServiceFunction;

  constructor(scope: Construct, id: string, { warehouse, defaults, views, everyMinutes }: RefreshProps) {
    super(scope, id);
    this.refresher = new ServiceFunction(this, 'RefreshViews', {
      entry: 'redshift/refresh-views',
      description: 'Has Redshift read what has come into the streams',
      defaults,
      environment: { ...warehouse.administration, STREAMING_VIEWS: views.join(',') },
      timeout: Duration.minutes(5),
    });
    warehouse.allowAdministration(this.refresher, { reads: false });
    if (everyMinutes === undefined) return;
    new events.Rule(this, 'Schedule', {
      description: 'Has Redshift read what has come into the streams',
      schedule: events.Schedule.rate(Duration.minutes(everyMinutes)),
      // The next time does it all.
      targets: [new targets.LambdaFunction(this.refresher.live, { retryAttempts: 0 })],
    });
  }
}
