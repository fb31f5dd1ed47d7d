import type { ComponentChildren, RefObject } from 'preact';
import type { OrderSummary } from '../../../contracts/order';
import { State } from '../../orders';
import { date, price } from '../english';
import { orderAddress } from './asked';
import { statusWords } from './operatorWords';

export function OrderTable({ caption, table, children }: { caption: string; table: RefObject<HTMLTableElement | null>; children: ComponentChildren }) {
  return (
    <table ref={table} class="wide">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Placed</th>
          <th scope="col">Status</th>
          <th scope="col">Total</th>
        </tr>
      </thead>
      {children}
    </table>
  );
}

/** An order in two rows: a phone has no place for what there is to say of it beside the rest. */
export function OrderRows({ orderId, createdAt, status, total, children }: Pick<OrderSummary, 'orderId' | 'createdAt' | 'status' | 'total'> & { children: ComponentChildren }) {
  return (
    <tbody>
      <tr>
        <th scope="rowgroup">
          <a href={orderAddress(orderId)}>{date(createdAt)}</a>
        </th>
        <td>
          <State of={status} words={statusWords} />
        </td>
        <td>{price(total)}</td>
      </tr>
      <tr>
        <td colSpan={3}>{children}</td>
      </tr>
    </tbody>
  );
}
