import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from '../shared/acknowledge';
import { AlarmTopic, ServiceAlarm } from '../shared/alarm';
import { ApiFunction } from '../shared/api';
import type { PublicApi } from '../shared/api';
import type { FunctionDefaults } from '../shared/function';
import { Migrations } from './migrations';
import type { DatabaseReader } from './migrations';
import { Refresh } from './refresh';
import { UsageLimit } from './usage-limit';
import { Warehouse } from './warehouse';

export interface WarehouseSize {
  /** RPUs with which a query begins: 4 to 1,024. */
  readonly baseCapacity: number;
  /** RPU-hours a day above which it is switched off until the next one. */
  readonly rpuHoursADay: number;
  /**
   * When it reads what has come in: within seconds, which keeps it awake, or now and then and when it is asked to. Each time
   * costs a minute of its capacity.
   */
  readonly refresh: 'by itself' | { readonly everyMinutes: number };
}

export interface RedshiftStackProps extends StackProps {
  readonly api: PublicApi;
  readonly functions: FunctionDefaults;
  readonly environmentName: string;
  readonly vpc: ec2.IVpc;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly size: WarehouseSize;
  /** A record is one ClickEvent as JSON. */
  readonly clicks: kinesis.IStream;
  /** A record is one change of the orders table as DynamoDB writes it. */
  readonly orderChanges: kinesis.IStream;
  /** Who reads in the database besides reports. @default nobody */
  readonly readers?: readonly DatabaseReader[];
  /** Whether dashboards read in the database, as a user with a password: QuickSight has no role that a workgroup knows. @default false */
  readonly dashboards?: boolean;
  readonly deletionProtection: boolean;
  /** Who is written to when an alarm rings. @default nobody, until somebody subscribes to the topic */
  readonly alarmEmail?: string;
}

const STREAMING = ['raw.clicks', 'raw.order_changes'];
const DASHBOARDS = { username: 'dashboards', views: ['shop.clicks', 'shop.orders'] };
const REPORTED = ['shop.clicks', 'shop.orders', 'shop.order_lines'];

/** Clicks and orders as they come, in SQL, and what operators are told of them. */
export class RedshiftStack extends Stack {
  readonly warehouse: Warehouse;
  /** `username` and `password` of who reads for dashboards. */
  readonly dashboardReader?: secretsmanager.ISecret;
  /** Has it read what has come in. */
  readonly refresher: IFunction;
  readonly refresherArn: CfnOutput;
  readonly workgroupName: CfnOutput;
  readonly databaseName: CfnOutput;

  constructor(scope: Construct, id: string, props: RedshiftStackProps) {
    super(scope, id, props);
    const { clicks, orderChanges, functions: defaults, size } = props;
    this.warehouse = new Warehouse(this, 'Warehouse', {
      name: `website-${props.environmentName.toLowerCase()}`,
      vpc: props.vpc,
      securityGroup: props.securityGroup,
      baseCapacity: size.baseCapacity,
      streams: [clicks, orderChanges],
      retained: props.deletionProtection,
    });
    new UsageLimit(this, 'Usage', { warehouse: this.warehouse, defaults, rpuHoursADay: size.rpuHoursADay });

    const everyMinutes = size.refresh === 'by itself' ? undefined : size.refresh.everyMinutes;
    this.refresher = new Refresh(this, 'Refresh', { warehouse: this.warehouse, defaults, views: STREAMING, everyMinutes }).refresher.live;

    const getReport = new ApiFunction(this, 'GetReport', 'getReport', {
      api: props.api,
      defaults,
      entry: 'redshift/get-report',
      description: 'What clicks and orders come to',
      environment: { WORKGROUP_NAME: this.warehouse.workgroupName, DATABASE_NAME: this.warehouse.databaseName },
      // Room for the few seconds that a statement is waited for, and for a Redshift that does not answer.
      timeout: Duration.seconds(20),
    });
    this.warehouse.allowStatements(getReport);

    if (props.dashboards) this.dashboardReader = this.#dashboardReader();
    // A short name: that of the framework's function is long enough.
    new Migrations(this, 'Sql', {
      warehouse: this.warehouse,
      defaults,
      names: { streamingRole: this.warehouse.streaming.roleArn, clicks: clicks.streamName, orderChanges: orderChanges.streamName },
      readers: [{ roleName: getReport.role.roleName, views: REPORTED }, ...(props.readers ?? [])],
      ...(this.dashboardReader && { passwordReader: { secret: this.dashboardReader, views: DASHBOARDS.views } }),
      views: STREAMING,
      refreshThemselves: everyMinutes === undefined,
    });
    this.#alarms(props, everyMinutes ?? 0);
    this.workgroupName = new CfnOutput(this, 'WorkgroupName', { value: this.warehouse.workgroupName });
    this.refresherArn = new CfnOutput(this, 'RefresherArn', { value: this.refresher.functionArn });
    this.databaseName = new CfnOutput(this, 'DatabaseName', { value: this.warehouse.databaseName });
  }

  #dashboardReader(): secretsmanager.ISecret {
    const secret = new secretsmanager.Secret(this, 'DashboardReader', {
      description: 'As whom dashboards read in Redshift',
      // Redshift takes up to 64 characters, of each kind at least one.
      generateSecretString: { secretStringTemplate: JSON.stringify({ username: DASHBOARDS.username }), generateStringKey: 'password', passwordLength: 40, excludePunctuation: true, requireEachIncludedType: true },
    });
    acknowledge(secret, 'AwsSolutions-SMG4', 'QuickSight holds a copy, which a rotation would have to change as well; the user may read two views, from inside the VPC alone. docs/dashboards.md says how it is changed.');
    return secret;
  }

  #alarms({ alarmEmail, orderChanges, size }: RedshiftStackProps, everyMinutes: number): void {
    const topic = new AlarmTopic(this, 'Topic', { email: alarmEmail });
    new ServiceAlarm(this, 'OrdersLate', {
      topic,
      metric: orderChanges.metricGetRecordsIteratorAgeMilliseconds({ period: Duration.minutes(5), statistic: cloudwatch.Stats.MAXIMUM }),
      threshold: Duration.minutes(15 + everyMinutes).toMilliseconds(),
      periods: 2,
      loses: 'Reports lack the orders of the last quarter of an hour.',
      runbook: 'reports-are-late',
    });
    new ServiceAlarm(this, 'NearlyUsedUp', {
      topic,
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Redshift-Serverless',
        metricName: 'ComputeSeconds',
        dimensionsMap: { Workgroup: this.warehouse.workgroupName },
        statistic: cloudwatch.Stats.SUM,
        period: Duration.days(1),
      }),
      threshold: Duration.hours(size.rpuHoursADay).toSeconds() * 0.8,
      loses: 'Reports will be away until tomorrow: Redshift has used four fifths of what it may use in a day.',
      runbook: 'redshift-is-nearly-used-up',
    });
  }
}
