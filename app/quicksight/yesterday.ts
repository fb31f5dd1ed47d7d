import type { LakeTable } from '../../contracts/derived/lake-tables';
import { CURRENCY, MINOR_UNITS } from './currency';
import type { Dashboard } from './dashboard';
import { dataSet } from './data-set';
import { chosen, lately, only, yesterday } from './filters';
import { average, bars, each, every, line, number, pie, sum, table } from './visuals';

/** How far back an import reads, so that it does not grow for ever. */
const DAYS_KEPT = 400;
/** A day's partition is named as text, `2026-11-22`, by which the names are ordered. */
const kept = `day >= CAST(current_date - INTERVAL '${DAYS_KEPT}' DAY AS VARCHAR)`;
const from = (database: string, lakeTable: LakeTable): string => `FROM "${database}"."${lakeTable}" WHERE ${kept}`;

/** One row a day: what it came to. A day without a sale has no currency of its own. */
const figures = dataSet({
  id: 'yesterday-figures',
  name: 'figures of the day',
  columns: { day: 'DATETIME', currency: 'STRING', sessions: 'INTEGER', visitors: 'INTEGER', session_minutes: 'DECIMAL', conversion: 'DECIMAL', orders: 'INTEGER', basket_items: 'DECIMAL', order_value: 'DECIMAL', revenue: 'DECIMAL' },
  rows: {
    sql: (database) => `SELECT CAST(day AS DATE) AS day, COALESCE(currency, '${CURRENCY}') AS currency, sessions, visitors,
  average_session_seconds / 60 AS session_minutes, 100 * conversion AS conversion, orders,
  average_basket_items AS basket_items, average_order_amount / ${MINOR_UNITS}.0 AS order_value, revenue_amount / ${MINOR_UNITS}.00 AS revenue
${from(database, 'figures')}`,
  },
});

/** One row a day and vendor. */
const vendors = dataSet({
  id: 'yesterday-vendors',
  name: 'vendors by day',
  columns: { day: 'DATETIME', vendor: 'STRING', currency: 'STRING', orders: 'INTEGER', items: 'INTEGER', sold: 'DECIMAL' },
  rows: { sql: (database) => `SELECT CAST(day AS DATE) AS day, vendor, currency, orders, items, sold_amount / ${MINOR_UNITS}.00 AS sold\n${from(database, 'vendors')}` },
});

/** One row a day and product that was sold. */
const products = dataSet({
  id: 'yesterday-products',
  name: 'products sold by day',
  columns: { day: 'DATETIME', product_id: 'STRING', product: 'STRING', vendor: 'STRING', category: 'STRING', currency: 'STRING', quantity: 'INTEGER', sold: 'DECIMAL' },
  rows: {
    sql: (database) => `SELECT CAST(day AS DATE) AS day, product_id, MAX(name) AS product, COALESCE(vendor, 'unknown') AS vendor, COALESCE(category, 'unknown') AS category, line_total_currency AS currency,
  SUM(quantity) AS quantity, SUM(line_total_amount) / ${MINOR_UNITS}.00 AS sold
${from(database, 'order_lines')} AND NOT synthetic AND payment_captured_amount > 0
GROUP BY 1, 2, 4, 5, 6`,
  },
});

/** One row a day, product and hour in which it was looked at or bought. */
const productHours = dataSet({
  id: 'yesterday-product-hours',
  name: 'products by hour',
  columns: { day: 'DATETIME', product_id: 'STRING', hour: 'INTEGER', views: 'INTEGER', adds_to_cart: 'INTEGER', orders: 'INTEGER', conversion: 'DECIMAL' },
  rows: { sql: (database) => `SELECT CAST(day AS DATE) AS day, product_id, hour, views, adds_to_cart, orders, 100 * conversion AS conversion\n${from(database, 'product_hours')}` },
});

/** One row a day and hour in which sessions began. */
const sessions = dataSet({
  id: 'yesterday-sessions',
  name: 'sessions by hour',
  columns: { day: 'DATETIME', hour: 'INTEGER', sessions: 'INTEGER', buying: 'INTEGER', searches: 'INTEGER' },
  rows: {
    sql: (database) => `SELECT CAST(day AS DATE) AS day, EXTRACT(HOUR FROM began_at) AS hour, COUNT(*) AS sessions,
  SUM(CASE WHEN orders > 0 THEN 1 ELSE 0 END) AS buying, SUM(searches) AS searches
${from(database, 'sessions')}
GROUP BY 1, 2`,
  },
});

