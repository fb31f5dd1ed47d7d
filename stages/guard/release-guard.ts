import { Stack } from 'aws-cdk-lib';
import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';
import { readFileSync } from 'node:fs';
import type { AcknowledgedLoss } from './acknowledged';
import { losses } from './compare';
import type { CurrentStack, Loss, Released } from './compare';
import { lackingProtection, statefulResources } from './stateful';

export interface ReleaseGuardProps {
  readonly released: Released;
  readonly acknowledged: readonly AcknowledgedLoss[];
  /** Names of the environments; other stacks, like the pipeline's, hold nothing that could not be made again. */
  readonly environments: readonly string[];
}

interface SynthesizedStack extends CurrentStack {
  readonly name: string;
  readonly path: string;
}

/** Fails the synth when a release would lose or replace what holds data, or when such a thing is not protected. */
export class ReleaseGuard implements IPolicyValidationPlugin {
  readonly name = 'ReleaseGuard';

  constructor(private readonly props: ReleaseGuardProps) {}

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const stacks = this.stacks(context);
    const violations = [...unprotected(stacks), ...this.lost(stacks)];
    return { success: violations.length === 0, violations };
  }

  private stacks({ appConstruct, stackTemplates }: IPolicyValidationContext): SynthesizedStack[] {
    const names = new Map(appConstruct?.node.findAll().filter(Stack.isStack).map(({ node, stackName }) => [node.path, stackName]));
    return stackTemplates.flatMap(({ stackConstructPath: path, templatePath, accountId = '', region = '' }) => {
      const name = names.get(path) ?? '';
      if (!this.props.environments.some((environment) => name.startsWith(`${environment}-`))) return [];
      return [{ name, path, account: accountId, region, template: JSON.parse(readFileSync(templatePath, 'utf8')) }];
    });
  }

  private lost(stacks: readonly SynthesizedStack[]): PolicyViolation[] {
    const { released, acknowledged } = this.props;
    const found = losses(released, new Map(stacks.map((stack) => [stack.name, stack])));
    return [
      ...found
        .filter((loss) => !acknowledged.some((entry) => same(entry, loss)))
        .map(({ stack, logicalId, reason }) => violation('LossOfData', `${stack} ${logicalId}: ${reason}. Keep it, or acknowledge it by name in stages/guard/acknowledged.ts.`, stack, logicalId)),
      ...acknowledged
        .filter((entry) => !found.some((loss) => same(entry, loss)))
        .map(({ stack, logicalId }) => violation('StaleAcknowledgement', `${stack} ${logicalId}: nothing is lost here any more. Remove it from stages/guard/acknowledged.ts.`, stack, logicalId)),
    ];
  }
}

const same = (a: Loss, b: Loss): boolean => a.stack === b.stack && a.logicalId === b.logicalId;

const unprotected = (stacks: readonly SynthesizedStack[]): PolicyViolation[] =>
  stacks.flatMap(({ name, template }) =>
    statefulResources(template).flatMap(([logicalId, resource]) =>
      lackingProtection(resource).map((lack) => violation('UnprotectedData', `${name} ${logicalId}: ${resource.Type} ${lack}.`, name, logicalId)),
    ),
  );

const violation = (ruleName: string, description: string, stack: string, resourceLogicalId: string): PolicyViolation => ({
  ruleName: `${ruleName}[${stack}.${resourceLogicalId}]`,
  description,
  severity: 'error',
  violatingResources: [{ resourceLogicalId, locations: [] }],
});
