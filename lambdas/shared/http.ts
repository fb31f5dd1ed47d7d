import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { ORIGIN_SECRET_HEADER } from '../../contracts/headers';
import { PROBLEM_MEDIA_TYPE } from '../../contracts/problem';
import { secretReader } from './accepted-secret';
import { isPassing } from './dynamodb';
import { readEnvironment } from './environment';
import { OriginSecret } from './origin-secret';
import { ProblemError } from './problem-error';
import type { HttpEvent } from './request';
import { logger } from './logger';

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @param cacheControl by default nobody keeps the answer */
export const ok = (body: unknown, cacheControl = 'no-store'): Answer => ({
  status: 200,
  body: JSON.stringify(body),
  headers: { 'cache-control': cacheControl },
});

/** @param body the created thing, or its JSON when that has been written before */
export const created = (body: object | string, location?: string): Answer => ({
  status: 201,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  headers: { 'cache-control': 'no-store', ...(location && { location }) },
});

/** Taken in hand, not yet done. */
export const taken = (body: object): Answer => ({ status: 202, body: JSON.stringify(body), headers: { 'cache-control': 'no-store' } });

type Handler = (event: HttpEvent, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/**
 * What every function behind the HTTP API does around its three lines: requires CloudFront's secret, answers in JSON,
 * turns a ProblemError into its problem document and anything else into a 500 that says nothing but the request's id.
 */
export function httpFunction(answer: (event: HttpEvent) => Promise<Answer>, originSecret = configuredOriginSecret()): Handler {
  return async (event, context) => {
    logger.addContext(context);
    const { requestId, http } = event.requestContext;
    logger.resetKeys();
    logger.appendKeys({ requestId, method: http.method, path: http.path });
    try {
      if (!(await originSecret.accepts(event.headers[ORIGIN_SECRET_HEADER]))) throw new ProblemError('not-through-the-edge');
      return respond(await answer(event), 'application/json', requestId);
    } catch (error) {
      const problem = asProblem(error);
      logger.info('refused', { problem: problem.code, status: problem.status, errors: problem.options.errors });
      const body = JSON.stringify(problem.toProblem(requestId));
      return respond({ status: problem.status, body, headers: { 'cache-control': 'no-store', ...problem.options.headers } }, PROBLEM_MEDIA_TYPE, requestId);
    }
  };
}

/** @throws Error at the function's init when ORIGIN_SECRET_ARN is not set */
function configuredOriginSecret(): OriginSecret {
  const { ORIGIN_SECRET_ARN } = readEnvironment(z.object({ ORIGIN_SECRET_ARN: z.string() }));
  return new OriginSecret(secretReader(ORIGIN_SECRET_ARN));
}

function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const passing = error instanceof Error && isPassing(error.name);
  logger.error('The request failed', error instanceof Error ? error : new Error(String(error)));
  return passing ? new ProblemError('try-again', undefined, { headers: { 'retry-after': '1' } }) : new ProblemError('internal-error');
}

const respond = ({ status, body, headers }: Answer, mediaType: string, requestId: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { 'content-type': mediaType, 'x-request-id': requestId, ...headers },
  body,
});
