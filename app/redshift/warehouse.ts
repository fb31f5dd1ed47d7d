import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as redshift from 'aws-cdk-lib/aws-redshiftserverless';
import { Construct } from 'constructs';
import { acknowledge } from '../shared/acknowledge';

export interface WarehouseProps {
  /** Of the namespace and its workgroup: `website-dev`. */
  readonly name: string;
  readonly vpc: ec2.IVpc;
  readonly securityGroup: ec2.ISecurityGroup;
  /** In RPUs, 4 at least. */
  readonly baseCapacity: number;
  /** What it may read. */
  readonly streams: readonly kinesis.IStream[];
  /** The namespace, with all that is in it, outlives its stack. */
  readonly retained: boolean;
}

/** A database of Redshift Serverless, reached by the Data API alone, which reads streams by itself. */
export class Warehouse extends Construct {
  readonly databaseName = 'website';
  readonly workgroupName: string;
  readonly workgroupArn: string;
  /** Inside the VPC. */
  readonly host: string;
  /** Redshift's own, as long as a workgroup names no other. */
  readonly port = 5_439;
  readonly namespaceName: string;
  readonly namespaceArn: string;
  readonly #name: string;
  /** As whom it reads streams. */
  readonly streaming: iam.Role;

  constructor(scope: Construct, id: string, { name, vpc, securityGroup, baseCapacity, streams, retained }: WarehouseProps) {
    super(scope, id);
    this.#name = name;
    this.streaming = new iam.Role(this, 'Streaming', {
      assumedBy: new iam.CompositePrincipal(new iam.ServicePrincipal('redshift.amazonaws.com'), new iam.ServicePrincipal('redshift-serverless.amazonaws.com')),
    });
    // https://docs.aws.amazon.com/redshift/latest/dg/materialized-view-streaming-ingestion-getting-started.html
    const reading = ['kinesis:DescribeStreamSummary', 'kinesis:DescribeStream', 'kinesis:GetShardIterator', 'kinesis:GetRecords'];
    this.streaming.addToPolicy(new iam.PolicyStatement({ actions: reading, resources: streams.map(({ streamArn }) => streamArn) }));
    this.streaming.addToPolicy(new iam.PolicyStatement({ actions: ['kinesis:ListStreams', 'kinesis:ListShards'], resources: ['*'] }));
    acknowledge(this.streaming, 'AwsSolutions-IAM5[Resource::*]', 'Redshift lists all streams and shards before it reads those that it may; AWS documents both on *.');

    const namespace = new redshift.CfnNamespace(this, 'Namespace', {
      namespaceName: name,
      dbName: this.databaseName,
      // Redshift draws the password, keeps it in Secrets Manager and changes it.
      manageAdminPassword: true,
      iamRoles: [this.streaming.roleArn],
      logExports: ['useractivitylog', 'userlog', 'connectionlog'],
    });
    namespace.applyRemovalPolicy(retained ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    const workgroup = new redshift.CfnWorkgroup(this, 'Workgroup', {
      workgroupName: name,
      namespaceName: namespace.ref,
      baseCapacity,
      // With it every stream would need an endpoint in the VPC, and a third zone.
      enhancedVpcRouting: false,
      publiclyAccessible: false,
      subnetIds: vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
      securityGroupIds: [securityGroup.securityGroupId],
      // Without it Redshift folds also the quoted names in a payload, and "eventId" is always null.
      configParameters: [{ parameterKey: 'enable_case_sensitive_identifier', parameterValue: 'true' }],
    });
    this.workgroupName = workgroup.ref;
    this.host = workgroup.attrWorkgroupEndpointAddress;
    this.workgroupArn = workgroup.attrWorkgroupWorkgroupArn;
    this.namespaceName = namespace.ref;
    this.namespaceArn = namespace.attrNamespaceNamespaceArn;
  }

  /** What a function is told that administers it. */
  get administration(): { readonly WORKGROUP_NAME: string; readonly DATABASE_NAME: string; readonly NAMESPACE_NAME: string } {
    return { WORKGROUP_NAME: this.workgroupName, DATABASE_NAME: this.databaseName, NAMESPACE_NAME: this.namespaceName };
  }

  /** Lets a role run statements as its own database user, `IAMR:<its name>`. */
  allowStatements(grantee: iam.IGrantable & Construct): void {
    this.#allowStatements(grantee, true);
    iam.Grant.addToPrincipal({ grantee, actions: ['redshift-serverless:GetCredentials'], resourceArns: [this.workgroupArn] });
  }

  /** Lets a role run statements as the administrator, whose secret it has to read for that. */
  allowAdministration(grantee: iam.IGrantable & Construct, { reads }: { readonly reads: boolean }): void {
    this.#allowStatements(grantee, reads);
    iam.Grant.addToPrincipal({ grantee, actions: ['redshift-serverless:GetNamespace'], resourceArns: [this.namespaceArn] });
    const secrets = Stack.of(this).formatArn({ service: 'secretsmanager', resource: 'secret', resourceName: `redshift!${this.#name}-*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    iam.Grant.addToPrincipal({ grantee, actions: ['secretsmanager:GetSecretValue'], resourceArns: [secrets] });
    acknowledge(grantee, `AwsSolutions-IAM5[Resource::${secrets}]`, 'Redshift makes the secret, and its ARN ends as Secrets Manager draws it; only GetNamespace tells.');
  }

  #allowStatements(grantee: iam.IGrantable & Construct, reads: boolean): void {
    iam.Grant.addToPrincipal({ grantee, actions: ['redshift-data:ExecuteStatement'], resourceArns: [this.workgroupArn] });
    iam.Grant.addToPrincipal({ grantee, actions: ['redshift-data:DescribeStatement', ...(reads ? ['redshift-data:GetStatementResult'] : [])], resourceArns: ['*'] });
    acknowledge(grantee, 'AwsSolutions-IAM5[Resource::*]', 'A statement is no resource to IAM; the Data API shows it to the role that started it and to no other.');
  }
}
