import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { PROBLEMS, problemType } from '../../contracts/problem';
import type { Problem } from '../../contracts/problem';
import { FIREWALL_PROBLEMS } from '../../contracts/refusals';

type Refusal = (typeof FIREWALL_PROBLEMS)[number];

const problemOf = (code: Refusal): Problem => ({ type: problemType(code), ...PROBLEMS[code] });

/** The media type stays WAF's: no rule may set that header. */
export const customBodies: Record<string, CfnWebACL.CustomResponseBodyProperty> = Object.fromEntries(
  FIREWALL_PROBLEMS.map((code) => [code, { contentType: 'APPLICATION_JSON', content: JSON.stringify(problemOf(code)) }]),
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
