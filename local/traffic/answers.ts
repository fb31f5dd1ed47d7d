import { Problem, problemCode } from '../../contracts/problem';
import type { ProblemCode } from '../../contracts/problem';

/** There is no answer, or none that would stay the same: whoever asks again later may get one. */
export class Away extends Error {
  override readonly name = 'Away';

  /** @param retryAfterMs before which nobody is to ask again, where that was said */
  constructor(
    message: string,
    readonly retryAfterMs = 0,
  ) {
    super(message);
  }
}

/** The shop has judged what was asked, and said no. */
export class Refused extends Error {
  override readonly name = 'Refused';

  /** @param code the problem's name; undefined where somebody before the shop has refused */
  constructor(
    message: string,
    readonly code: ProblemCode | undefined,
  ) {
    super(message);
  }
}

/** @returns the answer's JSON @throws Away, Refused when it is not the success that was hoped for */
export async function successOf(answer: Response, status: number, what: string): Promise<unknown> {
  const text = await answer.text();
  if (answer.status === status) return JSON.parse(text);
  const message = `${what} answered ${answer.status}: ${text.slice(0, 200)}`;
  if (answer.status >= 500 || [401, 408, 429].includes(answer.status)) throw new Away(message, (Number(answer.headers.get('retry-after')) || 0) * 1_000);
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  throw new Refused(message, isProblem ? problemCode(Problem.parse(JSON.parse(text))) : undefined);
}
