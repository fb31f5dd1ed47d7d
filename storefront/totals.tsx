import type { PricedLine, Totals } from '../contracts/quote';
import { percent, price } from './words';

/** What a basket costs, line by line. */
export function TotalsTable({ of, caption }: { of: Totals & { lines: PricedLine[] }; caption: string }) {
  return (
    <table class="totals">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col">Quantity</th>
          <th scope="col">Price</th>
        </tr>
      </thead>
      <tbody>
        {of.lines.map((line) => (
          <tr key={line.productId}>
            <th scope="row">{line.name}</th>
            <td>
              {line.quantity} × {price(line.unitPrice)}
            </td>
            <td>{price(line.lineTotal)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <Row name="Goods" amount={price(of.subtotal)} />
        <Row name="Shipping" amount={price(of.shipping)} />
        <Row name={`Tax, ${percent(of.taxBasisPoints)}`} amount={price(of.tax)} />
        <Row name="Total" amount={price(of.total)} strong />
      </tfoot>
    </table>
  );
}

function Row({ name, amount, strong = false }: { name: string; amount: string; strong?: boolean }) {
  return (
    <tr class={strong ? 'total' : undefined}>
      <th scope="row" colSpan={2}>
        {name}
      </th>
      <td>{amount}</td>
    </tr>
  );
}
