import type { App, PolicyViolation } from 'aws-cdk-lib';
import { HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { inAnyEnvironment } from './acknowledged';

/** Packs that are read and decided on, and fail no synth. */
const PACKS = [NIST80053R5Checks, PCIDSS321Checks, HIPAASecurityChecks, ServerlessChecks];

/** What a rule of one or more packs found. */
export interface RuleFindings {
  /** Without its pack: `LambdaInsideVPC`. */
  readonly rule: string;
  /** `NIST.800.53.R5` and the like. */
  readonly packs: readonly string[];
  readonly description: string;
  /** The constructs, in any environment. */
  readonly where: readonly string[];
}

/** What the further packs find, a row for each rule, whichever packs have it. */
export function furtherFindings(app: App): RuleFindings[] {
  const rules = new Map<string, RuleFindings>();
  for (const Pack of PACKS) {
    for (const violation of new Pack(app).validateScope(app).violations) {
      const { pack, rule } = nameOf(violation);
      const { packs = [], where = [] } = rules.get(rule) ?? {};
      const found = violation.violatingResources.map(({ constructPath = '' }) => inAnyEnvironment(constructPath));
      rules.set(rule, { rule, packs: unique([...packs, pack]), description: sentence(violation.description), where: unique([...where, ...found]).toSorted() });
    }
  }
  return [...rules.values()].toSorted((one, other) => one.rule.localeCompare(other.rule));
}

/** `PCI.DSS.321-LambdaInsideVPC[…]` */
function nameOf({ ruleName }: PolicyViolation): { readonly pack: string; readonly rule: string } {
  const [, pack = '', rule = ''] = /^([\w.]+)-(\w+)/.exec(ruleName) ?? [];
  return { pack, rule };
}

const sentence = (description: string): string => description.replace(/ - \(Control IDs?:.*$/s, '').replace(/\.?$/, '.');
const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];
