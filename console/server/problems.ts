import type { Context } from 'hono';
import type { Problem } from '../model';

const titles = {
  400: 'The request cannot be carried out',
  403: 'Not allowed',
  404: 'Not found',
  409: 'No longer possible',
  429: 'Too many requests to AWS just now',
  500: 'The console failed',
  413: 'Too large',
  502: 'The AWS API does not answer',
};
type ProblemStatus = keyof typeof titles;

const statuses: Record<string, ProblemStatus> = {
  AccessDeniedException: 403,
  AccessDenied: 403,
  UnrecognizedClientException: 403,
  // Passing: the console asks again, and finds whoever has signed in meanwhile.
  ExpiredTokenException: 502,
  ExpiredToken: 502,
  ApprovalAlreadyCompletedException: 409,
  InvalidApprovalTokenException: 409,
  NotLatestPipelineExecutionException: 409,
  PipelineExecutionNotStoppableException: 409,
  DuplicatedStopRequestException: 409,
  StageNotRetryableException: 409,
  UnableToRollbackStageException: 409,
  PipelineExecutionOutdatedException: 409,
  ConcurrentPipelineExecutionsLimitExceededException: 409,
  ThrottlingException: 429,
  Throttling: 429,
  TooManyRequestsException: 429,
  CredentialsProviderError: 502,
};

const EXPIRED = 'Your session with AWS has ended. Sign in again, and the console goes on.';

const words: Record<string, string> = {
  InvalidApprovalTokenException: 'This approval has been superseded by a newer one. Look at the run again before you decide.',
  ApprovalAlreadyCompletedException: 'Somebody has already decided on this approval.',
  ExpiredTokenException: EXPIRED,
  ExpiredToken: EXPIRED,
  CredentialsProviderError: 'No AWS credentials were found. Sign in, or name a profile with --profile.',
};

/** A refusal of the console's own. */
export class Refusal extends Error {
  constructor(
    readonly status: ProblemStatus,
    detail: string,
  ) {
    super(detail);
  }
}

function statusOf(error: Error): ProblemStatus {
  if (error instanceof Refusal) return error.status;
  const known = statuses[error.name];
  if (known) return known;
  if (error.name.endsWith('NotFoundException')) return 404;
  if ('$fault' in error) return error.$fault === 'client' ? 400 : 502;
  // What the SDK's retries have touched but no service has answered: refused, reset, timed out.
  return '$metadata' in error || 'code' in error || error.name === 'TimeoutError' ? 502 : 500;
}

/** The problem document that tells the page what an AWS call, or the console itself, objected to. */
export function problemOf(error: Error): Problem & { status: ProblemStatus } {
  const status = statusOf(error);
  return {
    title: titles[status],
    status,
    detail: words[error.name] ?? (error.message || error.name),
    code: error.name,
  };
}

/** AWS does not let this identity make the call; asking again brings the same. */
export const isRefused = (error: unknown): boolean => error instanceof Error && (error.name === 'AccessDeniedException' || error.name === 'AccessDenied');

/** Asking again may well bring another answer. */
export const isPassing = ({ status }: { status: number }): boolean => status === 429 || status >= 500;

/** In a sentence, for what is shown without the part that could not be read. */
export function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { title, detail } = problemOf(error);
  return error instanceof Refusal ? detail : `${title}: ${detail}`;
}

export function problemResponse(context: Context, error: Error): Response {
  const problem = problemOf(error);
  return context.json(problem, problem.status, { 'content-type': 'application/problem+json' });
}
