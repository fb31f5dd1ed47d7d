import type { ManagedRuleGroupStatement } from '@aws-sdk/client-wafv2';
import { knowsOnly, NotEvaluated } from './notEvaluated';
import { INSPECTED_BODY_BYTES } from './request';
import type { InspectedRequest } from './request';

/** One of AWS's own rules: what it is called, the label it leaves, and what it is for. */
interface ManagedRule {
  readonly name: string;
  readonly label: string;
  readonly matches: (request: InspectedRequest) => boolean;
}

const COMMON = 'awswaf:managed:aws:core-rule-set';

/**
 * AWS's rule groups and what of them is evaluated here. The rest is AWS's knowledge of bad addresses and bad words, which
 * it keeps to itself: those rules let everything pass on this machine.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
const GROUPS: Readonly<Record<string, readonly ManagedRule[]>> = {
  AWSManagedRulesAmazonIpReputationList: [],
  AWSManagedRulesKnownBadInputsRuleSet: [],
  AWSManagedRulesCommonRuleSet: [
    { name: 'NoUserAgent_HEADER', label: `${COMMON}:NoUserAgent_Header`, matches: ({ headers }) => !headers['user-agent'] },
    { name: 'SizeRestrictions_QUERYSTRING', label: `${COMMON}:SizeRestrictions_QueryString`, matches: ({ query }) => query.length > 2_048 },
    { name: 'SizeRestrictions_Cookie_HEADER', label: `${COMMON}:SizeRestrictions_Cookie_Header`, matches: ({ headers }) => (headers.cookie ?? '').length > 10_240 },
    { name: 'SizeRestrictions_BODY', label: `${COMMON}:SizeRestrictions_Body`, matches: ({ bodyBytes }) => Math.min(bodyBytes, INSPECTED_BODY_BYTES) > 8_192 },
    { name: 'SizeRestrictions_URIPATH', label: `${COMMON}:SizeRestrictions_URIPath`, matches: ({ path }) => path.length > 1_024 },
  ],
};

/** The labels of those rules that a request meets, and whether one of them blocks. */
export interface ManagedVerdict {
  readonly labels: readonly string[];
  readonly blocks: boolean;
}

/** @throws NotEvaluated for a group that does not stand in the list, and for settings that are not known here */
export function managedRules(statement: ManagedRuleGroupStatement): (request: InspectedRequest) => ManagedVerdict {
  knowsOnly(statement, ['VendorName', 'Name', 'RuleActionOverrides'], 'a managed rule group');
  const rules = statement.VendorName === 'AWS' ? GROUPS[statement.Name ?? ''] : undefined;
  if (!rules) throw new NotEvaluated(`The rule group ${statement.VendorName} ${statement.Name} does not stand in the list of local/gateway/firewall/managedRules.ts`);
  const counted = new Set(
    (statement.RuleActionOverrides ?? []).map(({ Name: name, ActionToUse: action = {} }) => {
      knowsOnly(action, ['Count'], `the override of ${name}`);
      return name;
    }),
  );
  return (request) => {
    const met = rules.filter(({ matches }) => matches(request));
    return { labels: met.map(({ label }) => label), blocks: met.some(({ name }) => !counted.has(name)) };
  };
}
