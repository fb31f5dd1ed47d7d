import type { OperatorOrder, OperatorOrderWithExecutions } from '../../../contracts/operations';
import { isWorkedOn } from '../../../contracts/order-status';

const SOON = 3_000;
const LATER = 15_000;
/** As many looks are for what an act sets going to show: a minute. */
const LOOKS_AFTER_ACT = 20;

type Seen = Pick<OperatorOrderWithExecutions, 'status' | 'version' | 'executions'>;

/** An act that was taken, of which the page has not seen anything yet. */
export interface Awaited {
  readonly act: OperatorOrder['acts'][number]['act'];
  /** The order as it was before. */
  readonly before: Seen;
  readonly looks: number;
}

/** What is still to be awaited after another look. */
export function stillAwaited(awaited: Awaited | undefined, now: Seen): Awaited | undefined {
  if (!awaited || awaited.looks + 1 >= LOOKS_AFTER_ACT || hasShown(awaited, now)) return undefined;
  return { ...awaited, looks: awaited.looks + 1 };
}

/** A refund and an attention are changes of the order itself; what goes on or is sent again is an execution's to do. */
function hasShown({ act, before }: Awaited, now: Seen): boolean {
  return act === 'REFUND' || act === 'ATTEND' ? now.version > before.version : textOf(before) !== textOf(now);
}

const textOf = ({ executions }: Seen): string => executions.map(({ name, status, startedAt, steps }) => `${name} ${status} ${startedAt} ${steps.reduce((sum, { attempts }) => sum + attempts.length, 0)}`).join();

/** Milliseconds until an order is worth another look; undefined where nothing happens until somebody acts. */
export function pauseAfter({ status, executions }: Seen, awaited: Awaited | undefined): number | undefined {
  if (awaited) return SOON;
  if (status === 'ACTION_REQUIRED') return LATER;
  if (executions.some((execution) => execution.status === 'RUNNING' || execution.status === 'PENDING_REDRIVE')) return SOON;
  const hasStopped = executions.some((execution) => execution.status !== 'SUCCEEDED');
  return (isWorkedOn(status) || status === 'UNDOING') && !hasStopped ? SOON : undefined;
}
