import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { PROBLEMS, problemType } from '../../contracts/problem';
import type { Problem, ProblemCode } from '../../contracts/problem';

/** What the firewall refuses with, in the words of the API. The media type stays WAF's: no rule may set that header. */
const REFUSALS = ['too-many-requests', 'body-too-large'] as const satisfies readonly ProblemCode[];
type Refusal = (typeof REFUSALS)[number];

const problemOf = (code: Refusal): Problem => ({ type: problemType(code), ...PROBLEMS[code] });

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
