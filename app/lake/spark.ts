import { join } from 'node:path';
import { IgnoreMode, Stack } from 'aws-cdk-lib';
import * as emr from 'aws-cdk-lib/aws-emrserverless';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { acknowledge, inFinding } from '../shared/acknowledge';

export interface SparkSize {
  /** Of all workers at once. An account has 16 without asking (https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/endpoints-quotas.html). */
  readonly vCpus: number;
}

export interface SparkProps {
  readonly environmentName: string;
  readonly size: SparkSize;
  readonly clicks: s3.IBucket;
  readonly orders: s3.IBucket;
  readonly processed: s3.IBucket;
}

/** Of each worker, driver and executors alike: 2 vCPUs go with 4 to 16 GB (https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/app-behavior.html). */
const WORKER = { vCpus: 2, gigabytes: 8, disk: 20 };
const FOLDER = join(__dirname, 'jobs');

/** Spark without a cluster: EMR Serverless starts for a job and stops when there is none, and the job itself. */
export class Spark extends Construct {
  readonly applicationId: string;
  readonly applicationArn: string;
  /** Its id as cdk-nag prints it. */
  readonly applicationInFinding: string;
  /** As whom the job reads and writes. */
  readonly role: iam.Role;
  /** What `sparkSubmit` takes, but for the arguments of a day. */
  readonly submission: { readonly EntryPoint: string; readonly SparkSubmitParameters: string };
  /** The arguments that are the same of each day. */
  readonly arguments: readonly string[];

  constructor(scope: Construct, id: string, { environmentName, size, clicks, orders, processed }: SparkProps) {
    super(scope, id);
    const workers = size.vCpus / WORKER.vCpus;
    const application = new emr.CfnApplication(this, 'Application', {
      name: `website-${environmentName.toLowerCase()}`,
      type: 'Spark',
      // Spark 3.5.
      releaseLabel: 'emr-7.11.0',
      architecture: 'ARM64',
      autoStartConfiguration: { enabled: true },
      autoStopConfiguration: { enabled: true, idleTimeoutMinutes: 5 },
      maximumCapacity: { cpu: `${size.vCpus} vCPU`, memory: `${workers * WORKER.gigabytes} GB`, disk: `${workers * WORKER.disk} GB` },
    });
    this.applicationId = application.attrApplicationId;
    this.applicationArn = application.attrArn;
    this.applicationInFinding = `<${Stack.of(this).getLogicalId(application)}.ApplicationId>`;

    const entry = new Asset(this, 'Entry', { path: join(FOLDER, 'process_day.py') });
    const modules = new Asset(this, 'Modules', { path: join(FOLDER, '..'), ignoreMode: IgnoreMode.GIT, exclude: ['/*', '!/jobs', '/jobs/*', '!/jobs/*.py', '!/jobs/schemas', '/jobs/schemas/*', '!/jobs/schemas/*.json'] });
    this.role = new iam.Role(this, 'JobRole', { assumedBy: new iam.ServicePrincipal('emr-serverless.amazonaws.com') });
    this.#grant([entry, modules], [{ bucket: clicks, folder: 'clicks' }, { bucket: orders, folder: 'orders' }], processed);
    const settings = {
      'spark.driver.cores': WORKER.vCpus,
      'spark.executor.cores': WORKER.vCpus,
      // The rest is Spark's overhead, a tenth or more.
      'spark.driver.memory': `${WORKER.gigabytes - 2}g`,
      'spark.executor.memory': `${WORKER.gigabytes - 2}g`,
      'spark.dynamicAllocation.maxExecutors': workers - 1,
    };
    this.submission = {
      EntryPoint: entry.s3ObjectUrl,
      SparkSubmitParameters: [`--py-files ${modules.s3ObjectUrl}`, ...Object.entries(settings).map(([name, value]) => `--conf ${name}=${value}`)].join(' '),
    };
    this.arguments = ['--clicks', `s3://${clicks.bucketName}/clicks`, '--orders', `s3://${orders.bucketName}/orders`, '--processed', `s3://${processed.bucketName}`];
  }

  #grant(code: readonly Asset[], raw: readonly { readonly bucket: s3.IBucket; readonly folder: string }[], processed: s3.IBucket): void {
    const allow = (actions: readonly string[], resourceArns: string[]): iam.Grant => iam.Grant.addToPrincipal({ grantee: this.role, actions: [...actions], resourceArns });
    allow(['s3:GetObject'], code.map(({ bucket, s3ObjectKey }) => bucket.arnForObjects(s3ObjectKey)));
    allow(['s3:ListBucket'], [...raw.map(({ bucket }) => bucket.bucketArn), processed.bucketArn]);
    allow(['s3:GetObject'], raw.map(({ bucket, folder }) => bucket.arnForObjects(`${folder}/*`)));
    allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'], [processed.arnForObjects('*')]);
    for (const { bucket, folder } of raw) acknowledge(this.role, `AwsSolutions-IAM5[Resource::${inFinding(bucket, this.role, 'Arn')}/${folder}/*]`, 'Firehose names the objects by time.');
    acknowledge(this.role, `AwsSolutions-IAM5[Resource::${inFinding(processed, this.role, 'Arn')}/*]`, 'The job writes all of the processed zone, files named by Spark.');
  }

  /** The ARN of any of its job runs. */
  get jobRuns(): string {
    return Stack.of(this).formatArn({ service: 'emr-serverless', resource: '/applications', resourceName: `${this.applicationId}/jobruns/*` });
  }
}
