import type { Rule, Statement } from '@aws-sdk/client-wafv2';
import { INSPECTED_BODY_BYTES } from '../../../local/gateway/firewall/request';
import type { InspectedRequest } from '../../../local/gateway/firewall/request';
import { firewallOf } from '../../../local/gateway/firewall/webAcl';
import type { JudgedBy } from '../../../local/gateway/firewall/webAcl';

const request = (more: Partial<InspectedRequest> = {}): InspectedRequest => ({ address: '127.0.0.1', method: 'GET', path: '/', query: '', headers: { 'user-agent': 'test' }, bodyBytes: 0, ...more });
const rule = (Name: string, Priority: number, Statement: Statement, more: Partial<Rule> = { Action: { Block: {} } }): Rule => ({ Name, Priority, Statement, VisibilityConfig: undefined, ...more });
const field = { UriPath: {} };
const plain = [{ Priority: 0, Type: 'NONE' as const }];
const pathIs = (path: string, TextTransformations: { Priority: number; Type: 'NONE' | 'URL_DECODE' | 'LOWERCASE' }[] = plain): Statement => ({
  ByteMatchStatement: { FieldToMatch: field, PositionalConstraint: 'EXACTLY', SearchString: Buffer.from(path), TextTransformations },
});
const rate = (Limit: number, more: Partial<NonNullable<Statement['RateBasedStatement']>> = {}): Statement => ({ RateBasedStatement: { Limit, AggregateKeyType: 'IP', EvaluationWindowSec: 60, ...more } });
const managed = (Name: string, more: object = {}): Rule => rule(Name, 0, { ManagedRuleGroupStatement: { VendorName: 'AWS', Name, ...more } }, { OverrideAction: { None: {} } });

let now = 0;
beforeEach(() => (now = 1_000_000));
const firewall = (...Rules: Rule[]) => firewallOf({ DefaultAction: { Allow: {} }, Rules }, () => now);
const statuses = (judge: ReturnType<typeof firewall>, ...requests: InspectedRequest[]) => requests.map((each) => judge(each)?.status);

it('lets everything pass where no rule says otherwise, and nothing where that is the default', () => {
  expect(firewall()(request())).toBeUndefined();
  expect(firewallOf({ DefaultAction: { Block: {} }, Rules: [] })(request())?.status).toBe(403);
});

it('looks at rules by their priority; the first that blocks or allows has the last word', () => {
  const judge = firewall(rule('Late', 2, pathIs('/a')), rule('Allowed', 1, pathIs('/a'), { Action: { Allow: {} } }), rule('Counted', 0, pathIs('/b'), { Action: { Count: {} } }), rule('Blocked', 3, pathIs('/b')));
  expect(statuses(judge, request({ path: '/a' }), request({ path: '/b' }))).toEqual([undefined, 403]);
});

it('answers as the rule says: status, headers and a body of the web ACL', () => {
  const response = { ResponseCode: 429, ResponseHeaders: [{ Name: 'Retry-After', Value: '60' }], CustomResponseBodyKey: 'slow' };
  const judge = firewallOf({ Rules: [rule('Slow', 0, pathIs('/'), { Action: { Block: { CustomResponse: response } } })], CustomResponseBodies: { slow: { ContentType: 'APPLICATION_JSON', Content: '{"slow":"down"}' } } });
  expect(judge(request())).toEqual({ status: 429, headers: { 'retry-after': '60', 'content-type': 'application/json' }, body: '{"slow":"down"}' });
});

describe('a rate', () => {
  it('is kept by each address for itself, over the seconds that are past', () => {
    const judge = firewall(rule('Rate', 0, rate(2)));
    expect(statuses(judge, request(), request(), request(), request({ address: '127.0.0.2' }))).toEqual([undefined, undefined, 403, undefined]);
    now += 59_000;
    expect(judge(request())?.status).toBe(403);
    now += 59_000;
    expect(judge(request())).toBeUndefined();
  });

  it('counts what is refused too, so that who does not wait stays out', () => {
    const judge = firewall(rule('Rate', 0, rate(2)));
    for (let second = 0; second < 200; second += 20) {
      judge(request());
      now += 20_000;
    }
    expect(judge(request())?.status).toBe(403);
  });

  it('counts only what its scope means', () => {
    const quotes = { AndStatement: { Statements: [{ ByteMatchStatement: { FieldToMatch: { Method: {} }, PositionalConstraint: 'EXACTLY' as const, SearchString: Buffer.from('POST'), TextTransformations: plain } }, pathIs('/api/quotes', [{ Priority: 0, Type: 'URL_DECODE' }])] } };
    const judge = firewall(rule('Quotes', 0, rate(1, { ScopeDownStatement: quotes })));
    const ask = request({ method: 'POST', path: '/api/%71uotes' });
    expect(statuses(judge, request(), request(), ask, request({ path: '/api/quotes' }), ask)).toEqual([undefined, undefined, undefined, undefined, 403]);
  });
});

