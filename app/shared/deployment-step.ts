import { CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { acknowledge, inFinding } from './acknowledge';
import type { FunctionDefaults, ServiceFunction } from './function';

export interface DeploymentStepProps {
  /** Handles the events of CDK's Provider framework. */
  readonly handler: ServiceFunction;
  readonly defaults: FunctionDefaults;
  readonly resourceType: `Custom::${string}`;
  /** A change of these runs the function again. */
  readonly properties: Readonly<Record<string, unknown>>;
  /**
   * The function says with `IsComplete` whether it is done, and is called again every five seconds for as long.
   * @default it is called once
   */
  readonly repeated?: Duration;
}

/** A function that runs while its stack is deployed, and fails the deployment when it fails. */
export class DeploymentStep extends Construct {
  readonly resource: CustomResource;

  constructor(scope: Construct, id: string, { handler, defaults, resourceType, properties, repeated }: DeploymentStepProps) {
    super(scope, id);
    const logGroup = new logs.LogGroup(this, 'Log', { retention: defaults.logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const roleNamed = (roleId: string): iam.Role => {
      const role = new iam.Role(this, roleId, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      logGroup.grantWrite(role);
      return role;
    };
    const provider = new Provider(this, 'Hook', {
      onEventHandler: handler.live,
      frameworkOnEventRole: roleNamed('Role'),
      logGroup,
      ...(repeated && { isCompleteHandler: handler.live, frameworkCompleteAndTimeoutRole: roleNamed('RepeatingRole'), queryInterval: Duration.seconds(5), totalTimeout: repeated }),
    });
    if (repeated) acknowledgeWaiter(provider);
    this.resource = new CustomResource(this, 'Resource', {
      resourceType,
      serviceToken: provider.serviceToken,
      // Without it a function that cannot start keeps the deployment waiting for an hour.
      serviceTimeout: (repeated ?? Duration.minutes(0)).plus(Duration.minutes(5)),
      properties,
    });
  }
}

/** The state machine of the CDK's that calls the function again. */
function acknowledgeWaiter(provider: Provider): void {
  const waiter = provider.node.findChild('waiter-state-machine');
  acknowledge(waiter, 'AwsSolutions-SF1', 'It calls one function during a deployment, whose log says what it did.');
  acknowledge(waiter, 'AwsSolutions-SF2', 'It calls one function during a deployment; there is no request to trace.');
  for (const name of ['framework-isComplete', 'framework-onTimeout']) {
    acknowledge(waiter, `AwsSolutions-IAM5[Resource::${inFinding(provider.node.findChild(name), waiter, 'Arn')}:*]`, 'The CDK grants a function with its versions, of which this one has none.');
  }
}
