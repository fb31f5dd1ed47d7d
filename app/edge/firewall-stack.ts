import { Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { ROUTES } from '../../contracts/http';
import type { Route } from '../../contracts/http';
import { MAX_BODY_BYTES } from '../../contracts/limits';
import { block, customBodies } from './firewall-answers';

const LARGE_BODY = 'awswaf:managed:aws:core-rule-set:SizeRestrictions_Body';
/** WAF's shortest: whoever was too fast waits no longer than this. */
const WINDOW_SECONDS = 60;

export interface FirewallStackProps extends StackProps {
  /** Requests of one address within a minute. */
  readonly requestsPerAddress: number;
  /** Those among them that ask for a quote: the one thing that writes without knowing for whom. */
  readonly quotesPerAddress: number;
}

/** The web ACL in front of CloudFront. WAF keeps those in us-east-1 alone, hence a stack of its own. */
export class FirewallStack extends Stack {
  readonly webAclArn: string;

  constructor(scope: Construct, id: string, props: FirewallStackProps) {
    super(scope, id, props);
    const { createQuote } = ROUTES;
    const webAcl = new CfnWebACL(this, 'WebAcl', {
      description: 'What may reach the shop',
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      customResponseBodies: customBodies,
      visibilityConfig: visibility('WebAcl'),
      rules: inOrder([
        perAddress('RequestsPerAddress', props.requestsPerAddress),
        perAddress('QuotesPerAddress', props.quotesPerAddress, all(methodIs(createQuote.method), pathIs(createQuote.path, 'URL_DECODE'))),
        managed('AWSManagedRulesAmazonIpReputationList'),
        managed('AWSManagedRulesKnownBadInputsRuleSet'),
        // Bodies of other machines and batches of clicks are larger than the 8 KB this rule allows: it only labels, and
        // the rule after it decides.
        managed('AWSManagedRulesCommonRuleSet', 'SizeRestrictions_BODY'),
        {
          name: 'LargeBodies',
          action: block('body-too-large'),
          statement: all({ labelMatchStatement: { scope: 'LABEL', key: LARGE_BODY } }, ...largeBodyPaths().map((path) => not(pathIs(path, 'NONE')))),
        },
      ]),
    });
    this.webAclArn = webAcl.attrArn;
  }
}

type UnorderedRule = Omit<CfnWebACL.RuleProperty, 'priority' | 'visibilityConfig'>;

const inOrder = (rules: readonly UnorderedRule[]): CfnWebACL.RuleProperty[] =>
  rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: visibility(rule.name) }));

const perAddress = (name: string, limit: number, scopeDownStatement?: CfnWebACL.StatementProperty): UnorderedRule => ({
  name,
  action: block('too-many-requests', WINDOW_SECONDS),
  statement: { rateBasedStatement: { limit, aggregateKeyType: 'IP', evaluationWindowSec: WINDOW_SECONDS, scopeDownStatement } },
});

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

/** Where bodies over 8 KB are let through to the function, which has a limit of its own. */
const largeBodyPaths = (): string[] => Object.values<Route>(ROUTES).flatMap(({ path, maxBodyBytes = MAX_BODY_BYTES }) => (maxBodyBytes > MAX_BODY_BYTES ? [path] : []));

const all = (...statements: CfnWebACL.StatementProperty[]): CfnWebACL.StatementProperty => ({ andStatement: { statements } });

const not = (statement: CfnWebACL.StatementProperty): CfnWebACL.StatementProperty => ({ notStatement: { statement } });

/** A limit has to see through a path that is written in another way; an exception must not. */
const pathIs = (path: string, transformation: 'NONE' | 'URL_DECODE'): CfnWebACL.StatementProperty => equals({ uriPath: {} }, path, transformation);

const methodIs = (method: string): CfnWebACL.StatementProperty => equals({ method: {} }, method, 'NONE');

const equals = (fieldToMatch: CfnWebACL.FieldToMatchProperty, searchString: string, type: string): CfnWebACL.StatementProperty => ({
  byteMatchStatement: { fieldToMatch, positionalConstraint: 'EXACTLY', searchString, textTransformations: [{ priority: 0, type }] },
});

const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({ cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName });
