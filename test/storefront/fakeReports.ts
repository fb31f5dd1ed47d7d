import { randomUUID } from 'node:crypto';
import { Report, ReportName, ReportPending, ReportQuery } from '../../contracts/analytics';
import type { ProblemCode } from '../../contracts/problem';

const MINUTE = 60_000;
const BUSY = 24;

/** Reports of an ordinary day, counted at once, after a while, or not at all. */
export class FakeReports {
  /** Every report as it was asked for. */
  readonly asked: { report: ReportName; query: ReportQuery }[] = [];
  readonly away = new Set<ReportName>();
  /** Reports that Redshift has not done yet. */
  readonly slow = new Set<ReportName>();
  /** Nothing has happened in the shop. */
  quiet = false;
  readonly #statements = new Map<string, ReportName>();

  answer(name: string | undefined, parameters: Readonly<Record<string, string>>): Report | ReportPending | ProblemCode {
    const report = ReportName.parse(name);
    const query = ReportQuery.parse(parameters);
    this.asked.push({ report, query });
    if (this.away.has(report)) return 'analytics-away';
    if (query.statement !== undefined && this.#statements.get(query.statement) !== report) return 'report-gone';
    if (this.slow.has(report)) return this.#pending(report, query);
    const { since = '', until = '', synthetic } = query;
    return Report.parse({ report, since, until, synthetic, rows: this.quiet ? quietRows(report) : rowsOf(report, Date.parse(since), Date.parse(until), synthetic === 'include' ? 2 : 1) });
  }

  #pending(report: ReportName, { statement = randomUUID(), ...asked }: ReportQuery): ReportPending {
    this.#statements.set(statement, report);
    const query = new URLSearchParams({ ...asked, limit: String(asked.limit), statement });
    return ReportPending.parse({ report, statement, askAgain: `/api/analytics/${report}?${query.toString()}` });
  }
}

/** As much in a short time as in a long one; `times` as much where synthetic shoppers count. */
function rowsOf(report: ReportName, since: number, until: number, times: number): object[] {
  const busy = Array.from({ length: BUSY }, (_, index) => {
    const at = since + ((index + 0.5) / BUSY) * (until - since);
    return { minute: new Date(at - (at % MINUTE)).toISOString(), orders: times * (1 + (index % 4)) };
  });
  const rows: Record<ReportName, object[]> = {
    revenue: busy.map(({ minute, orders }) => ({ minute, currency: 'EUR', captured: orders * 6_652, refunded: orders * 100, revenue: orders * 6_552 })),
    orders: busy.map(({ minute, orders }) => ({ minute, orders, items: orders * 2 })),
    conversion: busy.map(({ minute, orders }) => ({ minute, sessions: orders * 16, buying: orders })),
    funnel: [
      { step: 'View', sessions: 1_204 * times },
      { step: 'AddToCart', sessions: 301 * times },
      { step: 'StartCheckout', sessions: 150 * times },
      { step: 'Purchase', sessions: 75 * times, orders: 80 * times },
    ],
    'top-products': [
      { productId: 'walnut-board', name: 'Walnut serving board', quantity: 41 * times, orders: 37 * times },
      { productId: 'linen-apron', name: 'Linen apron', quantity: times, orders: times },
    ],
    'live-visitors': [{ visitors: 12 * times, sessions: 14 * times }],
    'searches-without-results': [
      { searchText: '<img src=x onerror="window.taken = true"><b>teapot</b>', searches: 7 * times, visitors: 3 * times },
      { searchText: `unbreakable${'e'.repeat(180)}`, searches: times, visitors: times },
    ],
  };
  return rows[report];
}

function quietRows(report: ReportName): object[] {
  if (report === 'live-visitors') return [{ visitors: 0, sessions: 0 }];
  return report === 'funnel' ? ['View', 'AddToCart', 'StartCheckout', 'Purchase'].map((step) => ({ step, sessions: 0 })) : [];
}
