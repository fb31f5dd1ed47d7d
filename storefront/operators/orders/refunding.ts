import type { OperatorOrder } from '../../../contracts/operations';

type Priced = Pick<OperatorOrder, 'lines' | 'shipping' | 'taxBasisPoints' | 'undone' | 'payment'>;

/** So many pieces of each product, by its id. */
export type Pieces = Readonly<Record<string, number>>;

export interface KeptLine {
  readonly productId: string;
  readonly name: string;
  readonly quantity: number;
}

/** What the customer still has, after everything that was undone. */
export function keptLines({ lines, undone }: Pick<Priced, 'lines' | 'undone'>): KeptLine[] {
  const taken = undone.flatMap((undoing) => undoing.lines);
  return lines.flatMap(({ productId, name, quantity }) => {
    const kept = quantity - taken.filter((line) => line.productId === productId).reduce((sum, line) => sum + line.quantity, 0);
    return kept > 0 ? [{ productId, name, quantity: kept }] : [];
  });
}

/**
 * What goes back when these pieces are refunded, to the cent: what was taken, less what went back before and less what
 * the customer keeps, shipping and tax included. The shop works it out anew, from what the payment provider has.
 */
export function refundOf(order: Priced, pieces: Pieces): { readonly amount: number; readonly currency: string } {
  const { captured, refunded } = order.payment;
  const kept = keptLines(order).map(({ productId, quantity }) => ({ productId, quantity: quantity - (pieces[productId] ?? 0) }));
  return { currency: captured.currency, amount: Math.max(0, captured.amount - refunded.amount - valueOf(order, kept)) };
}

/** Nothing for nothing: the last piece takes the shipping with it. */
function valueOf({ lines, shipping, taxBasisPoints }: Priced, kept: readonly { readonly productId: string; readonly quantity: number }[]): number {
  if (kept.every(({ quantity }) => quantity === 0)) return 0;
  const priceOf = (productId: string) => lines.find((line) => line.productId === productId)?.unitPrice.amount ?? 0;
  const net = kept.reduce<number>((sum, { productId, quantity }) => sum + priceOf(productId) * quantity, shipping.amount);
  return net + Math.floor((net * taxBasisPoints + 5_000) / 10_000);
}
