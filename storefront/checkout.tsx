import { useEffect, useRef, useState } from 'preact/hooks';
import type { LanguageCode } from '../contracts/language';
import type { Problem } from '../contracts/problem';
import type { Quote } from '../contracts/quote';
import { AddressFields } from './addressForm';
import { createQuote } from './api';
import { basket, type Line } from './basket';
import { BasketLines } from './basketLines';
import { record } from './clicks/clicks';
import { type Address, draft, stillGood } from './draft';
import { Loaded, ProblemNote, problemOf } from './parts';
import { PaymentForm } from './paymentForm';
import { intend, type Placement, placement } from './placement';
import { PlacingOrder } from './placingOrder';
import { PriceChanges } from './priceChange';
import { Recommended } from './recommendations/recommended';
import { useRecommendations } from './recommendations/useRecommendations';
import type { Session } from './session';
import type { LoadStripe } from './stripe';
import { useBasketProducts } from './basketProducts';
import { TotalsTable } from './totals';
import { useTitle } from './title';
import { useLanguage } from './words/language';

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
  const { words } = useLanguage();
  useTitle(words.shop.basket);
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

  const heading = useRef<HTMLHeadingElement>(null);
  const inBasket = lines.map(({ productId, quantity }) => `${productId} ${quantity}`).join();
  const before = useRef({ inBasket, lines: lines.length });
  const asked = useRef<string>(undefined);

  useEffect(() => {
    // The button that removed a line is gone with it.
    if (lines.length < before.current.lines && document.activeElement === document.body) heading.current?.focus();
    // What was said was said of another basket.
    if (inBasket !== before.current.inBasket) setProblem(undefined);
    before.current = { inBasket, lines: lines.length };
  }, [inBasket]);
  useEffect(() => {
    if (lines.length > 0) record({ type: 'ViewCart' });
  }, []);

  const ask = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const quote = await createQuote({ lines: lines.map(({ productId, quantity }) => ({ productId, quantity })), shippingCountry: address.country });
      setDraft({ address, quote });
      asked.current = quote.quoteId;
      if (quote.lines.some(({ productId, unitPrice }) => unitPrice.amount !== products.data?.get(productId)?.price.amount)) products.reload();
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
        <h1 ref={heading} tabIndex={-1}>
          {words.basket.empty}
        </h1>
        {problem && <ProblemNote problem={problem} />}
        <p>
          <a href="/">{words.basket.lookAround}</a>
        </p>
        <Recommended of={recommended} />
      </>
    );
  }
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {words.basket.title}
      </h1>
      <BasketLines lines={lines} products={products.data} awaited={!products.data && !products.problem} />
      {products.problem && <Loaded from={products}>{() => null}</Loaded>}
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
          <button type="submit" class="primary" aria-disabled={busy}>
            {busy ? words.placing.oneMoment : words.basket.showTotal}
          </button>
        )}
      </form>
      {current && <Offer key={current.quoteId} quote={current} lines={lines} focused={asked.current === current.quoteId} address={address} session={session} loadStripe={loadStripe} />}
      {ready.current && <Recommended of={recommended} without={lines.map(({ productId }) => productId)} />}
    </>
  );
}

interface OfferProps {
  quote: Quote;
  lines: readonly Line[];
  /** Whether it was just asked for: the button that did so is gone. */
  focused: boolean;
  address: Address;
  session: Session;
  loadStripe: LoadStripe;
}

function Offer({ quote, lines, focused, address, session, loadStripe }: OfferProps) {
  const { code: language, words, date } = useLanguage();
  const { customer } = session;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focused) heading.current?.focus();
  }, []);
  return (
    <section class="offer" aria-label={words.offer.title}>
      <h2 ref={heading} tabIndex={-1}>
        {words.offer.title}
      </h2>
      <PriceChanges quote={quote} lines={lines} />
      <TotalsTable of={quote} caption={words.offer.whatItCosts} />
      <p class="faint">{words.offer.keptUntil(date(quote.expiresAt))}</p>
      {customer ? (
        <PaymentForm
          total={quote.total}
          loadStripe={loadStripe}
          complete={complete(address)}
          pay={(token) => intend(customer.id, orderOf(quote, address, customer.email, token, language))}
        />
      ) : (
        <div class="acts">
          <p>{words.offer.toOrder}</p>
          <button type="button" class="primary" onClick={() => void session.signIn()}>
            {words.offer.signInToOrder}
          </button>
          <button type="button" onClick={() => void session.signUp()}>
            {words.offer.makeAccount}
          </button>
        </div>
      )}
    </section>
  );
}

const complete = ({ name, line1, postalCode, city }: Address): boolean => [name, line1, postalCode, city].every((text) => text.trim() !== '');

/** What is usual is left out, English too: a page that is open while an API of before takes over again can go on ordering. */
function orderOf({ quoteId }: Quote, { line2, ...address }: Address, email: string | undefined, paymentMethod: string, language: LanguageCode): Placement['body'] {
  return { quoteId, shippingAddress: { ...address, ...(line2.trim() && { line2 }) }, ...(email && { email }), paymentMethod, ...(language !== 'en' && { language }) };
}
