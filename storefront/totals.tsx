import type { PricedLine, Totals } from '../contracts/quote';
import { ENGLISH_DATA, useLanguage } from './words/language';

/** What a basket costs, line by line. */
export function TotalsTable({ of, caption }: { of: Totals & { lines: PricedLine[] }; caption: string }) {
  const { words, percent, price } = useLanguage();
  return (
    <table class="totals">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.totals.product}</th>
          <th scope="col">{words.totals.quantity}</th>
          <th scope="col">{words.totals.price}</th>
        </tr>
      </thead>
      <tbody>
        {of.lines.map((line) => (
          <tr key={line.productId}>
            <th scope="row" lang={ENGLISH_DATA}>
              {line.name}
            </th>
            <td>
              {line.quantity} × {price(line.unitPrice)}
            </td>
            <td>{price(line.lineTotal)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <Row name={words.totals.goods} amount={price(of.subtotal)} />
        <Row name={words.totals.shipping} amount={price(of.shipping)} />
        <Row name={words.totals.tax(percent(of.taxBasisPoints))} amount={price(of.tax)} />
        <Row name={words.totals.total} amount={price(of.total)} strong />
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
