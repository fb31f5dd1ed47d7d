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
  readonly #onNew: () => void;

  /** `onNew` is called for what was not there before, not for what has only become more. */
  constructor(uses: readonly Use[] = [], onNew: () => void = () => undefined) {
    this.#onNew = onNew;
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
    const known = this.#uses.get(key);
    this.#uses.set(key, { ...use, times: use.times + (known?.times ?? 0) });
    if (known === undefined) this.#onNew();
  }
}

const keyOf = ({ role, action, resource, decision }: Use): string => [role, action, resource, decision].join(' ');
