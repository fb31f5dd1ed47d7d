import { FUNNEL_STEPS } from '../../contracts/analytics';
import type { ReportName } from '../../contracts/analytics';

const SINCE = 'CAST(:since AS TIMESTAMPTZ)';
const UNTIL = 'CAST(:until AS TIMESTAMPTZ)';
const COUNTED = "(CAST(:synthetic AS VARCHAR) = 'include' OR NOT synthetic)";
const within = (time: string): string => `${time} >= ${SINCE} AND ${time} < ${UNTIL} AND ${COUNTED}`;
const MOST = 'CAST(:most AS INTEGER)';
/** In seconds since 1970, which every driver writes the same. */
const minuteOf = (time: string): string => `EXTRACT(EPOCH FROM DATE_TRUNC('minute', ${time}))::BIGINT`;

const [VIEW, ADD_TO_CART, START_CHECKOUT, PURCHASE] = FUNNEL_STEPS;

/** Each report in SQL over the views of app/redshift/sql. What a caller says is a parameter, and never part of the text. */
export const REPORT_SQL: Readonly<Record<ReportName, string>> = {
  revenue: `
SELECT ${minuteOf('created_at')} AS minute, payment_captured_currency AS currency,
  SUM(payment_captured_amount)::BIGINT AS captured, SUM(payment_refunded_amount)::BIGINT AS refunded,
  SUM(payment_captured_amount - payment_refunded_amount)::BIGINT AS revenue
FROM shop.orders
WHERE ${within('created_at')} AND payment_captured_amount > 0
GROUP BY 1, 2
ORDER BY 1, 2`,

  orders: `
SELECT ${minuteOf('created_at')} AS minute, COUNT(*) AS orders, SUM(item_count)::BIGINT AS items
FROM shop.orders
WHERE ${within('created_at')}
GROUP BY 1
ORDER BY 1`,

  conversion: `
WITH visits AS (
  SELECT session_id, MIN(event_time) AS began, MAX(CASE WHEN type = '${PURCHASE}' THEN 1 ELSE 0 END) AS buying
  FROM shop.clicks
  WHERE ${within('event_time')}
  GROUP BY session_id
)
SELECT ${minuteOf('began')} AS minute, COUNT(*) AS sessions, SUM(buying)::BIGINT AS buying
FROM visits
GROUP BY 1
ORDER BY 1`,

  // A Purchase is one event a line of an order, so that orders are counted by their ids.
  funnel: `
WITH visits AS (
  SELECT session_id,
    MAX(CASE WHEN type = '${VIEW}' THEN 1 ELSE 0 END) AS viewed,
    MAX(CASE WHEN type = '${ADD_TO_CART}' THEN 1 ELSE 0 END) AS added,
    MAX(CASE WHEN type = '${START_CHECKOUT}' THEN 1 ELSE 0 END) AS started,
    COUNT(DISTINCT CASE WHEN type = '${PURCHASE}' THEN order_id END) AS orders
  FROM shop.clicks
  WHERE ${within('event_time')}
  GROUP BY session_id
)
SELECT 1 AS place, '${VIEW}' AS step, COUNT(*) AS sessions, CAST(NULL AS BIGINT) AS orders FROM visits WHERE viewed = 1
UNION ALL
SELECT 2, '${ADD_TO_CART}', COUNT(*), CAST(NULL AS BIGINT) FROM visits WHERE viewed = 1 AND added = 1
UNION ALL
SELECT 3, '${START_CHECKOUT}', COUNT(*), CAST(NULL AS BIGINT) FROM visits WHERE viewed = 1 AND added = 1 AND started = 1
UNION ALL
SELECT 4, '${PURCHASE}', COUNT(*), COALESCE(SUM(orders), 0)::BIGINT FROM visits WHERE viewed = 1 AND added = 1 AND started = 1 AND orders > 0
ORDER BY 1`,

  'top-products': `
WITH sold AS (
  SELECT product_id, MAX(name) AS name, SUM(quantity)::BIGINT AS quantity, COUNT(DISTINCT order_id) AS orders
  FROM shop.order_lines
  WHERE ${within('created_at')} AND payment_captured_amount > 0
  GROUP BY product_id
), ranked AS (
  SELECT product_id, name, quantity, orders, ROW_NUMBER() OVER (ORDER BY quantity DESC, product_id) AS place
  FROM sold
)
SELECT place, product_id AS "productId", name, quantity, orders
FROM ranked
WHERE place <= ${MOST}
ORDER BY place`,

  'live-visitors': `
SELECT COUNT(DISTINCT anonymous_id) AS visitors, COUNT(DISTINCT session_id) AS sessions
FROM shop.clicks
WHERE event_time >= DATEADD(minute, -5, ${UNTIL}) AND event_time < ${UNTIL} AND ${COUNTED}`,

  'searches-without-results': `
WITH searched AS (
  SELECT LOWER(search_text) AS search_text, COUNT(*) AS searches, COUNT(DISTINCT anonymous_id) AS visitors
  FROM shop.clicks
  WHERE ${within('event_time')} AND type = 'Search' AND result_count = 0
  GROUP BY 1
), ranked AS (
  SELECT search_text, searches, visitors, ROW_NUMBER() OVER (ORDER BY searches DESC, search_text) AS place
  FROM searched
)
SELECT place, search_text AS "searchText", searches, visitors
FROM ranked
WHERE place <= ${MOST}
ORDER BY place`,
};

/** The parameters that a statement names. */
export const parametersIn = (sql: string): ReadonlySet<string> => new Set([...sql.matchAll(/(?<!:):(\w+)/g)].flatMap(([, name]) => name ?? []));
