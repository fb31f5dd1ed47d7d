import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as quicksight from 'aws-cdk-lib/aws-quicksight';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge, inFinding } from '../shared/acknowledge';
import { permitted } from './permissions';

/** Where the night's results are, and through what they are asked for. */
export interface Lake {
  /** Of Athena, as it is written down and not drawn. It says where its answers go. */
  readonly workgroupName: string;
  /** Of the Glue catalogue, as it is written down and not drawn. */
  readonly databaseName: string;
  /** Has the tables' files. */
  readonly processed: IBucket;
  /** Athena's answers go into it. */
  readonly results: IBucket;
}

export interface LakeSourceProps {
  /** Begins ids and names: `website-dev`. */
  readonly name: string;
  readonly principalArn: string;
  readonly lake: Lake;
}

/**
 * The lake as QuickSight reads it: Athena, as a role of this source's own, whatever else the account lets QuickSight do
 * (https://docs.aws.amazon.com/quicksight/latest/APIReference/API_AthenaParameters.html).
 */
export class LakeSource extends Construct {
  readonly dataSource: quicksight.CfnDataSource;

  constructor(scope: Construct, id: string, { name, principalArn, lake }: LakeSourceProps) {
    super(scope, id);
    const role = new iam.Role(this, 'Role', { description: "QuickSight: reads the lake's processed tables", assumedBy: new iam.ServicePrincipal('quicksight.amazonaws.com') });
    this.#allowQueries(role, lake);
    this.#allowFiles(role, lake);
    this.dataSource = new quicksight.CfnDataSource(this, 'DataSource', {
      awsAccountId: Stack.of(this).account,
      dataSourceId: `${name}-athena`,
      name: `${name}: Athena`,
      type: 'ATHENA',
      dataSourceParameters: { athenaParameters: { workGroup: lake.workgroupName, roleArn: role.roleArn } },
      permissions: permitted(principalArn, 'dataSource'),
    });
    // It asks something when it is made.
    this.dataSource.node.addDependency(role);
  }

  #allowQueries(role: iam.Role, { workgroupName, databaseName }: Lake): void {
    const stack = Stack.of(this);
    const glue = (resource: string, resourceName?: string): string =>
      stack.formatArn({ service: 'glue', resource, resourceName, arnFormat: resourceName === undefined ? ArnFormat.NO_RESOURCE_NAME : ArnFormat.SLASH_RESOURCE_NAME });
    const queries = ['StartQueryExecution', 'StopQueryExecution', 'GetQueryExecution', 'BatchGetQueryExecution', 'GetQueryResults', 'GetQueryResultsStream', 'GetWorkGroup'];
    role.addToPolicy(new iam.PolicyStatement({ actions: queries.map((action) => `athena:${action}`), resources: [stack.formatArn({ service: 'athena', resource: 'workgroup', resourceName: workgroupName })] }));
    const names = ['GetDataCatalog', 'ListDatabases', 'GetDatabase', 'ListTableMetadata', 'GetTableMetadata'];
    role.addToPolicy(new iam.PolicyStatement({ actions: names.map((action) => `athena:${action}`), resources: [stack.formatArn({ service: 'athena', resource: 'datacatalog', resourceName: 'AwsDataCatalog' })] }));
    const tables = glue('table', `${databaseName}/*`);
    const catalogue = ['GetDatabases', 'GetDatabase', 'GetTables', 'GetTable', 'GetPartitions', 'GetPartition', 'BatchGetPartition'];
    role.addToPolicy(new iam.PolicyStatement({ actions: catalogue.map((action) => `glue:${action}`), resources: [glue('catalog'), glue('database', databaseName), tables] }));
    acknowledge(role, `AwsSolutions-IAM5[Resource::${tables}]`, 'The tables of this one database, each of which a data set may be made of.');
  }

  #allowFiles(role: iam.Role, { processed, results }: Lake): void {
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetBucketLocation', 's3:ListBucket'], resources: [processed.bucketArn, results.bucketArn] }));
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [processed.arnForObjects('*')] }));
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:ListBucketMultipartUploads'], resources: [results.bucketArn] }));
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], resources: [results.arnForObjects('*')] }));
    for (const bucket of [processed, results]) acknowledge(role, `AwsSolutions-IAM5[Resource::${inFinding(bucket, role, 'Arn')}/*]`, 'The bucket has nothing else in it.');
  }
}
