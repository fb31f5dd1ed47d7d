import { FUNNEL_STEPS } from '../../contracts/analytics';
import { CURRENCY, MINOR_UNITS } from './currency';
import type { Dashboard } from './dashboard';
import { dataSet } from './data-set';
import { chosen, lately, only } from './filters';
import { average, bars, distinct, each, every, funnel, line, number, pie, sum, table } from './visuals';

const [VIEW, ADD_TO_CART, START_CHECKOUT, PURCHASE] = FUNNEL_STEPS;
const has = (type: string): string => `MAX(CASE WHEN type = '${type}' THEN 1 ELSE 0 END)`;

/** One row an order. What was not captured is no revenue yet. */
const orders = dataSet({
  id: 'live-orders',
  name: 'live orders',
  columns: { order_id: 'STRING', happened_at: 'DATETIME', status: 'STRING', items: 'INTEGER', currency: 'STRING', revenue: 'DECIMAL' },
  rows: {
    sql: () => `SELECT order_id, created_at AS happened_at, status, item_count AS items, total_currency AS currency,
  COALESCE(payment_captured_amount - payment_refunded_amount, 0) / ${MINOR_UNITS}.00 AS revenue
FROM shop.orders
WHERE NOT synthetic`,
  },
});

/** One row a line of an order that was paid. */
const lines = dataSet({
  id: 'live-lines',
  name: 'live order lines',
  columns: { order_id: 'STRING', happened_at: 'DATETIME', product_id: 'STRING', product: 'STRING', vendor: 'STRING', category: 'STRING', quantity: 'INTEGER', currency: 'STRING', sold: 'DECIMAL' },
  rows: {
    sql: () => `SELECT orders.order_id, orders.created_at AS happened_at,
  line."M"."productId"."S"::VARCHAR(256) AS product_id,
  line."M"."name"."S"::VARCHAR(1024) AS product,
  COALESCE(line."M"."vendor"."S"::VARCHAR(1024), 'unknown') AS vendor,
  COALESCE(line."M"."category"."S"::VARCHAR(1024), 'unknown') AS category,
  TRY_CAST(line."M"."quantity"."N"::VARCHAR AS INTEGER) AS quantity,
  line."M"."lineTotal"."M"."currency"."S"::VARCHAR(32) AS currency,
  TRY_CAST(line."M"."lineTotal"."M"."amount"."N"::VARCHAR AS BIGINT) / ${MINOR_UNITS}.00 AS sold
FROM shop.orders AS orders, orders.lines AS line
WHERE NOT orders.synthetic AND orders.payment_captured_amount > 0`,
  },
});

/** One row a click. */
const clicks = dataSet({
  id: 'live-clicks',
  name: 'live clicks',
  columns: { happened_at: 'DATETIME', type: 'STRING', anonymous_id: 'STRING', session_id: 'STRING' },
  rows: { sql: () => 'SELECT event_time AS happened_at, type, anonymous_id, session_id FROM shop.clicks WHERE NOT synthetic' },
});

/** One row a session, with whether it bought as 0 or 100: their average is the conversion in percent. */
const sessions = dataSet({
  id: 'live-sessions',
  name: 'live sessions',
  columns: { session_id: 'STRING', happened_at: 'DATETIME', conversion: 'DECIMAL' },
  rows: {
    sql: () => `SELECT session_id, MIN(event_time) AS happened_at, 100.00 * ${has(PURCHASE)} AS conversion
FROM shop.clicks
WHERE NOT synthetic
GROUP BY session_id`,
  },
});

