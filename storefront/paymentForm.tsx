import { useEffect, useRef, useState } from 'preact/hooks';
import type { Money } from '../contracts/money';
import { type Elements, type LoadStripe, type PaymentElement, type StripeError, type StripeJs, StripeMissing } from './stripe';
import { useLanguage } from './words/language';

interface Props {
  total: Money;
  loadStripe: LoadStripe;
  /** Whether everything else that an order needs is there. */
  complete: boolean;
  /** Told once, with the confirmation token that Stripe has made of the card. */
  pay: (token: string) => void;
}

interface Fields {
  readonly stripe: StripeJs;
  readonly elements: Elements;
}

/** The card's fields, which are Stripe's, and the button that orders. */
export function PaymentForm({ total, loadStripe, complete, pay }: Props) {
  const { words, price, code } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const [fields, setFields] = useState<Fields | 'missing'>();
  const [attempt, setAttempt] = useState(0);
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  // Not the state `busy`, which a second click may overtake.
  const paying = useRef(false);

  useEffect(() => {
    let element: PaymentElement | undefined;
    let wanted = true;
    const open = async () => {
      setFields(undefined);
      try {
        const stripe = await loadStripe(code);
        if (!wanted || !place.current) return;
        const elements = stripe.elements({
          mode: 'payment',
          locale: code,
          amount: total.amount,
          currency: total.currency.toLowerCase(),
          captureMethod: 'manual',
          // Others lead to another site and back, which the payment is made not to allow.
          // https://docs.stripe.com/changelog/endive/2026-09-30/remove-elements-deferred-intent-payment-method-types
          allowedPaymentMethodTypes: ['card'],
          appearance: appearance(),
        });
        element = elements.create('payment');
        element.on('ready', () => setFields({ stripe, elements }));
        element.on('loaderror', () => setFields('missing'));
        element.mount(place.current);
      } catch (error) {
        setFields('missing');
        if (!(error instanceof StripeMissing)) throw error;
      }
    };
    void open();
    return () => {
      wanted = false;
      element?.destroy();
    };
  }, [attempt, code]);

  const order = async (fields: Fields) => {
    if (paying.current) return;
    paying.current = true;
    setBusy(true);
    setFault(undefined);
    try {
      const { error, token } = await tokenFrom(fields);
      if (token) pay(token);
      // What was mistyped Stripe.js has said beside its field.
      else if (error?.type !== 'validation_error') setFault(error?.message ?? words.payment.notChecked);
    } finally {
      paying.current = false;
      setBusy(false);
    }
  };

  return (
    <section class="payment" aria-label={words.payment.payment}>
      <h2>{words.payment.title}</h2>
      <div ref={place} hidden={fields === 'missing'} />
      {!fields && (
        <p class="faint" role="status">
          {words.payment.loading}
        </p>
      )}
      {fields === 'missing' && (
        <div class="note bad" role="alert">
          <p>{words.payment.missing}</p>
          <button type="button" onClick={() => setAttempt((count) => count + 1)}>
            {words.shop.tryAgain}
          </button>
        </div>
      )}
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <button type="button" class="primary" disabled={!complete || busy || typeof fields !== 'object'} onClick={() => typeof fields === 'object' && void order(fields)}>
        {words.payment.orderFor(price(total))}
      </button>
      <p class="faint">{words.payment.whenCharged}</p>
    </section>
  );
}

/** https://docs.stripe.com/payments/finalize-payments-on-the-server */
async function tokenFrom({ stripe, elements }: Fields): Promise<{ token?: string; error?: StripeError }> {
  const submitted = await elements.submit();
  if (submitted.error) return { error: submitted.error };
  const { confirmationToken, error } = await stripe.createConfirmationToken({ elements });
  return { token: confirmationToken?.id, error };
}

/** The shop's own colours, as the page shows them now: https://docs.stripe.com/elements/appearance-api */
function appearance(): Parameters<StripeJs['elements']>[0]['appearance'] {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : 'stripe',
    variables: {
      colorPrimary: colour('--accent'),
      colorBackground: colour('--surface'),
      colorText: colour('--ink'),
      colorTextSecondary: colour('--faint'),
      colorDanger: colour('--bad'),
      borderRadius: '8px',
      fontFamily: 'system-ui, sans-serif',
    },
  };
}
