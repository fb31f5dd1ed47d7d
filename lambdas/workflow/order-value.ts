import { euros, share, times } from '../../contracts/money';
import type { Money } from '../../contracts/money';
import type { OrderRecord, Undoing } from '../../contracts/order-record';

type Lines = Undoing['lines'];
type Priced = Pick<OrderRecord, 'lines' | 'shipping' | 'taxBasisPoints' | 'undone'>;

/** The lines that the customer still has after everything that was undone, and after `further` too. */
export function keptLines({ lines, undone }: Pick<Priced, 'lines' | 'undone'>, further: Lines = []): Lines {
  const taken = [...undone.flatMap((undoing) => undoing.lines), ...further];
  return lines.flatMap(({ productId, quantity }) => {
    const kept = quantity - taken.filter((line) => line.productId === productId).reduce((sum, line) => sum + line.quantity, 0);
    return kept > 0 ? [{ productId, quantity: kept }] : [];
  });
}

/**
 * What the goods that the customer keeps cost, shipping and tax included: the whole total for all of them, nothing for
 * none. Taking the difference of two such values keeps a refund in several parts exact to the cent.
 */
export function valueKept(order: Priced, further: Lines = []): Money {
  const kept = keptLines(order, further);
  if (kept.length === 0) return euros(0);
  const subtotal = kept.reduce((sum, { productId, quantity }) => {
    const line = order.lines.find((candidate) => candidate.productId === productId);
    return sum + (line ? times(line.unitPrice, quantity).amount : 0);
  }, 0);
  const net = euros(subtotal + order.shipping.amount);
  return euros(net.amount + share(net, order.taxBasisPoints).amount);
}
