import { useEffect, useState } from 'preact/hooks';
import type { CustomerAction } from '../contracts/order';
import { justOrdered } from './placement';
import { type LoadStripe, StripeMissing } from './stripe';
import { date } from './words';

interface Props {
  orderId: string;
  action: CustomerAction;
  loadStripe: LoadStripe;
  /** Told when the bank has been answered, or could not be: the order knows what came of it. */
  answered: () => void;
}

/** The bank's question whether it is the customer who pays. Right after ordering it is put without a click, once. */
export function ConfirmWithBank({ orderId, action, loadStripe, answered }: Props) {
  const [progress, setProgress] = useState<'open' | 'asking' | 'done'>('open');
  const [fault, setFault] = useState<string>();
  const ask = async () => {
    setProgress('asking');
    setFault(undefined);
    const failure = await failureOf(loadStripe, action.clientSecret);
    setFault(failure);
    setProgress(failure ? 'open' : 'done');
    answered();
  };
  useEffect(() => {
    if (justOrdered.read() !== orderId) return;
    justOrdered.write(null);
    void ask();
  }, []);
  return (
    <div class="note">
      {progress === 'done' ? (
        <p role="status">Thank you. We are waiting for what your bank says …</p>
      ) : (
        <>
          <p>
            It asks you in a window of its own. Please answer by <time dateTime={action.before}>{date(action.before)}</time>; after that we cancel the order, and you are not charged.
          </p>
          {fault && (
            <p class="fault" role="alert">
              {fault}
            </p>
          )}
          <button type="button" class="primary" disabled={progress === 'asking'} onClick={() => void ask()}>
            Confirm with your bank
          </button>
        </>
      )}
    </div>
  );
}

/** Why the bank could not be answered, in words; undefined when it was. */
async function failureOf(loadStripe: LoadStripe, clientSecret: string): Promise<string | undefined> {
  try {
    const stripe = await loadStripe();
    const { error } = await stripe.handleNextAction({ clientSecret });
    return error && (error.message ?? 'Your bank could not be asked. Try again in a moment.');
  } catch (error) {
    if (error instanceof StripeMissing) return 'The window of your bank cannot be opened. Check your connection, and whether something in your browser blocks Stripe, who takes the payment for us.';
    // What Stripe.js throws is that the payment waits for nothing (any more): answered in another tab, or too late.
    return 'Your bank has nothing to ask just now. In a moment you see here how your order goes on.';
  }
}
