import { CreateUsageLimitCommand, ListUsageLimitsCommand, UpdateUsageLimitCommand } from '@aws-sdk/client-redshift-serverless';
import type { RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';

export interface UsageLimit {
  readonly workgroupArn: string;
  readonly rpuHoursADay: number;
}

/** The workgroup's limit of a day, made or changed: there is one for each period. */
export async function keepUsageLimit(client: Pick<RedshiftServerlessClient, 'send'>, { workgroupArn, rpuHoursADay }: UsageLimit): Promise<void> {
  const { usageLimits = [] } = await client.send(new ListUsageLimitsCommand({ resourceArn: workgroupArn, usageType: 'serverless-compute' }));
  const daily = usageLimits.find(({ period }) => period === 'daily');
  const wanted = { amount: rpuHoursADay, breachAction: 'deactivate' } as const;
  if (daily === undefined) await client.send(new CreateUsageLimitCommand({ resourceArn: workgroupArn, usageType: 'serverless-compute', period: 'daily', ...wanted }));
  else if (daily.amount !== rpuHoursADay || daily.breachAction !== 'deactivate') await client.send(new UpdateUsageLimitCommand({ usageLimitId: daily.usageLimitId, ...wanted }));
}
