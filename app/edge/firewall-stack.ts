import { Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';

const CLICKS_PATH = '/api/clicks';
const LARGE_BODY = 'awswaf:managed:aws:core-rule-set:SizeRestrictions_Body';

export interface FirewallStackProps extends StackProps {
  readonly requestsPerAddress: number;
}

/** The web ACL in front of CloudFront. WAF keeps those in us-east-1 alone, hence a stack of its own. */
export class FirewallStack extends Stack {
  readonly webAclArn: string;

  constructor(scope: Construct, id: string, props: FirewallStackProps) {
    super(scope, id, props);
    const webAcl = new CfnWebACL(this, 'WebAcl', {
      description: 'What may reach the shop',
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('WebAcl'),
      rules: inOrder([
        {
          name: 'RequestsPerAddress',
          action: { block: {} },
          statement: { rateBasedStatement: { limit: props.requestsPerAddress, aggregateKeyType: 'IP', evaluationWindowSec: 300 } },
        },
        managed('AWSManagedRulesAmazonIpReputationList'),
        managed('AWSManagedRulesKnownBadInputsRuleSet'),
        // Batches of clicks are larger than the 8 KB this rule allows: it only labels, and the rule after it decides.
        managed('AWSManagedRulesCommonRuleSet', 'SizeRestrictions_BODY'),
        {
          name: 'LargeBodies',
          action: { block: {} },
          statement: { andStatement: { statements: [{ labelMatchStatement: { scope: 'LABEL', key: LARGE_BODY } }, { notStatement: { statement: pathIs(CLICKS_PATH) } }] } },
        },
      ]),
    });
    this.webAclArn = webAcl.attrArn;
  }
}

type UnorderedRule = Omit<CfnWebACL.RuleProperty, 'priority' | 'visibilityConfig'>;

const inOrder = (rules: readonly UnorderedRule[]): CfnWebACL.RuleProperty[] =>
  rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: visibility(rule.name) }));

const managed = (name: string, counted?: string): UnorderedRule => ({
  name,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ...(counted && { ruleActionOverrides: [{ name: counted, actionToUse: { count: {} } }] }),
    },
  },
});

const pathIs = (path: string): CfnWebACL.StatementProperty => ({
  byteMatchStatement: { fieldToMatch: { uriPath: {} }, positionalConstraint: 'EXACTLY', searchString: path, textTransformations: [{ priority: 0, type: 'NONE' }] },
});

const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({ cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName });
