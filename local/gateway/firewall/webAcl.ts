import type { BlockAction, CustomResponseBody, Rule, RuleAction, WebACL } from '@aws-sdk/client-wafv2';
import { managedRules } from './managedRules';
import { knowsOnly, NotEvaluated } from './notEvaluated';
import type { InspectedRequest } from './request';
import { matcherOf } from './statements';

/** What a request is refused with. */
export interface Block {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Judges a request by the rules of a web ACL: what it is refused with, or undefined when it may pass. */
export type Firewall = (request: InspectedRequest) => Block | undefined;

/** What a rule says of a request: what it blocks with, that it lets it pass for good, or nothing. */
type Ruling = Block | 'allowed' | undefined;
type Judge = (request: InspectedRequest, labels: Set<string>) => Ruling;

const MEDIA_TYPES: Readonly<Record<string, string>> = { APPLICATION_JSON: 'application/json', TEXT_HTML: 'text/html', TEXT_PLAIN: 'text/plain' };
const FORBIDDEN: Block = { status: 403, headers: { 'content-type': 'text/html' }, body: '<h1>403 ERROR</h1><p>Request blocked.</p>' };

export type JudgedBy = Pick<WebACL, 'Rules' | 'CustomResponseBodies'> & Partial<Pick<WebACL, 'DefaultAction'>>;

/** @throws NotEvaluated naming the first thing in the rules that is not known here */
export function firewallOf({ Rules: rules = [], DefaultAction: defaultAction = {}, CustomResponseBodies: bodies = {} }: JudgedBy, now: () => number = Date.now): Firewall {
  const judges = rules.toSorted((one, other) => (one.Priority ?? 0) - (other.Priority ?? 0)).map((rule) => judgeOf(rule, bodies, now));
  const byDefault = rulingOf(defaultAction, bodies, 'the web ACL');
  return (request) => {
    const labels = new Set<string>();
    for (const judge of judges) {
      const ruling = judge(request, labels);
      if (ruling) return ruling === 'allowed' ? undefined : ruling;
    }
    return byDefault === 'allowed' ? undefined : byDefault;
  };
}

type Bodies = Readonly<Record<string, CustomResponseBody>>;

function judgeOf(rule: Rule, bodies: Bodies, now: () => number): Judge {
  const what = `the rule ${rule.Name}`;
  knowsOnly(rule, ['Name', 'Priority', 'Statement', 'Action', 'OverrideAction', 'VisibilityConfig'], what);
  const { Statement: statement = {}, Action: action = {}, OverrideAction: override } = rule;
  if (statement.ManagedRuleGroupStatement) {
    knowsOnly(override ?? {}, ['None'], `the override of ${what}`);
    const judge = managedRules(statement.ManagedRuleGroupStatement);
    return (request, labels) => {
      const { labels: found, blocks } = judge(request);
      for (const label of found) labels.add(label);
      return blocks ? FORBIDDEN : undefined;
    };
  }
  const matches = matcherOf(statement, now);
  const ruling = rulingOf(action, bodies, what);
  return (request, labels) => (matches(request, labels) ? ruling : undefined);
}

function rulingOf(action: RuleAction, bodies: Bodies, what: string): Ruling {
  knowsOnly(action, ['Allow', 'Block', 'Count'], `the action of ${what}`);
  if (action.Block) return blockOf(action.Block, bodies);
  if (action.Allow) {
    knowsOnly(action.Allow, [], `the action of ${what}`);
    return 'allowed';
  }
  return undefined;
}

function blockOf({ CustomResponse: response }: BlockAction, bodies: Bodies): Block {
  if (!response) return FORBIDDEN;
  const { ResponseCode: status = 403, ResponseHeaders: headers = [], CustomResponseBodyKey: key } = response;
  const body = key === undefined ? undefined : bodies[key];
  if (key !== undefined && !body) throw new NotEvaluated(`The web ACL has no custom body ${key}`);
  return {
    status,
    headers: {
      ...Object.fromEntries(headers.map(({ Name: name = '', Value: value = '' }) => [name.toLowerCase(), value])),
      ...(body && { 'content-type': MEDIA_TYPES[body.ContentType ?? ''] ?? 'text/plain' }),
    },
    body: body?.Content ?? '',
  };
}
