import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CodeBuildStep } from 'aws-cdk-lib/pipelines';
import type { IFileSetProducer } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import type { WebsiteEnvironment } from '../stages/environments';
import { subscriptionRoles } from '../stages/subscription-identity';

export interface SubscriptionStepProps {
  readonly environment: WebsiteEnvironment;
  readonly pipelineAccount: string;
  /** The folder `dist/gate`. */
  readonly checks: IFileSetProducer;
}

/** Fails, by the account's number, where dashboards are wanted of an account that is not subscribed to QuickSight. */
export function subscriptionStep(scope: Construct, { environment, pipelineAccount, checks }: SubscriptionStepProps): CodeBuildStep {
  const roles = subscriptionRoles(environment, pipelineAccount);
  const role = new iam.Role(scope, `${environment.name}SubscriptionRole`, {
    roleName: roles.project.name,
    description: `Looks whether the account of ${environment.name} is subscribed to QuickSight`,
    assumedBy: new iam.ServicePrincipal('codebuild.amazonaws.com'),
  });
  role.addToPolicy(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], resources: [roles.environment.arn] }));
  return new CodeBuildStep('Subscription', {
    input: checks,
    role,
    env: { SUBSCRIPTION_ROLE_ARN: roles.environment.arn, ENVIRONMENT_NAME: environment.name, ENVIRONMENT_ACCOUNT: environment.account, ENVIRONMENT_REGION: environment.region },
    commands: ['node subscription.cjs'],
    timeout: Duration.minutes(10),
  });
}
