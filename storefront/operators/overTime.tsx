import { useMemo } from 'preact/hooks';
import { price, wholeUnits } from './english';
import { gathered } from './buckets';
import { Chart } from './chart';
import type { Course, Series } from './chartOptions';
import type { Look } from './look';
import { counted } from './numberWords';
import type { Rows } from './report';
import { Figure } from './reportPart';

/** Money that was taken, less what was given back: of each currency by itself. */
export function Revenue({ rows, look }: { rows: Rows<'revenue'>; look: Look }) {
  const currencies = [...new Set(rows.map(({ currency }) => currency))].sort();
  const course = useMemo((): Course => {
    const buckets = gathered(rows, look);
    const seriesOf = (currency: string): Series => {
      const amounts = buckets.map((bucket) => ({ currency, amount: sum(bucket.rows.map((row) => (row.currency === currency ? row.revenue : 0))) }));
      return { name: currency, values: amounts.map(wholeUnits), words: amounts.map(price) };
    };
    return { size: look.size, buckets, unit: currencies.join(', '), series: currencies.map(seriesOf) };
  }, [rows]);
  if (currencies.length === 0) return <p>Nothing was paid in this time.</p>;
  return (
    <>
      {currencies.map((currency) => {
        const total = (column: 'revenue' | 'captured' | 'refunded') => price({ currency, amount: sum(rows.map((row) => (row.currency === currency ? row[column] : 0))) });
        return (
          <Figure key={currency} value={total('revenue')}>
            {total('captured')} taken, {total('refunded')} given back
          </Figure>
        );
      })}
      <Chart title="Revenue" course={course} />
    </>
  );
}

export function Orders({ rows, look }: { rows: Rows<'orders'>; look: Look }) {
  const course = useMemo((): Course => {
    const buckets = gathered(rows, look);
    const orders = buckets.map((bucket) => sum(bucket.rows.map((row) => row.orders)));
    return { size: look.size, buckets, unit: 'orders', whole: true, series: [{ name: 'Orders', values: orders, words: orders.map((count) => counted(count, 'order')) }] };
  }, [rows]);
  return (
    <>
      <Figure value={counted(sum(rows.map(({ orders }) => orders)), 'order')}>{counted(sum(rows.map(({ items }) => items)), 'item')} in them</Figure>
      {rows.length > 0 && <Chart title="Orders" course={course} />}
    </>
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
