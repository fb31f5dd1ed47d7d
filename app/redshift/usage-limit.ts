import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../shared/acknowledge';
import { DeploymentStep } from '../shared/deployment-step';
import { ServiceFunction } from '../shared/function';
import type { FunctionDefaults } from '../shared/function';
import type { Warehouse } from './warehouse';

export interface UsageLimitProps {
  readonly warehouse: Warehouse;
  readonly defaults: FunctionDefaults;
  /** Above it the workgroup runs nothing until the next day (UTC). */
  readonly rpuHoursADay: number;
}

/** What Redshift may use in a day. CloudFormation knows limits of clusters and none of workgroups. */
export class UsageLimit extends Construct {
  constructor(scope: Construct, id: string, { warehouse, defaults, rpuHoursADay }: UsageLimitProps) {
    super(scope, id);
    const limit = new ServiceFunction(this, 'LimitUsage', { entry: 'redshift/limit-usage', description: 'Limits what Redshift may use in a day', defaults, timeout: Duration.minutes(1) });
    iam.Grant.addToPrincipal({
      grantee: limit,
      actions: ['redshift-serverless:ListUsageLimits', 'redshift-serverless:CreateUsageLimit', 'redshift-serverless:UpdateUsageLimit'],
      resourceArns: ['*'],
    });
    acknowledge(limit, 'AwsSolutions-IAM5[Resource::*]', 'IAM knows no resource for usage limits.');
    new DeploymentStep(this, 'Step', {
      handler: limit,
      defaults,
      resourceType: 'Custom::UsageLimit',
      properties: { workgroupArn: warehouse.workgroupArn, rpuHoursADay, bundle: limit.live.version.version },
    });
  }
}
