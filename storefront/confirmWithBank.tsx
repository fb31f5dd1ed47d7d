import { useEffect, useState } from 'preact/hooks';
import type { CustomerAction } from '../contracts/order';
import { justOrdered } from './placement';
import { type LoadStripe, StripeMissing } from './stripe';
import { type Language, useLanguage } from './words/language';

interface Props {
  orderId: string;
  action: CustomerAction;
  loadStripe: LoadStripe;
  /** Told when the bank has been answered, or could not be: the order knows what came of it. */
  answered: () => void;
}

/** The bank's question whether it is the customer who pays. Right after ordering it is put without a click, once. */
export function ConfirmWithBank({ orderId, action, loadStripe, answered }: Props) {
  const language = useLanguage();
  const { words, date } = language;
  const [progress, setProgress] = useState<'open' | 'asking' | 'done'>('open');
  const [fault, setFault] = useState<string>();
  const ask = async () => {
    setProgress('asking');
    setFault(undefined);
    const failure = await failureOf(loadStripe, action.clientSecret, language);
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
        <p role="status">{words.bank.answered}</p>
      ) : (
        <>
          <p>
            {words.bank.answerBy[0]}
            <time dateTime={action.before}>{date(action.before)}</time>
            {words.bank.answerBy[1]}
          </p>
          {fault && (
            <p class="fault" role="alert">
              {fault}
            </p>
          )}
          <button type="button" class="primary" disabled={progress === 'asking'} onClick={() => void ask()}>
            {words.bank.confirm}
          </button>
        </>
      )}
    </div>
  );
}

/** Why the bank could not be answered, in words; undefined when it was. */
async function failureOf(loadStripe: LoadStripe, clientSecret: string, { code, words: { bank } }: Language): Promise<string | undefined> {
  try {
    const stripe = await loadStripe(code);
    const { error } = await stripe.handleNextAction({ clientSecret });
    return error && (error.message ?? bank.notAsked);
  } catch (error) {
    if (error instanceof StripeMissing) return bank.windowMissing;
    // What Stripe.js throws is that the payment waits for nothing (any more): answered in another tab, or too late.
    return bank.nothingToAsk;
  }
}
