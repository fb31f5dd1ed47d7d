import { Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../shared/acknowledge';

export interface SubscriptionStackProps extends StackProps {
  readonly roleName: string;
  /** The role of the step that looks, in the pipeline's account. */
  readonly assumedBy: { readonly account: string; readonly roleArn: string };
}

/** As whom the pipeline looks whether this account is subscribed to QuickSight, before it deploys anything else here. */
export class SubscriptionStack extends Stack {
  constructor(scope: Construct, id: string, { roleName, assumedBy, ...props }: SubscriptionStackProps) {
    super(scope, id, props);
    const role = new iam.Role(this, 'Role', {
      roleName,
      description: 'Looks whether this account is subscribed to QuickSight',
      // Like the gate's: a role that may not be there yet is no principal.
      assumedBy: new iam.AccountPrincipal(assumedBy.account).withConditions({ ArnEquals: { 'aws:PrincipalArn': assumedBy.roleArn } }),
    });
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonquicksight.html; QuickSight has a region of its own.
    const subscription = this.formatArn({ service: 'quicksight', region: '*', resource: 'account', resourceName: this.account });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['quicksight:DescribeAccountSubscription'], resources: [subscription] }));
    acknowledge(role, `AwsSolutions-IAM5[Resource::${subscription}]`, 'The subscription of this account, in whichever region QuickSight keeps it.');
  }
}
