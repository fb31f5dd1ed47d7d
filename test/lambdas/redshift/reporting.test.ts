import { ReportQuery, REPORTS } from '../../../contracts/analytics';
import { Reporting } from '../../../lambdas/redshift/reporting';
import { parametersIn, REPORT_SQL } from '../../../lambdas/redshift/reports';
import type { Asked, Progress, Row } from '../../../lambdas/redshift/statements';

const STATEMENT = '0190a6d4-7c3a-4b6e-8f00-000000000001';
const WINDOW = { since: '2026-11-26T10:00:00.000Z', until: '2026-11-26T11:00:00.000Z' };

/** Redshift as it answers in this order, and what it was asked. */
function reportingOver(progress: readonly (Partial<Progress> | Error)[], rows: readonly Row[] = []) {
  const asked: Asked[] = [];
  const waited: number[] = [];
  let time = Date.parse('2026-11-26T12:00:00.000Z');
  let looks = 0;
  const reporting = new Reporting({
    statements: {
      start: async (statement) => {
        asked.push(statement);
        return STATEMENT;
      },
      progress: async () => {
        const answer = progress[Math.min(looks++, progress.length - 1)];
        if (answer instanceof Error) throw answer;
        return { state: 'RUNNING', sql: '', parameters: {}, ...answer };
      },
      rows: async () => [...rows],
    },
    now: () => new Date(time),
    pause: async (milliseconds) => {
      waited.push(milliseconds);
      time += milliseconds;
    },
  });
  return { reporting, asked, waited };
}
const query = (more: object = {}) => ReportQuery.parse({ ...WINDOW, ...more });

it('binds what is asked and makes it no part of a statement', async () => {
  const { reporting, asked } = reportingOver([{ state: 'FINISHED' }]);
  await reporting.report('top-products', query({ limit: '5', synthetic: 'include' }));
  expect(asked).toEqual([{ sql: REPORT_SQL['top-products'], parameters: { ...WINDOW, synthetic: 'include', most: '5' } }]);
});

it.each(REPORTS)('names no parameter in %s that it is not given, and gives none that it does not name', async (name) => {
  const { reporting, asked } = reportingOver([{ state: 'FINISHED' }]);
  await reporting.report(name, query());
  expect(Object.keys(asked[0]?.parameters ?? {}).toSorted()).toEqual([...parametersIn(REPORT_SQL[name])].toSorted());
  expect(REPORT_SQL[name]).toContain('NOT synthetic');
});

it('reports the last hour where nothing else is asked', async () => {
  const { reporting } = reportingOver([{ state: 'FINISHED' }], [{ minute: 1_795_000_020, orders: 3, items: 4 }]);
  await expect(reporting.report('orders', ReportQuery.parse({}))).resolves.toEqual({
    report: 'orders', since: '2026-11-26T11:00:00.000Z', until: '2026-11-26T12:00:00.000Z', synthetic: 'exclude', rows: [{ minute: '2026-11-18T11:07:00.000Z', orders: 3, items: 4 }],
  });
});

it('says where to ask again when it takes longer than a caller waits', async () => {
  const { reporting, waited } = reportingOver([{ state: 'RUNNING' }]);
  const pending = await reporting.report('funnel', query({ limit: '7' }));
  expect(pending).toEqual({ report: 'funnel', statement: STATEMENT, askAgain: `/api/analytics/funnel?since=${encodeURIComponent(WINDOW.since)}&until=${encodeURIComponent(WINDOW.until)}&synthetic=exclude&limit=7&statement=${STATEMENT}` });
  expect(waited.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(5_000);
  expect(waited.reduce((sum, one) => sum + one, 0)).toBeLessThan(6_000);
});

it('goes on with a statement that was started for just this report, and starts no other', async () => {
  const same = { sql: REPORT_SQL.orders, parameters: { ...WINDOW, synthetic: 'exclude' } };
  const { reporting, asked } = reportingOver([{ state: 'FINISHED', ...same }]);
  await expect(reporting.report('orders', query({ statement: STATEMENT }))).resolves.toMatchObject({ rows: [] });
  expect(asked).toEqual([]);
});

const named = (name: string, more: object = {}) => Object.assign(new Error('said so'), { name, ...more });

it.each([
  ['another report', { state: 'FINISHED' as const, sql: REPORT_SQL.revenue, parameters: { ...WINDOW, synthetic: 'exclude' } }],
  ['another window', { state: 'FINISHED' as const, sql: REPORT_SQL.orders, parameters: { ...WINDOW, synthetic: 'include' } }],
  ['nobody', named('ResourceNotFoundException')],
])('gives nothing of a statement of %s', async (_, progress) => {
  const { reporting } = reportingOver([progress]);
  await expect(reporting.report('orders', query({ statement: STATEMENT }))).rejects.toMatchObject({ code: 'report-gone' });
});

it.each([
  ['does not answer', named('TimeoutError')],
  ['is not there', named('Error', { code: 'ECONNREFUSED' })],
  ['is there and not well', named('InternalFailure', { $metadata: { httpStatusCode: 502 } })],
  ['has too much to do', named('ActiveStatementsExceededException')],
  ['has used up its day', { state: 'FAILED' as const, error: 'the usage limit was reached' }],
])('says that reports are away when Redshift %s', async (_, progress) => {
  const { reporting } = reportingOver([progress]);
  await expect(reporting.report('orders', query())).rejects.toMatchObject({ code: 'analytics-away', options: { headers: { 'retry-after': '30' } } });
});

it('hides no fault of its own', async () => {
  const { reporting } = reportingOver([named('AccessDeniedException', { $metadata: { httpStatusCode: 400 } })]);
  await expect(reporting.report('orders', query())).rejects.toThrow('said so');
});

it.each([
  [{ since: '2026-11-26T11:00:00.000Z', until: '2026-11-26T11:00:00.000Z' }],
  [{ since: '2026-10-01T00:00:00.000Z' }],
])('refuses a window that is none or too long: %j', async (window) => {
  const { reporting, asked } = reportingOver([{ state: 'FINISHED' }]);
  await expect(reporting.report('orders', query(window))).rejects.toMatchObject({ code: 'invalid-parameter' });
  expect(asked).toEqual([]);
});
