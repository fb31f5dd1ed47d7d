/** Questions worth keeping, in the query editor's list. Money is in minor units; `day` is a day in UTC. */
export const NAMED_QUERIES = {
  RevenueByDay: {
    name: 'Revenue by day',
    description: 'Orders, revenue and conversion of each day of a month',
    sql: `SELECT day, currency, sessions, orders, conversion, revenue_amount / 100.0 AS revenue, average_order_amount / 100.0 AS average_order
FROM figures
WHERE day >= cast(current_date - interval '30' day AS varchar)
ORDER BY day DESC, currency`,
  },
  VendorsOfMonth: {
    name: 'Vendors of a month',
    description: 'What each vendor sold in thirty days',
    sql: `SELECT vendor, currency, sum(orders) AS orders, sum(items) AS items, sum(sold_amount) / 100.0 AS sold
FROM vendors
WHERE day >= cast(current_date - interval '30' day AS varchar)
GROUP BY vendor, currency
ORDER BY sold DESC`,
  },
  LookedAtNotBought: {
    name: 'Looked at, not bought',
    description: 'Products that many sessions of a week looked at and few bought',
    sql: `SELECT product_id, sum(viewing_sessions) AS viewing_sessions, sum(orders) AS orders, cast(sum(orders) AS double) / sum(viewing_sessions) AS conversion
FROM product_hours
WHERE day >= cast(current_date - interval '7' day AS varchar)
GROUP BY product_id
HAVING sum(viewing_sessions) >= 20
ORDER BY conversion, viewing_sessions DESC
LIMIT 50`,
  },
  SessionsOfDay: {
    name: 'Sessions of a day',
    description: 'How long visitors stayed yesterday, by what they did',
    sql: `SELECT orders > 0 AS bought, checkouts > 0 AS checked_out, count(*) AS sessions, avg(duration_seconds) AS average_seconds, approx_percentile(duration_seconds, 0.9) AS p90_seconds
FROM sessions
WHERE day = cast(current_date - interval '1' day AS varchar)
GROUP BY 1, 2
ORDER BY sessions DESC`,
  },
  LateClicks: {
    name: 'Late clicks',
    description: 'Clicks that arrived on a day and happened before it',
    sql: `SELECT substr(eventtime, 1, 10) AS event_day, count(DISTINCT eventid) AS clicks
FROM raw_clicks
WHERE year = date_format(current_date - interval '1' day, '%Y') AND month = date_format(current_date - interval '1' day, '%m') AND day = date_format(current_date - interval '1' day, '%d')
GROUP BY 1
ORDER BY 1`,
  },
} as const;
