import type { Definition } from '../../support/stateMachine';
import { resourcesOf } from '../synthesized';

export const MACHINES = ['ProcessOrder', 'UndoOrder', 'TellCustomer'] as const;
export type MachineName = (typeof MACHINES)[number];

/** The definition of a state machine of a stage, each reference replaced by the name it begins with: `Waits`, `AuthorizePaymentLive`. */
export function definitionOf(machine: MachineName | 'MakeDay', stack = 'Dev-Workflow'): Definition {
  const found = resourcesOf(stack).find(([logicalId, { Type }]) => Type === 'AWS::StepFunctions::StateMachine' && logicalId.startsWith(machine));
  if (!found) throw new Error(`${stack} has no state machine ${machine}`);
  return JSON.parse(textOf(found[1].Properties['DefinitionString'])) as Definition;
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const intrinsic = value as Readonly<Record<string, unknown>>;
  const [, parts] = (intrinsic['Fn::Join'] ?? []) as [string, unknown[]];
  if (parts) return parts.map(textOf).join('');
  if (intrinsic['Ref'] === 'AWS::Partition') return 'aws';
  const [, name] = /"(?:Ref|OutputRef|FnGetAtt)?"?:?\[?"?(?:PublishOutputRef)?([A-Z]\w+?)[0-9A-F]{8}/.exec(JSON.stringify(value)) ?? [];
  return name ?? JSON.stringify(value);
}
