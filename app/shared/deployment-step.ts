import { CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import type { FunctionDefaults, ServiceFunction } from './function';

export interface DeploymentStepProps {
  /** Handles the events of CDK's Provider framework. */
  readonly handler: ServiceFunction;
  readonly defaults: FunctionDefaults;
  readonly resourceType: `Custom::${string}`;
  /** A change of these runs the function again. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A function that runs while its stack is deployed, and fails the deployment when it fails. */
export class DeploymentStep extends Construct {
  readonly resource: CustomResource;

  constructor(scope: Construct, id: string, { handler, defaults, resourceType, properties }: DeploymentStepProps) {
    super(scope, id);
    const logGroup = new logs.LogGroup(this, 'Log', { retention: defaults.logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    const provider = new Provider(this, 'Hook', { onEventHandler: handler.live, frameworkOnEventRole: role, logGroup });
    this.resource = new CustomResource(this, 'Resource', {
      resourceType,
      serviceToken: provider.serviceToken,
      // Without it a function that cannot start keeps the deployment waiting for an hour.
      serviceTimeout: Duration.minutes(5),
      properties,
    });
  }
}