describe('sizes', () => {
  const large = (OversizeHandling: 'CONTINUE' | 'MATCH' | 'NO_MATCH', Size: number): Statement => ({ SizeConstraintStatement: { FieldToMatch: { Body: { OversizeHandling } }, ComparisonOperator: 'GT', Size, TextTransformations: plain } });

  it.each([
    ['CONTINUE', 8_192, 8_192, undefined],
    ['CONTINUE', 8_192, 8_193, 403],
    // Nothing beyond the inspected part is seen.
    ['CONTINUE', INSPECTED_BODY_BYTES, 1_000_000, undefined],
    ['MATCH', INSPECTED_BODY_BYTES, 1_000_000, 403],
    ['NO_MATCH', 8_192, 1_000_000, undefined],
  ] as const)('%s, over %d bytes: a body of %d gives %s', (oversize, limit, bodyBytes, status) => {
    expect(firewall(rule('Body', 0, large(oversize, limit)))(request({ bodyBytes }))?.status).toBe(status);
  });

  it('of a query are counted in bytes', () => {
    const judge = firewall(rule('Query', 0, { SizeConstraintStatement: { FieldToMatch: { QueryString: {} }, ComparisonOperator: 'GE', Size: 4, TextTransformations: [{ Priority: 0, Type: 'LOWERCASE' }] } }));
    expect(statuses(judge, request({ query: 'ü=' }), request({ query: 'ü=1' }))).toEqual([undefined, 403]);
  });
});

describe("AWS's own rules", () => {
  it('of size and of the user agent are evaluated', () => {
    const judge = firewall(managed('AWSManagedRulesCommonRuleSet'));
    expect(statuses(judge, request({ bodyBytes: 8_192 }), request({ bodyBytes: 8_193 }), request({ headers: {} }), request({ path: `/${'a'.repeat(1_024)}` }), request({ query: 'a'.repeat(2_049) }))).toEqual([undefined, 403, 403, 403, 403]);
  });

  it('leave their label where they only count, for a later rule to go by', () => {
    const label: Statement = { LabelMatchStatement: { Scope: 'LABEL', Key: 'awswaf:managed:aws:core-rule-set:SizeRestrictions_Body' } };
    const judge = firewall(
      managed('AWSManagedRulesCommonRuleSet', { RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }] }),
      rule('LargeBodies', 1, { AndStatement: { Statements: [label, { NotStatement: { Statement: pathIs('/api/clicks') } }] } }),
    );
    expect(statuses(judge, request({ bodyBytes: 9_000 }), request({ bodyBytes: 9_000, path: '/api/clicks' }), request())).toEqual([403, undefined, undefined]);
  });
});

it.each<[string, JudgedBy]>([
  ['a statement', { Rules: [rule('R', 0, { GeoMatchStatement: { CountryCodes: ['DE'] } })] }],
  ['a statement inside of another', { Rules: [rule('R', 0, { NotStatement: { Statement: { XssMatchStatement: { FieldToMatch: field, TextTransformations: plain } } } })] }],
  ['the text of a body', { Rules: [rule('R', 0, { ByteMatchStatement: { FieldToMatch: { Body: {} }, SearchString: Buffer.from('x'), PositionalConstraint: 'CONTAINS', TextTransformations: plain } })] }],
  ['a transformation', { Rules: [rule('R', 0, { ByteMatchStatement: { FieldToMatch: field, SearchString: Buffer.from('x'), PositionalConstraint: 'CONTAINS', TextTransformations: [{ Priority: 0, Type: 'HTML_ENTITY_DECODE' }] } })] }],
  ['a rate by something else than the address', { Rules: [rule('R', 0, rate(10, { AggregateKeyType: 'FORWARDED_IP' }))] }],
  ['an action', { Rules: [rule('R', 0, pathIs('/'), { Action: { Captcha: {} } })] }],
  ['a default action', { DefaultAction: { Allow: { CustomRequestHandling: { InsertHeaders: [] } } } }],
  ["a rule's labels", { Rules: [rule('R', 0, pathIs('/'), { Action: { Count: {} }, RuleLabels: [{ Name: 'x' }] })] }],
  ['a rule group of AWS', { Rules: [managed('AWSManagedRulesSQLiRuleSet')] }],
  ['a setting of a rule group', { Rules: [managed('AWSManagedRulesCommonRuleSet', { ScopeDownStatement: pathIs('/') })] }],
  ['another override than to count', { Rules: [managed('AWSManagedRulesCommonRuleSet', { RuleActionOverrides: [{ Name: 'NoUserAgent_HEADER', ActionToUse: { Allow: {} } }] })] }],
])('names %s that it does not know, before any request', (_, webAcl) => {
  expect(() => firewallOf(webAcl)).toThrow(/is not evaluated on this machine|does not stand in the list/);
});
