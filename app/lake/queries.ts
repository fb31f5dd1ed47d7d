import { Duration, Size } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge, inFinding } from '../shared/acknowledge';
import { ServiceFunction } from '../shared/function';
import type { FunctionDefaults } from '../shared/function';
import type { Catalogue } from './catalogue';
import { NAMED_QUERIES } from './named-queries';
import type { Zone } from './zone';

export interface QueriesProps {
  readonly environmentName: string;
  readonly functions: FunctionDefaults;
  readonly catalogue: Catalogue;
  readonly processed: s3.IBucket;
  /** Where answers lie. */
  readonly results: Zone;
  /** A query that would read more is cancelled, and says so. */
  readonly gibibytesAQuery: number;
}

/** What is read: the folder of a bucket. */
export interface Read {
  readonly bucket: s3.IBucket;
  readonly folders: readonly string[];
}

const ANSWERS = 'answers/';
const DAILY = 'daily/';

/** How the lake is asked in SQL: a workgroup with a limit, queries worth keeping, and one that is asked every day. */
export class Queries extends Construct {
  readonly workGroupName: string;
  readonly daily: ServiceFunction;
  readonly #workGroupArn: string;
  readonly #props: QueriesProps;

  constructor(scope: Construct, id: string, props: QueriesProps) {
    super(scope, id);
    this.#props = props;
    const { catalogue, results, environmentName } = props;
    this.workGroupName = `website-${environmentName.toLowerCase()}`;
    const workGroup = new athena.CfnWorkGroup(this, 'WorkGroup', {
      name: this.workGroupName,
      description: 'Questions to the lake',
      // Whoever asks cannot change what follows.
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        bytesScannedCutoffPerQuery: Size.gibibytes(props.gibibytesAQuery).toBytes(),
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        publishCloudWatchMetricsEnabled: true,
        requesterPaysEnabled: false,
        resultConfiguration: { outputLocation: `s3://${results.bucketName}/${ANSWERS}`, encryptionConfiguration: { encryptionOption: 'SSE_S3' }, expectedBucketOwner: Stack.of(this).account },
      },
      recursiveDeleteOption: true,
    });
    this.#workGroupArn = Stack.of(this).formatArn({ service: 'athena', resource: 'workgroup', resourceName: this.workGroupName });
    for (const [queryId, { name, description, sql }] of Object.entries(NAMED_QUERIES)) {
      new athena.CfnNamedQuery(this, queryId, { name, description, database: catalogue.databaseName, queryString: sql, workGroup: this.workGroupName }).addResourceDependency(workGroup);
    }
    this.daily = this.#askDaily();
  }

  /** What a function needs to know to ask. */
  get environment(): Readonly<Record<'WORKGROUP_NAME' | 'DATABASE_NAME', string>> {
    return { WORKGROUP_NAME: this.workGroupName, DATABASE_NAME: this.#props.catalogue.databaseName };
  }

  /** Lets a function ask about tables: Athena reads files and catalogue, and writes the answer, as whoever asks. */
  allow(fn: ServiceFunction, tables: readonly string[], reads: readonly Read[]): void {
    const { catalogue, results } = this.#props;
    const grant = (actions: readonly string[], resourceArns: string[]): iam.Grant => iam.Grant.addToPrincipal({ grantee: fn, actions: [...actions], resourceArns });
    grant(['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'], [this.#workGroupArn]);
    catalogue.allow(fn, ['glue:GetDatabase'], []);
    catalogue.allow(fn, ['glue:GetTable', 'glue:GetPartitions'], tables);
    grant(['s3:GetBucketLocation', 's3:ListBucket'], [results.bucketArn]);
    grant(['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], [results.arnForObjects(`${ANSWERS}*`)]);
    acknowledge(fn, `AwsSolutions-IAM5[Resource::${inFinding(results, fn, 'Arn')}/${ANSWERS}*]`, 'Athena names answers by the id of the question.');
    for (const { bucket, folders } of reads) {
      grant(['s3:ListBucket'], [bucket.bucketArn]);
      for (const folder of folders) {
        grant(['s3:GetObject'], [bucket.arnForObjects(`${folder}/*`)]);
        acknowledge(fn, `AwsSolutions-IAM5[Resource::${inFinding(bucket, fn, 'Arn')}/${folder}/*]`, 'A table is many files, named by time or by Spark.');
      }
    }
  }

  #askDaily(): ServiceFunction {
    const { functions: defaults, processed, results } = this.#props;
    const daily = new ServiceFunction(this, 'RunDailyQuery', {
      entry: 'lake/run-daily-query',
      description: 'Asks what yesterday came to, and keeps the answer',
      defaults,
      environment: { ...this.environment, RESULTS_BUCKET_NAME: results.bucketName },
      timeout: Duration.minutes(5),
    });
    this.allow(daily, ['figures'], [{ bucket: processed, folders: ['figures'] }]);
    iam.Grant.addToPrincipal({ grantee: daily, actions: ['s3:PutObject'], resourceArns: [results.arnForObjects(`${DAILY}*`)] });
    acknowledge(daily, `AwsSolutions-IAM5[Resource::${inFinding(results, daily, 'Arn')}/${DAILY}*]`, 'There is an answer for each day.');
    new events.Rule(this, 'Daily', {
      description: 'Asks the lake what yesterday came to',
      // After the night's run, which begins at two.
      schedule: events.Schedule.cron({ minute: '0', hour: '6' }),
      targets: [new targets.LambdaFunction(daily.live, { event: events.RuleTargetInput.fromObject({ time: events.EventField.time }), retryAttempts: 2 })],
    });
    return daily;
  }
}
