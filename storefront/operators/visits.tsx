import type { ReportRow } from '../../contracts/analytics';
import { counted, number, part } from './numberWords';
import type { Rows } from './report';
import { Figure } from './reportPart';

export function Visitors({ rows: [now] }: { rows: Rows<'live-visitors'> }) {
  const { visitors = 0, sessions = 0 } = now ?? {};
  return <Figure value={counted(visitors, 'visitor')}>{counted(sessions, 'session')} in the last five minutes</Figure>;
}

export function Conversion({ rows }: { rows: Rows<'conversion'> }) {
  const sessions = rows.reduce((sum, row) => sum + row.sessions, 0);
  const buying = rows.reduce((sum, row) => sum + row.buying, 0);
  if (sessions === 0) return <p>Nobody came in this time.</p>;
  return (
    <Figure value={part(buying, sessions)}>
      {counted(buying, 'session')} with an order, of {counted(sessions, 'session')}
    </Figure>
  );
}

const STEPS: Record<ReportRow<'funnel'>['step'], string> = {
  View: 'Looked at a product',
  AddToCart: 'Put one into the basket',
  StartCheckout: 'Asked for the total',
  Purchase: 'Ordered',
};

/** Each step with its part of the first. */
export function Funnel({ rows }: { rows: Rows<'funnel'> }) {
  const first = rows[0]?.sessions ?? 0;
  if (first === 0) return <p>Nobody looked at a product in this time.</p>;
  return (
    <table class="totals">
      <caption class="visually-hidden">Sessions by how far they came</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Sessions</th>
          <th scope="col">Of the first</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ step, sessions, orders }) => (
          <tr key={step}>
            <th scope="row">
              {STEPS[step]}
              {orders !== undefined && <span class="faint"> ({counted(orders, 'order')})</span>}
              <svg class="bar" aria-hidden="true">
                <rect width="100%" height="100%" />
                <rect class="full" width={`${(100 * sessions) / first}%`} height="100%" />
              </svg>
            </th>
            <td>{number(sessions)}</td>
            <td>{part(sessions, first)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
