/** What a day came to in each currency, and on average the seven days before. Money is in minor units. */
export const dailyQuery = (day: string): string => `
WITH before AS (
  SELECT currency, avg(revenue_amount) AS revenue_amount, avg(orders) AS orders, avg(sessions) AS sessions, avg(conversion) AS conversion
  FROM figures
  WHERE day >= cast(date '${day}' - interval '7' day AS varchar) AND day < '${day}'
  GROUP BY currency
)
SELECT figures.currency, figures.sessions, figures.visitors, figures.conversion, figures.orders, figures.revenue_amount, figures.average_order_amount, figures.average_basket_items,
  figures.average_session_seconds, before.revenue_amount AS revenue_amount_before, before.orders AS orders_before, before.sessions AS sessions_before, before.conversion AS conversion_before
FROM figures LEFT JOIN before ON before.currency IS NOT DISTINCT FROM figures.currency
WHERE figures.day = '${day}'
ORDER BY figures.currency`;
