import type { Problem } from '../contracts/problem';

/** The shop refused, with a problem document, or (status 0) did not answer. `retryAfter` is in seconds, where it was told. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }
}
