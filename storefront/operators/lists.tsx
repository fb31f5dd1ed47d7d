import { counted } from './numberWords';
import type { Rows } from './report';

export function TopProducts({ rows }: { rows: Rows<'top-products'> }) {
  if (rows.length === 0) return <p>Nothing was paid in this time.</p>;
  return (
    <table class="totals">
      <caption class="visually-hidden">Products of which most pieces were paid</caption>
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col">Sold</th>
          <th scope="col">In</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ productId, name, quantity, orders }) => (
          <tr key={productId}>
            <th scope="row">
              <a href={`/products/${encodeURIComponent(productId)}`}>{name}</a>
            </th>
            <td>{counted(quantity, 'piece')}</td>
            <td>{counted(orders, 'order')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function SearchesWithoutResults({ rows }: { rows: Rows<'searches-without-results'> }) {
  if (rows.length === 0) return <p>Every search has found something.</p>;
  return (
    <table class="totals">
      <caption class="visually-hidden">What was searched for most often and not found</caption>
      <thead>
        <tr>
          <th scope="col">Searched for</th>
          <th scope="col">How often</th>
          <th scope="col">By</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ searchText, searches, visitors }) => (
          <tr key={searchText}>
            <th scope="row">{searchText}</th>
            <td>{counted(searches, 'time')}</td>
            <td>{counted(visitors, 'visitor')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
