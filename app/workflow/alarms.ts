import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { AlarmTopic, ServiceAlarm } from '../shared/alarm';
import type { ServiceAlarmProps } from '../shared/alarm';
import type { ServiceFunction } from '../shared/function';
import type { OrderMachines } from './order-machines';
import type { UnheardEvents } from './unheard-events';

export interface AlarmsProps {
  /** Who is written to. @default nobody, until somebody subscribes to the topic */
  readonly email?: string;
  readonly machines: OrderMachines;
  /** What reads the orders' stream, and where what it gave up on is queued. */
  readonly starter: IFunction;
  readonly failures: IQueue;
  /** The functions that the payment provider and the carrier call. */
  readonly webhooks: readonly ServiceFunction[];
  /** Where events wait that nobody could be told of, and who handles the others. */
  readonly unheard: UnheardEvents;
  /** What has the secrets of the webhooks changed, and what changes the one between CloudFront and the API. */
  readonly registrar: IFunction;
  readonly originRotator: IFunction;
  readonly metricNamespace: string;
}

/** Of what is tried once a day: it rings until the next attempt, which is the one that can end it. */
const DAY = Duration.days(1);
const QUARTER = Duration.minutes(15);
/** A round may end after a quarter of an hour and a little: what the last one found holds until the next. */
const UNTIL_NEXT_ROUND = TreatMissingData.IGNORE;
/** More of them in five minutes are not somebody who tries the address. */
const BAD_SIGNATURES = 5;

/** What wakes somebody: each alarm says what customers lose, and docs/runbooks.md what to do. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { email, machines, starter, failures, unheard, webhooks, registrar, originRotator, metricNamespace }: AlarmsProps) {
    super(scope, id);
    const topic = new AlarmTopic(this, 'Topic', { email });
    const alarm = (alarmId: string, props: Omit<ServiceAlarmProps, 'topic'>): ServiceAlarm => new ServiceAlarm(this, alarmId, { topic, ...props });
    const figure = (metricName: string, statistic: string): Metric => new Metric({ namespace: metricNamespace, metricName, statistic, period: QUARTER, dimensionsMap: { service: 'workflow' } });

    alarm('ProcessingFailed', {
      metric: machines.processOrder.metricFailed(),
      loses: 'An order has stopped half-way: its customer waits for goods that nobody sends, and may be charged for them.',
      runbook: 'an-order-has-stopped-half-way',
    });
    alarm('UndoingFailed', {
      metric: machines.undoOrder.metricFailed(),
      loses: 'An order is undone only in part: its customer does not get all of their money back.',
      runbook: 'an-undoing-has-stopped-half-way',
    });
    alarm('MailFailed', {
      metric: machines.tellCustomer.metricFailed(),
      loses: 'A customer does not hear that their order is on its way or has arrived.',
      runbook: 'a-mail-was-not-sent',
    });
    alarm('OrdersOverdue', {
      metric: figure('OrdersOverdue', Stats.MAXIMUM),
      missing: UNTIL_NEXT_ROUND,
      loses: 'Customers wait longer than they were promised: an order is worked on for over an hour, or not handed over within seven days.',
      runbook: 'orders-are-overdue',
    });
    alarm('CapturedWithoutShipment', {
      metric: figure('CapturedWithoutShipment', Stats.MAXIMUM),
      missing: UNTIL_NEXT_ROUND,
      loses: 'A customer has paid for goods that no carrier is going to bring.',
      runbook: 'money-was-taken-and-nothing-is-shipped',
    });
    alarm('OrdersNeedAttention', {
      metric: figure('OrdersNeedingAttention', Stats.MINIMUM),
      missing: UNTIL_NEXT_ROUND,
      // Somebody has had an hour to look at the list.
      periods: 4,
      loses: "Customers wait for a person: orders are on the operators' list and nobody has looked at them.",
      runbook: 'orders-wait-for-a-person',
    });
    alarm('ChangesGivenUp', {
      metric: failures.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
      loses: 'Orders were accepted and are not worked on: changes of orders were given up on.',
      runbook: 'changes-of-orders-were-given-up',
    });
    alarm('EventsUnheard', {
      metric: unheard.queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
      loses: 'Customers wait for somebody who was never told: news of a mail that bounced, or of an order that has stopped, could not be delivered.',
      runbook: 'events-were-not-handled',
    });
    for (const handler of unheard.handlers) {
      alarm(`${handler.node.scope?.node.id ?? ''}Dropped`, {
        // After Lambda's last attempt (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html#async-invocation-metrics).
        metric: handler.lambda.metric('AsyncEventsDropped', { statistic: Stats.SUM }),
        loses: 'Customers wait for somebody who was never told: news of a mail that bounced, or of an order that has stopped, could not be written down.',
        runbook: 'events-were-not-handled',
      });
    }
    alarm('WebhookSecretsKept', {
      metric: registrar.metricErrors({ period: DAY }),
      loses: 'Nothing yet; but the secrets that prove payments and parcels to the shop grow old, and somebody who has got hold of one can go on forging them.',
      runbook: 'secrets-of-webhooks-are-not-changed',
    });
    alarm('OriginSecretKept', {
      metric: originRotator.metricErrors({ period: DAY }),
      loses: 'Nothing yet; but the secret between CloudFront and the API grows old, and somebody who has got hold of it gets past the firewall.',
      runbook: 'the-origin-secret-is-not-changed',
    });
    alarm('StarterErrors', {
      metric: starter.metricErrors(),
      threshold: 3,
      loses: 'New orders are not worked on: what starts their processing fails.',
      runbook: 'orders-are-not-started',
    });
    alarm('StarterThrottled', {
      metric: starter.metricThrottles(),
      periods: 3,
      loses: 'New orders are worked on late: what starts their processing gets no turn.',
      runbook: 'orders-are-not-started',
    });
    alarm('StarterBehind', {
      metric: starter.metric('IteratorAge', { statistic: Stats.MAXIMUM }),
      threshold: Duration.minutes(5).toMilliseconds(),
      periods: 2,
      loses: 'New orders are worked on minutes late.',
      runbook: 'orders-are-not-started',
    });
    alarm('SignaturesRefused', {
      metric: this.#refusedSignatures(webhooks, metricNamespace),
      threshold: BAD_SIGNATURES,
      loses: 'Customers who confirm a payment with their bank wait in vain, and nobody sees their parcels move: webhooks are refused, or somebody forges them.',
      runbook: 'webhooks-are-refused',
    });
    alarm('NotReconciled', {
      metric: figure('OrdersOpen', Stats.SAMPLE_COUNT),
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 4,
      missing: TreatMissingData.BREACHING,
      loses: 'Nobody would notice an order that is forgotten: the comparison with the payment provider and the carrier does not come to its end.',
      runbook: 'orders-are-not-reconciled',
    });
  }

  /** What lambdas/shared/http.ts logs of each request that it refuses. */
  #refusedSignatures(webhooks: readonly ServiceFunction[], metricNamespace: string): Metric {
    const metricName = 'SignaturesRefused';
    for (const { node, log } of webhooks) {
      new MetricFilter(this, `${node.id}Refusals`, { logGroup: log, filterPattern: FilterPattern.stringValue('$.problem', '=', 'bad-signature'), metricNamespace, metricName, metricValue: '1' });
    }
    return new Metric({ namespace: metricNamespace, metricName, statistic: Stats.SUM });
  }
}
