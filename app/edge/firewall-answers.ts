import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { PROBLEMS, problemType } from '../../contracts/problem';
import type { Problem, ProblemCode } from '../../contracts/problem';

/** What the firewall refuses with, in the words of the API. Its media type stays WAF's: no rule may set that header. */
const DETAILS = {
  'too-many-requests': 'Your address has sent too many requests. Try again in a minute.',
  'body-too-large': undefined,
} as const satisfies Partial<Record<ProblemCode, string | undefined>>;
type Refusal = keyof typeof DETAILS;

const REFUSALS: readonly Refusal[] = ['too-many-requests', 'body-too-large'];

export const customBodies: Record<string, CfnWebACL.CustomResponseBodyProperty> = Object.fromEntries(
  REFUSALS.map((code) => [code, { contentType: 'APPLICATION_JSON', content: JSON.stringify(problemOf(code)) }]),
);

export const block = (code: Refusal, retryAfterSeconds?: number): CfnWebACL.RuleActionProperty => ({
  block: {
    customResponse: {
      responseCode: PROBLEMS[code].status,
      customResponseBodyKey: code,
      ...(retryAfterSeconds !== undefined && { responseHeaders: [{ name: 'Retry-After', value: String(retryAfterSeconds) }] }),
    },
  },
});

function problemOf(code: Refusal): Problem {
  const detail = DETAILS[code];
  return { type: problemType(code), ...PROBLEMS[code], ...(detail && { detail }) };
}
