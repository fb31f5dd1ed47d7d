import type { Route } from '../../contracts/http';
import { ProblemError } from '../shared/problem-error';

/** Why no route answers: the path has others (405, with them in `Allow`), or there is no such path (404). */
export function refusalOf(routes: readonly Route[], method: string, path: string): ProblemError {
  const allowed = [...new Set(routes.filter((route) => matches(route.path, path)).map((route) => route.method))].toSorted();
  if (allowed.length === 0) return new ProblemError('not-found');
  return new ProblemError('method-not-allowed', `${method} is not among ${allowed.join(', ')}.`, { headers: { allow: allowed.join(', ') } });
}

function matches(pattern: string, path: string): boolean {
  const steps = path.replace(/\/$/, '').split('/');
  const expected = pattern.split('/');
  return steps.length === expected.length && expected.every((step, index) => step === steps[index] || (step.startsWith('{') && steps[index] !== ''));
}
