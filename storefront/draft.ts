import type { Quote } from '../contracts/quote';
import type { Line } from './basket';
import { isRecord, stored } from './stored';

/** The checkout's form as typed so far. */
export interface Address {
  readonly name: string;
  readonly line1: string;
  readonly line2: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
}

export interface Draft {
  readonly address: Address;
  /** The offer the customer has been shown. */
  readonly quote?: Quote;
}

/** Kept for this tab, so that it survives the way to the sign-in pages and back. */
export const draft = stored<Draft>(
  () => sessionStorage,
  'shop.draft',
  (value) => {
    const given = isRecord(value) && isRecord(value.address) ? value.address : {};
    return {
      address: {
        name: text(given.name),
        line1: text(given.line1),
        line2: text(given.line2),
        postalCode: text(given.postalCode),
        city: text(given.city),
        country: text(given.country),
      },
      quote: isRecord(value) && isQuote(value.quote) ? value.quote : undefined,
    };
  },
);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Whether an offer still stands for just this basket and country. */
export function stillGood(quote: Quote | undefined, lines: readonly Line[], country: string, now: number): quote is Quote {
  return (
    quote !== undefined &&
    Date.parse(quote.expiresAt) > now &&
    quote.shippingCountry === country &&
    quote.lines.length === lines.length &&
    quote.lines.every((priced) => lines.some(({ productId, quantity }) => productId === priced.productId && quantity === priced.quantity))
  );
}

/** It was stored by this page as the shop had answered it; enough is checked to tell it from something else. */
function isQuote(value: unknown): value is Quote {
  return isRecord(value) && typeof value.quoteId === 'string' && typeof value.expiresAt === 'string' && Array.isArray(value.lines) && isRecord(value.total);
}
