import type { Problem, ProblemDetail } from '../contracts/problem';
import { codeOf } from './api';
import { isOffline } from './offline/connection';
import type { Words } from './words/english';

/** A refusal in plain words; undefined where there are only those of whoever refused. */
export function refusal(problem: Problem, { refusals, problems, offline }: Words): string | undefined {
  const words = new Map(Object.entries(refusals)).get(codeOf(problem) ?? '');
  if (words) return words;
  if (problem.status === 0) return isOffline() ? offline.refusal : problems.noAnswer;
  if (problem.status === 401) return problems.signedOut;
  if (problem.status === 413) return problems.tooLarge;
  if (problem.status === 429) return tooFast(problem.retryAfter, problems);
  if (problem.status >= 500) return problems.ours;
  // CloudFront, its firewall and API Gateway say nothing that would help.
  return codeOf(problem) === undefined && problem.detail === undefined ? problems.refused : undefined;
}

/** What nobody foresaw, in the words of the one who refused, which are English. */
export const refusersWords = ({ detail, title }: Problem): string => detail ?? title;

function tooFast(seconds: unknown, problems: Words['problems']): string {
  if (typeof seconds !== 'number' || seconds <= 1) return problems.tooFast;
  return seconds < 60 ? problems.tooFastSeconds(seconds) : problems.tooFastMinute;
}

/** The field that a fault is in, as the form names it, from the pointer into the request's body: `City`. */
export function placeOf({ pointer, parameter, header }: ProblemDetail, { fields }: Words): string | undefined {
  const place = pointer?.split('/').at(-1) ?? parameter ?? header;
  return place && (new Map(Object.entries(fields)).get(place) ?? place);
}
