import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

export interface AlarmTopicProps {
  /** Who is written to; SNS asks them to confirm. @default nobody, until somebody subscribes */
  readonly email?: string;
}

/** Where an environment's alarms go: names and what they mean, nothing of any customer, so without a key of its own. */
export class AlarmTopic extends sns.Topic {
  constructor(scope: Construct, id: string, { email }: AlarmTopicProps) {
    super(scope, id, { displayName: 'Alarms of the shop', enforceSSL: true });
    // A policy takes the place of the one that every topic has, and with it the right of the account's own alarms.
    this.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (email !== undefined) this.addSubscription(new EmailSubscription(email));
  }
}

export interface ServiceAlarmProps {
  readonly topic: sns.ITopic;
  readonly metric: cloudwatch.IMetric;
  /** What a customer loses while it rings, as a sentence. */
  readonly loses: string;
  /** The section of docs/runbooks.md by its anchor: `orders-are-overdue`. */
  readonly runbook: string;
  /** @default 1 */
  readonly threshold?: number;
  /** @default at or above the threshold */
  readonly comparison?: cloudwatch.ComparisonOperator;
  /** How many of the metric's periods in a row. @default 1 */
  readonly periods?: number;
  /** What no data means. @default nothing is wrong */
  readonly missing?: cloudwatch.TreatMissingData;
}

/** An alarm of this house: says what a customer loses and where to read what to do, when it begins and when it is over. */
export class ServiceAlarm extends cloudwatch.Alarm {
  constructor(scope: Construct, id: string, { topic, metric, loses, runbook, threshold = 1, comparison, periods = 1, missing }: ServiceAlarmProps) {
    super(scope, id, {
      metric,
      threshold,
      comparisonOperator: comparison ?? cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: missing ?? cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: `${loses} What to do: docs/runbooks.md#${runbook}`,
    });
    const tell = new actions.SnsAction(topic);
    this.addAlarmAction(tell);
    this.addOkAction(tell);
  }
}
