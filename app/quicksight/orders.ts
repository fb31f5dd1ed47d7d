import { CURRENCY, MINOR_UNITS } from './currency';
import type { Dashboard } from './dashboard';
import { dataSet } from './data-set';
import { chosen, lately, only } from './filters';
import { average, bars, distinct, each, every, line, number, pie, sum, table } from './visuals';

/** One row an order, as the index has it; of what is personal there (customer, recipient, mail, tracking number) nothing is asked for. */
const orders = dataSet({
  id: 'orders',
  name: 'orders',
  columns: { orderId: 'STRING', status: 'STRING', itemCount: 'INTEGER', 'total.amount': 'INTEGER', 'total.currency': 'STRING', createdAt: 'DATETIME', synthetic: 'BOOLEAN', total: 'DECIMAL' },
  rows: { index: 'orders' },
  calculated: { total: `{total.amount} / ${MINOR_UNITS}` },
});

/** Orders and where they stand, from OpenSearch, which has each change within seconds. */
export const ordersDashboard: Dashboard = {
  id: 'orders',
  name: 'Orders',
  dataSets: [orders],
  filters: [lately('Time', orders, 'createdAt', { last: 7, unit: 'DAY' }), chosen('Status', orders, 'status'), only(orders, 'synthetic', ['false']), only(orders, 'total.currency', [CURRENCY])],
  rows: [
    {
      height: 5,
      visuals: [
        number({ id: 'orders', title: 'Orders', unit: 'orders', of: distinct(orders, 'orderId') }),
        number({ id: 'ordered', title: 'Ordered', unit: `${CURRENCY}, with shipping and tax`, of: sum(orders, 'total') }),
        number({ id: 'average-order', title: 'Average order', unit: `${CURRENCY} an order`, of: average(orders, 'total') }),
        number({ id: 'average-basket', title: 'Average basket', unit: 'pieces an order', of: average(orders, 'itemCount') }),
      ],
    },
    {
      height: 9,
      visuals: [
        line({ id: 'orders-by-hour', title: 'Orders by hour', unit: 'orders an hour', over: every('HOUR', orders, 'createdAt'), of: [distinct(orders, 'orderId')] }),
        line({ id: 'ordered-by-hour', title: 'Ordered by hour', unit: `${CURRENCY} an hour, with shipping and tax`, over: every('HOUR', orders, 'createdAt'), of: [sum(orders, 'total')] }),
      ],
    },
    {
      height: 9,
      visuals: [
        pie({ id: 'statuses', title: 'Where orders stand', unit: 'orders', by: each(orders, 'status'), of: distinct(orders, 'orderId'), most: 8 }),
        bars({ id: 'money-by-status', title: 'What is in each status', unit: `${CURRENCY}, with shipping and tax`, by: each(orders, 'status'), of: sum(orders, 'total'), most: 20 }),
      ],
    },
    {
      height: 10,
      visuals: [
        table({
          id: 'largest',
          title: 'The largest orders',
          unit: `${CURRENCY}, with shipping and tax; pieces`,
          by: [[each(orders, 'orderId'), 'Order'], [every('MINUTE', orders, 'createdAt'), 'Ordered at'], [each(orders, 'status'), 'Status']],
          of: [[sum(orders, 'total'), `Total (${CURRENCY})`], [sum(orders, 'itemCount'), 'Pieces']],
        }),
      ],
    },
  ],
};
