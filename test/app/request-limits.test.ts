import { isPersonalWrite, ROUTES, trafficOf } from '../../contracts/http';
import type { Route, RouteName } from '../../contracts/http';
import { PROBLEMS } from '../../contracts/problem';
import { website } from '../../stages/environments';
import { resource, resources, stack } from './synthesized';

interface Throttle {
  readonly ThrottlingRateLimit: number;
  readonly ThrottlingBurstLimit: number;
  readonly DetailedMetricsEnabled?: boolean;
}
interface Rule {
  readonly Name: string;
  readonly Action?: { readonly Block?: { readonly CustomResponse?: { readonly ResponseCode: number; readonly CustomResponseBodyKey: string; readonly ResponseHeaders?: readonly object[] } } };
  readonly Statement: { readonly RateBasedStatement?: { readonly Limit: number; readonly EvaluationWindowSec: number; readonly ScopeDownStatement?: unknown } };
}

const STACKS = ['Edge', 'Catalog', 'Orders', 'Workflow', 'Clickstream', 'Personalize', 'Redshift', 'Search'];
const routeKeys = (environment: string): unknown[] =>
  STACKS.flatMap((name) => resources('AWS::ApiGatewayV2::Route', `${environment}-${name}`)).map(({ Properties }) => Properties['RouteKey']);

describe.each(website.environments)('the API of $name', ({ name, throttling }) => {
  const stage = (): { DefaultRouteSettings: Throttle; RouteSettings: Readonly<Record<string, Throttle>> } =>
    resource('AWS::ApiGatewayV2::Stage', `${name}-ApiStage`).Properties as never;

  test('sets limits for no route that does not exist, which API Gateway would refuse', () => {
    expect(routeKeys(name)).toEqual(expect.arrayContaining(Object.keys(stage().RouteSettings)));
    expect(stack(`${name}-ApiStage`).dependencies.map(({ id }) => id).join()).toMatch(/Catalog.*Orders.*Workflow.*Clickstream.*Personalize.*Redshift/);
  });

  test('takes reads as the stage says, and writes, webhooks and clicks each as is said for them', () => {
    const { reads, writes, webhooks, clicks } = throttling;
    expect(stage().DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: reads.rateLimit, ThrottlingBurstLimit: reads.burstLimit });
    for (const route of Object.values<Route>(ROUTES)) {
      const settings = stage().RouteSettings[`${route.method} ${route.path}`];
      const expected = { reads: undefined, writes, webhooks, clicks }[trafficOf(route)];
      expect(settings && { rateLimit: settings.ThrottlingRateLimit, burstLimit: settings.ThrottlingBurstLimit }).toEqual(expected);
    }
  });

  test('goes on measuring the routes that have settings of their own', () => {
    for (const settings of Object.values(stage().RouteSettings)) expect(settings.DetailedMetricsEnabled).toBe(true);
  });
});

describe.each(website.environments)('who writes in $name', ({ name, callsPerPerson }) => {
  const counting = () =>
    STACKS.flatMap((noun) => resources('AWS::Lambda::Function', `${name}-${noun}`)).flatMap(({ Properties }) => {
      const { Variables = {} } = (Properties['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
      return Variables['CALL_COUNTS_TABLE_NAME'] === undefined ? [] : [String(Variables['CALLS_A_MINUTE'])];
    });

  test('is counted on every route that knows who they are, and on no other', () => {
    expect(counting().toSorted()).toEqual(Object.values(callsPerPerson).map(String).toSorted());
    const personal = (Object.keys(ROUTES) as RouteName[]).filter(isPersonalWrite);
    expect(personal).toEqual(Object.keys(callsPerPerson));
  });

  test('is forgotten after the minute', () => {
    const [counts] = resources('AWS::DynamoDB::Table', `${name}-Edge`);
    expect(counts?.Properties).toMatchObject({ KeySchema: [{ AttributeName: 'counter', KeyType: 'HASH' }], TimeToLiveSpecification: { AttributeName: 'deleteAfter', Enabled: true } });
  });
});

describe('the firewall', () => {
  const webAcl = () => resource('AWS::WAFv2::WebACL', 'Prod-Firewall').Properties as { Rules: readonly Rule[]; CustomResponseBodies: Readonly<Record<string, { ContentType: string; Content: string }>> };
  const answerOf = (rule: string) => {
    const { ResponseCode: status, CustomResponseBodyKey: key = '', ResponseHeaders: headers } = webAcl().Rules.find(({ Name }) => Name === rule)?.Action?.Block?.CustomResponse ?? {};
    return { status, headers, body: JSON.parse(webAcl().CustomResponseBodies[key]?.Content ?? '{}') as unknown };
  };

  test.each(['RequestsPerAddress', 'QuotesPerAddress'])('answers %s with 429 and the time after which the address may come back', (rule) => {
    expect(answerOf(rule)).toMatchObject({
      status: 429,
      headers: [{ Name: 'Retry-After', Value: '60' }],
      body: { type: '/problems/too-many-requests', ...PROBLEMS['too-many-requests'] },
    });
    expect(webAcl().Rules.find(({ Name }) => Name === rule)?.Statement.RateBasedStatement?.EvaluationWindowSec).toBe(60);
  });

  test('answers a body that is too large with 413', () => {
    expect(answerOf('LargeBodies')).toEqual({ status: 413, headers: undefined, body: { type: '/problems/body-too-large', ...PROBLEMS['body-too-large'] } });
  });

  test('counts what asks for quotes by itself, and those only', () => {
    const [requests, quotes] = webAcl().Rules.map(({ Statement }) => Statement.RateBasedStatement);
    expect(requests?.ScopeDownStatement).toBeUndefined();
    expect(JSON.stringify(quotes?.ScopeDownStatement)).toMatch(/"Method":\{\}.*"SearchString":"POST".*"UriPath":\{\}.*"SearchString":"\/api\/quotes".*"URL_DECODE"/);
    expect(quotes?.Limit).toBeLessThan(requests?.Limit ?? 0);
  });

  // https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
  test('keeps to what WAF takes: limits from 10 up, answers of at most 4 KB', () => {
    for (const { name } of website.environments) {
      const { Rules: rules, CustomResponseBodies: bodies } = resource('AWS::WAFv2::WebACL', `${name}-Firewall`).Properties as ReturnType<typeof webAcl>;
      for (const { Statement } of rules) expect(Statement.RateBasedStatement?.Limit ?? 10).toBeGreaterThanOrEqual(10);
      for (const { Content } of Object.values(bodies)) expect(Buffer.byteLength(Content)).toBeLessThanOrEqual(4_096);
    }
  });
});
