import * as z from 'zod/mini';
import { CLICK_TYPES } from './click';
import { ProductId } from './ids';
import { Instant } from './instant';

const count = z.int().check(z.gte(0));
/** The minute's beginning. */
const minute = Instant;

/** Money of one currency, in minor units. */
const Revenue = z.object({ minute, currency: z.string(), captured: z.int(), refunded: z.int(), revenue: z.int() });
const Orders = z.object({ minute, orders: count, items: count });
/** Sessions that began in this minute, and how many of them have bought since. */
const Conversion = z.object({ minute, sessions: count, buying: count });

export const FUNNEL_STEPS = ['View', 'AddToCart', 'StartCheckout', 'Purchase'] as const satisfies readonly (typeof CLICK_TYPES)[number][];
/** Sessions that came as far as this step, by all the steps before it; of a Purchase, how many orders they made. */
const FunnelStep = z.object({ step: z.enum(FUNNEL_STEPS), sessions: count, orders: z.optional(count) });
const TopProduct = z.object({ productId: ProductId, name: z.string(), quantity: count, orders: count });
/** Visitors of the last five minutes of the window. */
const LiveVisitors = z.object({ visitors: count, sessions: count });
const SearchWithoutResults = z.object({ searchText: z.string(), searches: count, visitors: count });

/** What each report's rows are. By minute: minutes in which nothing happened have no row. */
export const REPORT_ROWS = {
  revenue: Revenue,
  orders: Orders,
  conversion: Conversion,
  funnel: FunnelStep,
  'top-products': TopProduct,
  'live-visitors': LiveVisitors,
  'searches-without-results': SearchWithoutResults,
} as const;
export const REPORTS = ['revenue', 'orders', 'conversion', 'funnel', 'top-products', 'live-visitors', 'searches-without-results'] as const satisfies readonly (keyof typeof REPORT_ROWS)[];
export const ReportName = z.enum(REPORTS);
export type ReportName = z.infer<typeof ReportName>;
export type ReportRow<Name extends ReportName = ReportName> = z.infer<(typeof REPORT_ROWS)[Name]>;

/** `GET /api/analytics/{report}`. */
export const ReportPath = z.strictObject({ report: ReportName });

const upToHundred = z.pipe(z.pipe(z.string().check(z.regex(/^\d{1,3}$/, 'must be a number from 1 to 100')), z.transform(Number)), z.int().check(z.gte(1), z.lte(100)));

/** A report's window is `since` ≤ time < `until`, by default the last hour. */
export const MAX_REPORT_WINDOW_MS = 31 * 24 * 60 * 60_000;
export const DEFAULT_REPORT_WINDOW_MS = 60 * 60_000;

/**
 * `synthetic=include` counts what the gate's shoppers do as well. `limit` is for the lists (top products, searches).
 * `statement` asks again for a report that was not done yet, with the id that its 202 gave.
 */
export const ReportQuery = z.strictObject({
  since: z.optional(Instant),
  until: z.optional(Instant),
  synthetic: z._default(z.enum(['exclude', 'include']), 'exclude'),
  limit: z._default(upToHundred, 20),
  statement: z.optional(z.uuid()),
});
export type ReportQuery = z.infer<typeof ReportQuery>;

const Asked = { since: Instant, until: Instant, synthetic: z.enum(['exclude', 'include']) };
const reportOf = <Name extends ReportName>(report: Name) => z.object({ report: z.literal(report), ...Asked, rows: z.array(REPORT_ROWS[report]) });

/** 200. */
export const Report = z.discriminatedUnion('report', [
  reportOf('revenue'),
  reportOf('orders'),
  reportOf('conversion'),
  reportOf('funnel'),
  reportOf('top-products'),
  reportOf('live-visitors'),
  reportOf('searches-without-results'),
]);
export type Report = z.infer<typeof Report>;

/** 202: it takes longer. `askAgain` is where, after as many seconds as Retry-After says. */
export const ReportPending = z.object({ report: ReportName, statement: z.uuid(), askAgain: z.string() });
export type ReportPending = z.infer<typeof ReportPending>;