/** One row a day, product and another that goes with it. */
const similar = dataSet({
  id: 'yesterday-similar',
  name: 'similar items by day',
  columns: { day: 'DATETIME', product_id: 'STRING', place: 'INTEGER', similar_product_id: 'STRING', sessions_together: 'INTEGER', score: 'DECIMAL' },
  rows: { sql: (database) => `SELECT CAST(day AS DATE) AS day, product_id, place, similar_product_id, sessions_together, score\n${from(database, 'similar_items')}` },
});

const OF_YESTERDAY = ['revenue', 'orders', 'conversion', 'visitors', 'session-minutes', 'order-value'];

/** What the night's job made of the days before, imported from Athena once a day. Of synthetic shoppers nothing is in it. */
export const yesterdayDashboard: Dashboard = {
  id: 'yesterday',
  name: 'Yesterday',
  dataSets: [figures, vendors, products, productHours, sessions, similar],
  filters: [
    lately('Time', figures, 'day', { last: 30, unit: 'DAY' }),
    chosen('Vendor', vendors, 'vendor'),
    chosen('Category', products, 'category'),
    ...[figures, vendors, products].map((of) => only(of, 'currency', [CURRENCY])),
    yesterday(figures, 'day', OF_YESTERDAY),
    yesterday(similar, 'day', ['similar']),
  ],
  rows: [
    {
      height: 5,
      visuals: [
        number({ id: 'revenue', title: 'Revenue yesterday', unit: `${CURRENCY}, captured less refunded`, of: sum(figures, 'revenue') }),
        number({ id: 'orders', title: 'Orders yesterday', unit: 'paid orders', of: sum(figures, 'orders') }),
        number({ id: 'conversion', title: 'Conversion yesterday', unit: '% of sessions that bought', of: average(figures, 'conversion') }),
        number({ id: 'visitors', title: 'Visitors yesterday', unit: 'visitors', of: sum(figures, 'visitors') }),
        number({ id: 'session-minutes', title: 'Average session yesterday', unit: 'minutes', of: average(figures, 'session_minutes') }),
        number({ id: 'order-value', title: 'Average order yesterday', unit: `${CURRENCY} an order, with shipping and tax`, of: average(figures, 'order_value') }),
      ],
    },
    {
      height: 9,
      visuals: [
        line({ id: 'revenue-by-day', title: 'Revenue by day', unit: `${CURRENCY} a day`, over: every('DAY', figures, 'day'), of: [sum(figures, 'revenue')] }),
        line({ id: 'sessions-by-day', title: 'Sessions by day', unit: 'sessions a day', over: every('DAY', figures, 'day'), of: [sum(figures, 'sessions')] }),
        line({ id: 'conversion-by-day', title: 'Conversion by day', unit: '% of sessions that bought', over: every('DAY', figures, 'day'), of: [average(figures, 'conversion')] }),
      ],
    },
    {
      height: 9,
      visuals: [
        bars({ id: 'vendors', title: 'Vendors', unit: `${CURRENCY}, net, before refunds`, by: each(vendors, 'vendor'), of: sum(vendors, 'sold'), most: 10 }),
        pie({ id: 'orders-by-vendor', title: 'Orders by vendor', unit: 'orders with something of the vendor', by: each(vendors, 'vendor'), of: sum(vendors, 'orders'), most: 8 }),
        bars({ id: 'top-products', title: 'Top products', unit: 'pieces', by: each(products, 'product'), of: sum(products, 'quantity'), most: 10 }),
      ],
    },
    {
      height: 9,
      visuals: [
        line({ id: 'hours', title: 'The hours of the day', unit: 'sessions that began in this hour (UTC)', over: each(sessions, 'hour'), of: [sum(sessions, 'sessions'), sum(sessions, 'buying')] }),
        line({ id: 'views-by-hour', title: 'Looking by hour', unit: 'views in this hour (UTC)', over: each(productHours, 'hour'), of: [sum(productHours, 'views')] }),
      ],
    },
    {
      height: 10,
      visuals: [
        table({
          id: 'products-by-interest',
          title: 'Products by interest',
          unit: "views, orders; the average of the hours' conversions in %",
          by: [[each(productHours, 'product_id'), 'Product']],
          of: [[sum(productHours, 'views'), 'Views'], [sum(productHours, 'adds_to_cart'), 'Put into baskets'], [sum(productHours, 'orders'), 'Orders'], [average(productHours, 'conversion'), 'Conversion (%)']],
        }),
        table({
          id: 'similar',
          title: 'What goes together',
          unit: 'sessions with both, yesterday; score 0 to 1',
          by: [[each(similar, 'product_id'), 'Product'], [each(similar, 'similar_product_id'), 'Goes with']],
          of: [[sum(similar, 'sessions_together'), 'Sessions with both'], [average(similar, 'score'), 'Score (0 to 1)']],
        }),
      ],
    },
  ],
};
