import { Validations } from 'aws-cdk-lib';
import type { PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { NAG_NAMESPACE } from './acknowledge';

interface Acknowledgement {
  readonly path: string;
  readonly finding: string;
}

/**
 * cdk-nag's AwsSolutions pack, which besides judges the acknowledgements: each must meet exactly one finding, so that
 * none outlives its cause and none covers more than it says.
 */
export class AwsSolutions extends AwsSolutionsChecks {
  override validateScope(scope: IConstruct): PolicyValidationPluginReport {
    // cdk-nag does not know qualified ids, so this report still has what is acknowledged; the CDK takes it out later.
    const violations = super.validateScope(scope).violations.map(readable);
    const all = [...violations, ...acknowledgementsUnder(scope).flatMap((acknowledgement) => judge(acknowledgement, violations))];
    return { success: all.length === 0, violations: all };
  }
}

const ACROSS_STACKS = /\{"Fn::GetStackOutput":\{"StackName":"([^"]+)"[^}]*"OutputName":"PublishOutputFnGetAtt(\w+?)Arn[0-9A-F]{8}"\}\}/g;

/** Findings without hashes of outputs, and each resource once though several statements have the same wildcard. */
const readable = (violation: PolicyViolation): PolicyViolation => ({
  ...violation,
  ruleName: violation.ruleName.replace(ACROSS_STACKS, '<$1.$2.Arn>'),
  violatingResources: [...new Map(violation.violatingResources.map((resource) => [resource.constructPath, resource])).values()],
});

function acknowledgementsUnder(scope: IConstruct): Acknowledgement[] {
  return scope.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }: { data?: Record<string, string> }) => Object.keys(data ?? {}))
      .filter((id) => id.startsWith(`${NAG_NAMESPACE}::`))
      .map((id) => ({ path: construct.node.path, finding: id.slice(NAG_NAMESPACE.length + 2) })),
  );
}

function judge({ path, finding }: Acknowledgement, violations: readonly PolicyViolation[]): PolicyViolation[] {
  const met = violations
    // The CDK writes hyphens for blanks when it stores an id.
    .filter(({ ruleName }) => ruleName.replaceAll(' ', '-') === finding)
    .flatMap(({ violatingResources }) => violatingResources)
    .filter(({ constructPath = '' }) => constructPath === path || constructPath.startsWith(`${path}/`));
  if (met.length === 1) return [];
  return [
    {
      ruleName: met.length === 0 ? 'StaleAcknowledgement' : 'BroadAcknowledgement',
      description: `The acknowledgement of ${finding} meets ${met.length === 0 ? 'no finding any more: remove it' : `${met.length} findings: acknowledge each beside its resource`}.`,
      severity: 'error',
      violatingResources: [{ constructPath: path, locations: [] }],
    },
  ];
}
