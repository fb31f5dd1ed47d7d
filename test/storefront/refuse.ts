import { PROBLEMS, type ProblemCode, type ProblemDetail, problemType } from '../../contracts/problem';

/** A refusal as the API words it. */
export function refuse(code: ProblemCode, errors: ProblemDetail[] = []): Response {
  const { status, title } = PROBLEMS[code];
  return new Response(JSON.stringify({ type: problemType(code), title, status, errors }), { status, headers: { 'content-type': 'application/problem+json' } });
}