/** One row a session and step that it came to by all the steps before. */
const steps = dataSet({
  id: 'live-steps',
  name: 'live funnel',
  columns: { session_id: 'STRING', happened_at: 'DATETIME', step: 'STRING' },
  rows: {
    sql: () => `SELECT visits.session_id, visits.happened_at, steps.step
FROM (
  SELECT session_id, MIN(event_time) AS happened_at,
    CASE WHEN ${has(VIEW)} = 0 THEN 0 WHEN ${has(ADD_TO_CART)} = 0 THEN 1 WHEN ${has(START_CHECKOUT)} = 0 THEN 2 WHEN ${has(PURCHASE)} = 0 THEN 3 ELSE 4 END AS reached
  FROM shop.clicks
  WHERE NOT synthetic
  GROUP BY session_id
) AS visits
JOIN (${FUNNEL_STEPS.map((step, index) => `SELECT ${index + 1} AS place, '${step}' AS step`).join(' UNION ALL ')}) AS steps ON steps.place <= visits.reached`,
  },
});

/** The shop as it is this minute, from Redshift, asked anew each time somebody looks. What synthetic shoppers do is left out. */
export const liveShop: Dashboard = {
  id: 'live-shop',
  name: 'Live shop',
  dataSets: [orders, lines, clicks, sessions, steps],
  filters: [lately('Time', orders, 'happened_at', { last: 24, unit: 'HOUR' }), chosen('Vendor', lines, 'vendor'), chosen('Category', lines, 'category'), only(orders, 'currency', [CURRENCY]), only(lines, 'currency', [CURRENCY])],
  rows: [
    {
      height: 5,
      visuals: [
        number({ id: 'revenue', title: 'Revenue', unit: `${CURRENCY}, captured less refunded`, of: sum(orders, 'revenue') }),
        number({ id: 'orders', title: 'Orders', unit: 'orders', of: distinct(orders, 'order_id') }),
        number({ id: 'conversion', title: 'Conversion', unit: '% of sessions that bought', of: average(sessions, 'conversion') }),
        number({ id: 'visitors', title: 'Visitors', unit: 'visitors', of: distinct(clicks, 'anonymous_id') }),
      ],
    },
    {
      height: 9,
      visuals: [
        line({ id: 'revenue-by-minute', title: 'Revenue by minute', unit: `${CURRENCY} a minute`, over: every('MINUTE', orders, 'happened_at'), of: [sum(orders, 'revenue')] }),
        line({ id: 'orders-by-minute', title: 'Orders by minute', unit: 'orders a minute', over: every('MINUTE', orders, 'happened_at'), of: [distinct(orders, 'order_id')] }),
      ],
    },
    {
      height: 9,
      visuals: [
        line({ id: 'visitors-by-minute', title: 'Visitors by minute', unit: 'visitors a minute', over: every('MINUTE', clicks, 'happened_at'), of: [distinct(clicks, 'anonymous_id')] }),
        line({ id: 'conversion-by-hour', title: 'Conversion by hour', unit: '% of the sessions that began in it', over: every('HOUR', sessions, 'happened_at'), of: [average(sessions, 'conversion')] }),
      ],
    },
    {
      height: 10,
      visuals: [
        funnel({ id: 'funnel', title: 'From looking to buying', unit: 'sessions', by: each(steps, 'step'), of: distinct(steps, 'session_id') }),
        pie({ id: 'statuses', title: 'Where orders stand', unit: 'orders', by: each(orders, 'status'), of: distinct(orders, 'order_id'), most: 8 }),
        bars({ id: 'vendors', title: 'Vendors', unit: `${CURRENCY}, net, before refunds`, by: each(lines, 'vendor'), of: sum(lines, 'sold'), most: 10 }),
      ],
    },
    {
      height: 10,
      visuals: [
        bars({ id: 'top-products', title: 'Top products', unit: 'pieces', by: each(lines, 'product'), of: sum(lines, 'quantity'), most: 10 }),
        table({
          id: 'products',
          title: 'Products sold',
          unit: `pieces; ${CURRENCY}, net, before refunds`,
          by: [[each(lines, 'product'), 'Product'], [each(lines, 'vendor'), 'Vendor']],
          of: [[sum(lines, 'quantity'), 'Pieces'], [sum(lines, 'sold'), `Sold (${CURRENCY})`], [distinct(lines, 'order_id'), 'Orders']],
        }),
      ],
    },
  ],
};
