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

/**
 * How a resource stands in a finding about `where`: `<LogicalId>` in its own stack, `<Stack-Name.LogicalId>` in another
 * (which is how aws-solutions.ts writes what cdk-nag prints as a whole Fn::GetStackOutput).
 */
export function inFinding(construct: IConstruct, where: IConstruct, attribute?: 'Arn' | 'Name'): string {
  const resource = construct.node.defaultChild;
  if (!(resource instanceof CfnElement)) throw new Error(`${construct.node.path} has no resource of its own`);
  const stack = Stack.of(resource);
  const parts = [stack === Stack.of(where) ? [] : stack.stackName, stack.getLogicalId(resource), attribute ?? []];
  return `<${parts.flat().join('.')}>`;
}
