import * as z from 'zod/mini';

/**
 * Every error of the API by name, with its HTTP status: the one table there is. The name is the last part of the
 * problem's `type`, so a client switches on `problemCode(problem)` and never on a text.
 */
export const PROBLEMS = {
  'malformed-json': { status: 400, title: 'The body is not valid JSON' },
  'invalid-parameter': { status: 400, title: 'A parameter of the request is not valid' },
  'idempotency-key-missing': { status: 400, title: 'The Idempotency-Key header is required' },
  'bad-signature': { status: 400, title: 'The request is not signed by whom it should be' },
  'invalid-cursor': { status: 400, title: 'The cursor does not belong to this list' },
  'not-signed-in': { status: 401, title: 'Sign in first' },
  'not-through-the-edge': { status: 403, title: 'Call the public address of the shop' },
  'not-an-operator': { status: 403, title: 'This is for operators' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'product-not-found': { status: 404, title: 'There is no such product' },
  'order-not-found': { status: 404, title: 'There is no such order' },
  'report-not-found': { status: 404, title: 'There is no such report' },
  'method-not-allowed': { status: 405, title: 'This method is not allowed here' },
  'out-of-stock': { status: 409, title: 'There is not enough in stock' },
  'quote-used': { status: 409, title: 'The quote has already become an order' },
  'too-late-to-cancel': { status: 409, title: 'The order can no longer be cancelled' },
  'nothing-captured': { status: 409, title: 'Nothing was paid that could be refunded' },
  'lines-not-there': { status: 409, title: 'The customer does not have these pieces' },
  'order-in-progress': { status: 409, title: 'The order is still being worked on' },
  'nothing-to-retry': { status: 409, title: 'Nothing of the order has failed' },
  'mail-not-due': { status: 409, title: 'There is nothing yet that this mail could tell' },
  'quote-expired': { status: 410, title: 'The quote has expired' },
  'report-gone': { status: 410, title: 'The report was asked for too long ago, ask for it anew' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body must be application/json' },
  'invalid-body': { status: 422, title: 'The body does not fit the contract' },
  'unknown-product': { status: 422, title: 'A product cannot be bought' },
  'country-not-served': { status: 422, title: 'The shop does not ship to this country' },
  'quote-not-found': { status: 422, title: 'There is no such quote' },
  'address-differs-from-quote': { status: 422, title: 'The quote was made for another country' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used for another request' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  'analytics-away': { status: 503, title: 'Reports are away just now' },
  'search-away': { status: 503, title: 'Search is away for the moment; everything else can be bought as always' },
  'try-again': { status: 503, title: 'The shop is busy, try again in a moment' },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemCode = keyof typeof PROBLEMS;

/**
 * One fault of a request: `pointer` (RFC 6901, `#/lines/0/quantity`) into the body, or the parameter's or header's name.
 * A product that cannot be had is named, with what is left of it.
 */
export const ProblemDetail = z.object({
  detail: z.string(),
  pointer: z.optional(z.string()),
  parameter: z.optional(z.string()),
  header: z.optional(z.string()),
  productId: z.optional(z.string()),
  available: z.optional(z.int()),
});
export type ProblemDetail = z.infer<typeof ProblemDetail>;

/** RFC 9457 `application/problem+json`. Loose, as the RFC demands: a client ignores members that it does not know. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int().check(z.gte(400), z.lte(599)),
  detail: z.optional(z.string()),
  instance: z.optional(z.string()),
  /** The request's id, to be quoted to the people who run the shop. */
  requestId: z.optional(z.string()),
  errors: z.optional(z.array(ProblemDetail)),
});
export type Problem = z.infer<typeof Problem>;

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

export const problemType = (code: ProblemCode): string => `/problems/${code}`;

const isProblemCode = (text: string): text is ProblemCode => Object.hasOwn(PROBLEMS, text);

/** The name of a problem, or undefined for one that somebody else (API Gateway, CloudFront) wrote. */
export const problemCode = (problem: Pick<Problem, 'type'>): ProblemCode | undefined => {
  const code = problem.type.replace(/^\/problems\//, '');
  return isProblemCode(code) ? code : undefined;
};
