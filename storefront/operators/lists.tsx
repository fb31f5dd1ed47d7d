import { number } from './numberWords';
import type { Rows } from './report';

export function TopProducts({ rows }: { rows: Rows<'top-products'> }) {
  if (rows.length === 0) return <p>Nothing was paid in this time.</p>;
  return (
    <table class="totals">
      <caption class="visually-hidden">Products of which most pieces were paid</caption>
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col">Pieces</th>
          <th scope="col">Orders</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ productId, name, quantity, orders }) => (
          <tr key={productId}>
            <th scope="row">
              <a href={`/products/${encodeURIComponent(productId)}`}>{name}</a>
            </th>
            <td>{number(quantity)}</td>
            <td>{number(orders)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function SearchesWithoutResults({ rows }: { rows: Rows<'searches-without-results'> }) {
  if (rows.length === 0) return <p>No search went without results in this time.</p>;
  return (
    <table class="totals">
      <caption class="visually-hidden">What was searched for most often and not found</caption>
      <thead>
        <tr>
          <th scope="col">Searched for</th>
          <th scope="col">Searches</th>
          <th scope="col">Visitors</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ searchText, searches, visitors }) => (
          <tr key={searchText}>
            <th scope="row">{searchText}</th>
            <td>{number(searches)}</td>
            <td>{number(visitors)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
