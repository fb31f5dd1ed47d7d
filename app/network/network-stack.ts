import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { DeploymentStep } from '../shared/deployment-step';
import { ServiceFunction } from '../shared/function';
import type { FunctionDefaults } from '../shared/function';

export interface NetworkStackProps extends StackProps {
  /** Two of the region's: `us-east-1a`. Said and not looked up, so that a synth needs no account. */
  readonly zones: readonly [string, string];
  readonly logRetention: logs.RetentionDays;
}

/** Two isolated subnets for what cannot be without a VPC. No way in or out: functions stay outside. */
export class NetworkStack extends Stack {
  readonly vpc: ec2.IVpc;
  /** Lets nothing in and nothing out, but for who adds a rule of their own. */
  readonly closed: ec2.ISecurityGroup;
  readonly #zones: readonly string[];

  constructor(scope: Construct, id: string, { zones, logRetention, ...props }: NetworkStackProps) {
    super(scope, id, props);
    this.#zones = zones;
    const vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr('10.0.0.0/24'),
      availabilityZones: [...zones],
      natGateways: 0,
      createInternetGateway: false,
      subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 26 }],
      // Below, and not by the CDK's function, whose role may write every log there is.
      restrictDefaultSecurityGroup: false,
    });
    this.vpc = vpc;
    this.#emptyDefaultGroup(vpc, { logRetention });
    this.closed = new ec2.SecurityGroup(this, 'Closed', { vpc, description: 'Lets nothing in and nothing out', allowAllOutbound: false });

    const log = new logs.LogGroup(this, 'Flows', { retention: logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const role = new iam.Role(this, 'FlowsRole', { assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com') });
    vpc.addFlowLog('FlowLog', { destination: ec2.FlowLogDestination.toCloudWatchLogs(log, role) });
  }

  /** Without this the CDK would ask the account which zones it has, though they are said. */
  override get availabilityZones(): string[] {
    return [...this.#zones];
  }

  /** Whoever forgets to name a group is in the default one: it lets nothing in and nothing out either. */
  #emptyDefaultGroup({ vpcDefaultSecurityGroup: groupId }: ec2.Vpc, defaults: FunctionDefaults): void {
    const empty = new ServiceFunction(this, 'EmptyDefaultGroup', { entry: 'network/empty-default-group', description: 'Takes the rules out of the default security group', defaults });
    iam.Grant.addToPrincipal({
      grantee: empty,
      actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'],
      resourceArns: [this.formatArn({ service: 'ec2', resource: 'security-group', resourceName: groupId })],
    });
    new DeploymentStep(this, 'DefaultGroup', { handler: empty, defaults, resourceType: 'Custom::EmptyDefaultGroup', properties: { groupId, account: this.account, bundle: empty.live.version.version } });
  }
}
