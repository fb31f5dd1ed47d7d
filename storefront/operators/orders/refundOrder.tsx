import { useId, useRef, useState } from 'preact/hooks';
import { codeOf, Refused } from '../../api';
import { price } from '../english';
import { ActDialog } from './actDialog';
import type { ActProps } from './acts';
import { refundOrder, type RefundRequest } from './operatorsApi';
import { goodsWords } from './operatorWords';
import { isRefundable } from './possible';
import { keptLines, type KeptLine, type Pieces, refundOf } from './refunding';

type Goods = RefundRequest['goods'];
const GOODS: readonly Goods[] = ['RESTOCK', 'WRITE_OFF'];

/** Gives money back, for all that the customer has left or for some pieces of it. */
export function RefundOrder({ order, session, act }: ActProps) {
  const [some, setSome] = useState(false);
  const [chosen, setChosen] = useState<Pieces>({});
  const [goods, setGoods] = useState<Goods>();
  // One refund has one key until the shop has taken it: what is sent again after a lost answer is not paid twice.
  const key = useRef(crypto.randomUUID());
  const kept = keptLines(order);
  const pieces = Object.fromEntries(kept.map(({ productId, quantity }) => [productId, some ? Math.min(chosen[productId] ?? 0, quantity) : quantity]));
  const lines = kept.flatMap(({ productId }) => (pieces[productId] ? [{ productId, quantity: pieces[productId] }] : []));
  const whole = kept.every(({ productId, quantity }) => pieces[productId] === quantity);
  const amount = price(refundOf(order, pieces));
  const begun = () => {
    key.current = crypto.randomUUID();
    setSome(false);
    setChosen({});
    setGoods(undefined);
  };
  return (
    <ActDialog
      opens="Refund"
      possible={isRefundable(order)}
      title="Give money back?"
      confirms={`Refund ${amount}`}
      unready={lines.length === 0}
      asks="Why? The customer reads it as well."
      whenUnknown="Trying again asks for the same refund, not for a second one."
      session={session}
      act={async (reason) => {
        if (!goods) return;
        const request = { ...(!whole && { lines }), goods, reason };
        try {
          await act('REFUND', (token) => refundOrder(order.orderId, request, key.current, token), `A refund of ${amount} was asked for. The money follows once the parcels are dealt with.`);
          begun();
        } catch (error) {
          if (error instanceof Refused && codeOf(error.problem) === 'idempotency-key-reused') key.current = crypto.randomUUID();
          throw error;
        }
      }}
    >
      <Choice legend="Which pieces?" of={[['all', 'All that the customer has left'], ['some', 'Only some']]} chosen={some ? 'some' : 'all'} choose={(value) => setSome(value === 'some')} />
      {some && <PiecesOf lines={kept} pieces={pieces} choose={(productId, quantity) => setChosen({ ...chosen, [productId]: quantity })} />}
      <Choice legend="What becomes of the goods?" of={GOODS.map((one) => [one, goodsWords[one]] as const)} chosen={goods} choose={setGoods} />
      <p aria-live="polite">
        {kept.length === 0 ? (
          'The customer has nothing left of this order: all of it was undone.'
        ) : (
          <>
            <strong>{amount}</strong> of {price(order.payment.captured)} goes back to {order.shippingAddress.name}. {whole && isFetchable(order) ? 'The carrier is told not to fetch the parcels.' : 'Parcels stay where they are.'}
          </>
        )}
      </p>
    </ActDialog>
  );
}

const isFetchable = ({ shipment }: ActProps['order']): boolean => shipment === undefined || shipment.status === 'BOOKED' || shipment.status === 'ACCEPTED';

function Choice<Value extends string>({ legend, of, chosen, choose }: { legend: string; of: readonly (readonly [Value, string])[]; chosen: Value | undefined; choose: (value: Value) => void }) {
  const name = useId();
  return (
    <fieldset class="radios">
      <legend>{legend}</legend>
      {of.map(([value, words]) => (
        <label key={value}>
          <input type="radio" name={name} required checked={chosen === value} onChange={() => choose(value)} /> {words}
        </label>
      ))}
    </fieldset>
  );
}

function PiecesOf({ lines, pieces, choose }: { lines: readonly KeptLine[]; pieces: Pieces; choose: (productId: string, quantity: number) => void }) {
  return (
    <ul class="pieces">
      {lines.map(({ productId, name, quantity }) => (
        <li key={productId}>
          <label>
            <span>
              {name} <span class="faint">(of {quantity})</span>
            </span>
            <input type="number" min={0} max={quantity} step={1} value={pieces[productId]} onInput={({ currentTarget: { valueAsNumber } }) => choose(productId, Number.isInteger(valueAsNumber) ? Math.max(0, valueAsNumber) : 0)} />
          </label>
        </li>
      ))}
    </ul>
  );
}
