import { isDeepStrictEqual } from 'node:util';
import type { Template } from './stateful';

/** What was last released of one stack, as far as data could be lost with it. */
export interface ReleasedStack {
  readonly account: string;
  readonly region: string;
  readonly resources: Readonly<Record<string, ReleasedResource>>;
}

export interface ReleasedResource {
  readonly type: string;
  /** Each property whose change makes CloudFormation replace the resource; null where the template had none. */
  readonly fixed: Readonly<Record<string, unknown>>;
}

/** By stack name: `Prod-Orders`. */
export type Released = Readonly<Record<string, ReleasedStack>>;

/** A stack as it is synthesized now. */
export interface CurrentStack {
  readonly account: string;
  readonly region: string;
  readonly template: Template;
}

export interface Loss {
  readonly stack: string;
  readonly logicalId: string;
  readonly reason: string;
}

/** What would be lost or replaced if `current` were released over `released`. What is new is never a loss. */
export const losses = (released: Released, current: ReadonlyMap<string, CurrentStack>): Loss[] =>
  Object.entries(released).flatMap(([stack, before]) =>
    Object.entries(before.resources).flatMap(([logicalId, resource]) => {
      const reason = lossOf(logicalId, resource, before, current.get(stack));
      return reason ? [{ stack, logicalId, reason: `${resource.type} ${reason}` }] : [];
    }),
  );

function lossOf(logicalId: string, { type, fixed }: ReleasedResource, before: ReleasedStack, stack: CurrentStack | undefined): string | undefined {
  if (!stack) return 'would be lost: its stack is gone';
  if (stack.account !== before.account || stack.region !== before.region) {
    return `would be left behind: its stack moves from ${before.account}/${before.region} to ${stack.account}/${stack.region}`;
  }
  const now = stack.template.Resources?.[logicalId];
  if (!now) return 'would be lost: the template no longer has this logical id';
  if (now.Type !== type) return `would be lost: the logical id now means a ${now.Type}`;
  const changed = Object.entries(fixed).filter(([property, value]) => !isDeepStrictEqual(now.Properties?.[property] ?? null, value));
  return changed.length > 0 ? `would be replaced: ${changed.map(([property]) => property).join(', ')} changes` : undefined;
}
