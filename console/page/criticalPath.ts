import type { Action } from '../model';

type Timed = Pick<Action, 'name' | 'runOrder' | 'startedAt' | 'endedAt'>;

/** The actions of a stage in the order they run: those of one step run beside one another. */
export function stepsOf<T extends Pick<Action, 'runOrder'>>(actions: readonly T[]): T[][] {
  const steps = new Map<number, T[]>();
  for (const action of actions) steps.set(action.runOrder, [...(steps.get(action.runOrder) ?? []), action]);
  return [...steps].sort(([one], [other]) => one - other).map(([, step]) => step);
}

/**
 * The actions that determined how long the run took, each as `stage/action`. A step begins when the last action of the
 * step before has ended, so the chain has one action of each step: the one everything after it had to wait for.
 */
export function criticalPath(stages: readonly { name: string; actions: readonly Timed[] }[]): Set<string> {
  return new Set(stages.flatMap(({ name, actions }) => stepsOf(actions).flatMap((step) => lastOf(step)?.name ?? []).map((action) => key(name, action))));
}

export const key = (stage: string, action: string): string => `${stage}/${action}`;

/** Of two that ended at the same instant, the one that took longer. */
function lastOf(step: readonly Timed[]): Timed | undefined {
  return step
    .filter(({ startedAt }) => startedAt !== undefined)
    .toSorted((one, other) => end(other) - end(one) || instant(one.startedAt) - instant(other.startedAt))[0];
}

/** How long an action has taken until now. */
export function took({ startedAt, endedAt }: Pick<Action, 'startedAt' | 'endedAt'>, now: number): number {
  return startedAt === undefined ? 0 : Math.max(0, (endedAt === undefined ? now : Date.parse(endedAt)) - Date.parse(startedAt));
}

/** From the first action's start to the last one's end; without an end while one runs. */
export function spanOf(actions: readonly Timed[]): { from?: string; to?: string } {
  const started = actions.filter(({ startedAt }) => startedAt !== undefined);
  const from = started.map(({ startedAt }) => startedAt).toSorted((one, other) => instant(one) - instant(other))[0];
  const last = started.toSorted((one, other) => end(other) - end(one))[0];
  return { from, to: last?.endedAt };
}

/** What bars are measured by: the longest action of the run, save for people, who may take their time. */
export function longest(stages: readonly { actions: readonly (Timed & Pick<Action, 'provider'>)[] }[], now: number): number {
  const machines = stages.flatMap(({ actions }) => actions).filter(({ provider }) => provider !== 'Manual');
  return Math.max(0, ...machines.map((action) => took(action, now)));
}

/** What runs has no end yet: nobody knows of anything later. */
const end = ({ endedAt }: Timed): number => (endedAt === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(endedAt));
const instant = (at: string | undefined): number => (at === undefined ? 0 : Date.parse(at));
