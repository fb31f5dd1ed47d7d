import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../contracts/problem';
import type { Quote } from '../contracts/quote';
import { AddressFields } from './addressForm';
import { createQuote } from './api';
import { basket } from './basket';
import { BasketLines } from './basketLines';
import { record } from './clicks/clicks';
import { type Address, draft, stillGood } from './draft';
import { Loaded, ProblemNote, problemOf } from './parts';
import { PaymentForm } from './paymentForm';
import { intend, type Placement, placement } from './placement';
import { PlacingOrder } from './placingOrder';
import { Recommended } from './recommendations/recommended';
import { useRecommendations } from './recommendations/useRecommendations';
import type { Session } from './session';
import type { LoadStripe } from './stripe';
import { useBasketProducts } from './basketProducts';
import { TotalsTable } from './totals';
import { date } from './words';

/** From the basket to the order: address, the total, the card, the customer's word. */
export function Checkout({ session, loadStripe }: { session: Session; loadStripe: LoadStripe }) {
  const [open] = placement.use();
  const [problem, setProblem] = useState<Problem>();
  if (open && open.customerId === session.customer?.id) return <PlacingOrder intention={open} session={session} refused={setProblem} />;
  return <Basket session={session} loadStripe={loadStripe} problem={problem} setProblem={setProblem} />;
}

interface BasketProps {
  session: Session;
  loadStripe: LoadStripe;
  /** What the shop said to the last offer or order. */
  problem: Problem | undefined;
  setProblem: (problem: Problem | undefined) => void;
}

function Basket({ session, loadStripe, problem, setProblem }: BasketProps) {
  const [lines] = basket.use();
  const [{ address, quote }, setDraft] = draft.use();
  const [busy, setBusy] = useState(false);
  const products = useBasketProducts(lines);
  const [latest] = useState(lines.at(-1)?.productId);
  const recommended = useRecommendations(session, latest);
  // Not before the lines, which would push it down.
  const ready = useRef(false);
  if (products.data) ready.current = true;
  const current = stillGood(quote, lines, address.country, Date.now()) ? quote : undefined;

  useEffect(() => {
    if (lines.length > 0) record({ type: 'ViewCart' });
  }, []);

  const ask = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const quote = await createQuote({ lines: [...lines], shippingCountry: address.country });
      setDraft({ address, quote });
      record({ type: 'StartCheckout', price: quote.total });
    } catch (error) {
      setProblem(problemOf(error));
      products.reload();
    } finally {
      setBusy(false);
    }
  };

  if (lines.length === 0) {
    return (
      <>
        <h1>Your basket is empty</h1>
        {problem && <ProblemNote problem={problem} />}
        <p>
          <a href="/">Look around the shop</a>
        </p>
        <Recommended of={recommended} />
      </>
    );
  }
  return (
    <>
      <h1>Your basket</h1>
      <Loaded from={products} meanwhile={<BasketLines lines={lines} />}>
        {(found) => <BasketLines lines={lines} products={found} />}
      </Loaded>
      <form
        class="checkout"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <AddressFields address={address} problem={problem} change={(changed) => setDraft({ address: changed, quote })} />
        {problem && <ProblemNote problem={problem} />}
        {!current && (
          <button type="submit" class="primary" disabled={busy}>
            Show the total
          </button>
        )}
      </form>
      {current && <Offer key={current.quoteId} quote={current} address={address} session={session} loadStripe={loadStripe} />}
      {ready.current && <Recommended of={recommended} without={lines.map(({ productId }) => productId)} />}
    </>
  );
}

interface OfferProps {
  quote: Quote;
  address: Address;
  session: Session;
  loadStripe: LoadStripe;
}

function Offer({ quote, address, session, loadStripe }: OfferProps) {
  const { customer } = session;
  return (
    <section class="offer" aria-label="The total">
      <h2>The total</h2>
      <TotalsTable of={quote} caption="What the basket costs" />
      <p class="faint">We keep these prices until {date(quote.expiresAt)}.</p>
      {customer ? (
        <PaymentForm
          total={quote.total}
          loadStripe={loadStripe}
          complete={complete(address)}
          pay={(token) => intend(customer.id, orderOf(quote, address, customer.email, token))}
        />
      ) : (
        <div class="acts">
          <p>To order, sign in or make an account. Your basket stays as it is.</p>
          <button type="button" class="primary" onClick={() => void session.signIn()}>
            Sign in to order
          </button>
          <button type="button" onClick={() => void session.signUp()}>
            Make an account
          </button>
        </div>
      )}
    </section>
  );
}

const complete = ({ name, line1, postalCode, city }: Address): boolean => [name, line1, postalCode, city].every((text) => text.trim() !== '');

function orderOf({ quoteId }: Quote, { line2, ...address }: Address, email: string | undefined, paymentMethod: string): Placement['body'] {
  return { quoteId, shippingAddress: { ...address, ...(line2.trim() && { line2 }) }, ...(email && { email }), paymentMethod };
}
