import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { ORIGIN_SECRET_HEADER } from '../../contracts/headers';
import { ROUTES } from '../../contracts/http';
import type { Route } from '../../contracts/http';
import { MAX_BODY_BYTES } from '../../contracts/limits';
import { block, customBodies } from './firewall-answers';

const LARGE_BODY = 'awswaf:managed:aws:core-rule-set:SizeRestrictions_Body';
/** WAF's shortest: whoever was too fast waits no longer than this. */
const WINDOW_SECONDS = 60;

export interface FirewallStackProps extends StackProps {
  /** `Dev`; keeps its log apart from those of other environments in the same account. */
  readonly environmentName: string;
  readonly logRetention: logs.RetentionDays;
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
    this.#log(webAcl, props);
  }

  /** Keeps every request that a rule has refused or counted, and why; those let through are in CloudFront's own log. */
  #log(webAcl: CfnWebACL, { environmentName, logRetention }: FirewallStackProps): void {
    // WAF takes no other names: https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
    const logGroupName = `aws-waf-logs-website-${environmentName.toLowerCase()}`;
    const log = new logs.LogGroup(this, 'Log', { logGroupName, retention: logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const configuration = new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: webAcl.attrArn,
      // Without the `:*` at the end of the log group's own ARN, which WAF refuses.
      logDestinationConfigs: [this.formatArn({ service: 'logs', resource: 'log-group', resourceName: logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME })],
      redactedFields: SECRET_HEADERS.map((Name) => ({ singleHeader: { Name } })),
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: KEPT_ACTIONS.map((Action) => ({ ActionCondition: { Action } })) }],
      },
    });
    configuration.node.addDependency(log);
  }
}

/** What somebody could pass for a customer, a provider or CloudFront with. */
const SECRET_HEADERS = ['authorization', ORIGIN_SECRET_HEADER, 'stripe-signature', 'webhook-signature'];
const KEPT_ACTIONS = ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'];

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
