import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as quicksight from 'aws-cdk-lib/aws-quicksight';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from '../shared/acknowledge';
import { permitted } from './permissions';

/** A workgroup of Redshift Serverless as it is reached by host and port. */
export interface WarehouseEndpoint {
  readonly vpc: ec2.IVpc;
  /** Of the workgroup. QuickSight is let in, by its port alone. */
  readonly securityGroup: ec2.ISecurityGroup;
  readonly host: string;
  readonly port: number;
  readonly databaseName: string;
  /** `username` and `password` of a database user that may read shop.clicks and shop.orders. */
  readonly reader: ISecret;
}

export interface WarehouseSourceProps {
  /** Begins ids and names: `website-dev`. */
  readonly name: string;
  readonly principalArn: string;
  readonly warehouse: WarehouseEndpoint;
}

/**
 * Redshift as QuickSight reads it, through network interfaces of its own in the workgroup's subnets. By a password, since the other
 * way, RedshiftParameters.IAMParameters, calls redshift:GetClusterCredentials, which knows clusters and no workgroups
 * (https://docs.aws.amazon.com/quicksight/latest/APIReference/API_RedshiftIAMParameters.html). CloudFormation puts it in from the
 * secret: Credentials.SecretArn is read by a role of QuickSight's that somebody would first have to let read this very secret, in the
 * console (https://docs.aws.amazon.com/quicksight/latest/user/secrets-manager-integration.html).
 */
export class WarehouseSource extends Construct {
  readonly dataSource: quicksight.CfnDataSource;

  constructor(scope: Construct, id: string, { name, principalArn, warehouse }: WarehouseSourceProps) {
    super(scope, id);
    const { vpc, host, port, databaseName: database, reader } = warehouse;
    const awsAccountId = Stack.of(this).account;
    const group = new ec2.SecurityGroup(this, 'Group', { vpc, description: 'QuickSight, out to Redshift', allowAllOutbound: false });
    const role = this.#interfaceRole(vpc, group);
    const connection = new quicksight.CfnVPCConnection(this, 'Connection', {
      awsAccountId,
      vpcConnectionId: name,
      name,
      subnetIds: vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
      securityGroupIds: [group.securityGroupId],
      roleArn: role.roleArn,
    });
    // With its policy, which is a resource of its own.
    connection.node.addDependency(role);
    this.dataSource = new quicksight.CfnDataSource(this, 'DataSource', {
      awsAccountId,
      dataSourceId: `${name}-redshift`,
      name: `${name}: Redshift`,
      type: 'REDSHIFT',
      dataSourceParameters: { redshiftParameters: { host, port, database } },
      credentials: { credentialPair: { username: reader.secretValueFromJson('username').unsafeUnwrap(), password: reader.secretValueFromJson('password').unsafeUnwrap() } },
      vpcConnectionProperties: { vpcConnectionArn: connection.attrArn },
      sslProperties: { disableSsl: false },
      permissions: permitted(principalArn, 'dataSource'),
    });
    // It tries to connect when it is made.
    this.dataSource.node.addDependency(...this.#way(group, warehouse));
  }

  /** Out to the workgroup and nowhere else; the workgroup lets in what comes from there. */
  #way(group: ec2.ISecurityGroup, { securityGroup: { securityGroupId }, port }: WarehouseEndpoint): Construct[] {
    const rule = { ipProtocol: 'tcp', fromPort: port, toPort: port, description: 'QuickSight asks Redshift' };
    // Resources of this stack: the workgroup's group belongs to another, which need not know of QuickSight.
    return [
      new ec2.CfnSecurityGroupEgress(this, 'Out', { ...rule, groupId: group.securityGroupId, destinationSecurityGroupId: securityGroupId }),
      new ec2.CfnSecurityGroupIngress(this, 'In', { ...rule, groupId: securityGroupId, sourceSecurityGroupId: group.securityGroupId }),
    ];
  }

  /** https://docs.aws.amazon.com/quicksight/latest/user/vpc-creating-a-connection-in-quicksight-cli.html */
  #interfaceRole(vpc: ec2.IVpc, group: ec2.ISecurityGroup): iam.Role {
    const role = new iam.Role(this, 'Role', { description: 'QuickSight: network interfaces of its VPC connection', assumedBy: new iam.ServicePrincipal('quicksight.amazonaws.com') });
    const arn = (resource: string, resourceName: string): string => Stack.of(this).formatArn({ service: 'ec2', resource, resourceName });
    const interfaces = arn('network-interface', '*');
    const groups = arn('security-group', group.securityGroupId);
    role.addToPolicy(
      new iam.PolicyStatement({ actions: ['ec2:CreateNetworkInterface'], resources: [interfaces, groups, ...vpc.isolatedSubnets.map(({ subnetId }) => arn('subnet', subnetId))] }),
    );
    role.addToPolicy(
      new iam.PolicyStatement({ actions: ['ec2:ModifyNetworkInterfaceAttribute', 'ec2:DeleteNetworkInterface'], resources: [interfaces, groups], conditions: { ArnEquals: { 'ec2:Vpc': vpc.vpcArn } } }),
    );
    role.addToPolicy(new iam.PolicyStatement({ actions: ['ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups'], resources: ['*'] }));
    acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'EC2 describes subnets and groups on no resource.');
    acknowledge(role, `AwsSolutions-IAM5[Resource::${interfaces}]`, 'Interfaces have ids that EC2 draws; they can be made in these subnets alone, and changed in this VPC alone.');
    return role;
  }
}
