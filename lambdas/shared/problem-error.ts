import { PROBLEMS, problemType } from '../../contracts/problem';
import type { Problem, ProblemCode, ProblemDetail } from '../../contracts/problem';

export interface ProblemOptions {
  readonly errors?: readonly ProblemDetail[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A refusal by its name in the contract's table, thrown anywhere in the logic and answered by the HTTP middleware. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly code: ProblemCode,
    readonly detail?: string,
    readonly options: ProblemOptions = {},
  ) {
    super(`${code}${detail ? `: ${detail}` : ''}`, { cause: options.cause });
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }

  /** The problem document, without members that have no value. */
  toProblem(requestId: string): Problem {
    const { errors } = this.options;
    return {
      type: problemType(this.code),
      title: PROBLEMS[this.code].title,
      status: this.status,
      ...(this.detail && { detail: this.detail }),
      requestId,
      ...(errors && { errors: [...errors] }),
    };
  }
}
