import type { Outcome } from '../authorize';
import type { Evaluation } from '../policy/evaluate';

/** One action of one role on one resource, and how often. */
export interface Use {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  readonly decision: Evaluation['decision'];
  readonly times: number;
}

/** Collects what roles called: plain data, to be written down and read back. */
export class PermissionUse {
  readonly #uses = new Map<string, Use>();

  constructor(uses: readonly Use[] = []) {
    for (const use of uses) this.#add(use);
  }

  /** A call that cannot be read counts as its operation on everything: the report must not lose it. */
  record(role: string, service: string, { operation, checked, refused }: Pick<Outcome, 'operation' | 'checked' | 'refused'>): void {
    for (const { need, evaluation } of checked) this.#add({ role, action: need.action, resource: need.resource, decision: evaluation.decision, times: 1 });
    if (checked.length === 0 && refused) this.#add({ role, action: `${service}:${operation}`, resource: '*', decision: refused.decision, times: 1 });
  }

  list(): Use[] {
    return [...this.#uses.values()].toSorted((one, other) => keyOf(one).localeCompare(keyOf(other)));
  }

  #add(use: Use): void {
    const key = keyOf(use);
    this.#uses.set(key, { ...use, times: use.times + (this.#uses.get(key)?.times ?? 0) });
  }
}

const keyOf = ({ role, action, resource, decision }: Use): string => [role, action, resource, decision].join(' ');
