import { CfnElement, Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

export const NAG_NAMESPACE = 'AwsSolutions';

/**
 * Accepts one cdk-nag finding on one resource. The reason is printed in validation-report.json; an acknowledgement that
 * meets no finding, or more than one, fails the synth (see aws-solutions.ts).
 * @param scope the construct whose resource has the finding
 * @param finding as cdk-nag prints it: `AwsSolutions-S1`, `AwsSolutions-IAM5[Resource::*]`
 */
export function acknowledge(scope: IConstruct, finding: string, reason: string): void {
  // Only ids that name the plugin are kept in the report; plain ones vanish from it.
  Validations.of(scope).acknowledge({ id: `${NAG_NAMESPACE}::${finding}`, reason });
}

/** How cdk-nag writes the ARN of a resource in a finding: `<LogicalId.Arn>`. */
export function arnInFinding(construct: IConstruct): string {
  const resource = construct.node.defaultChild;
  if (!(resource instanceof CfnElement)) throw new Error(`${construct.node.path} has no resource of its own`);
  return `<${Stack.of(resource).getLogicalId(resource)}.Arn>`;
}
