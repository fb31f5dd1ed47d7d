import type { Problem, ProblemCode, ProblemDetail } from '../contracts/problem';
import type { ShippingCountry } from '../contracts/quote';
import { codeOf } from './api';
import { isOffline } from './offline/connection';
import { offlineWords } from './offline/offlineWords';

/** Everything the shop says that is not written where it stands: prices, dates, countries, refusals. What it says of an order is in orderWords.ts. */
export const LANGUAGE = 'en-IE';

const currencies = new Map<string, Intl.NumberFormat>();
const dates = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeStyle: 'short' });
const countryNames = new Intl.DisplayNames(LANGUAGE, { type: 'region' });

interface Amount {
  readonly amount: number;
  readonly currency: string;
}

/** `{ amount: 1999, currency: 'EUR' }` is €19.99. */
export const price = (money: Amount): string => formatOf(money).format(wholeUnits(money));

/** `{ amount: 1999, currency: 'EUR' }` is 19.99. */
export const wholeUnits = (money: Amount): number => money.amount / 10 ** (formatOf(money).resolvedOptions().maximumFractionDigits ?? 2);

function formatOf({ currency }: Amount): Intl.NumberFormat {
  const format = currencies.get(currency) ?? new Intl.NumberFormat(LANGUAGE, { style: 'currency', currency });
  currencies.set(currency, format);
  return format;
}

export const date = (instant: string): string => dates.format(new Date(instant));

/** `1900` is 19 %. */
export const percent = (basisPoints: number): string => `${basisPoints / 100} %`;

/** The keys are the contract's, all of them: the compiler sees to that, without the contract's validator in the page. */
const countries: Record<ShippingCountry, true> = {
  AT: true, BE: true, CH: true, CZ: true, DE: true, DK: true, ES: true, FI: true, FR: true,
  GB: true, IE: true, IT: true, LU: true, NL: true, NO: true, PL: true, PT: true, SE: true,
};

export const country = (code: string): string => countryNames.of(code) ?? code;

/** Where the shop ships to, by name. */
export const shippingCountries = Object.keys(countries)
  .map((code) => ({ code, name: country(code) }))
  .sort((one, other) => one.name.localeCompare(other.name, LANGUAGE));

export function stock(pieces: number): string {
  if (pieces === 0) return 'Sold out';
  return pieces <= 5 ? `Only ${pieces} left` : 'In stock';
}

const refusals = {
  'out-of-stock': 'Somebody was faster: there is not enough in stock for your order. Nothing was ordered. Change the quantity and go on.',
  'quote-expired': 'The prices were kept for a while, but not this long. Nothing was ordered. Ask for the total again.',
  'quote-not-found': 'This total is no longer known. Nothing was ordered. Ask for it again.',
  'quote-used': 'This total has already become an order. You find it under “Your orders”.',
  'idempotency-key-reused': 'This order was changed while it was being placed. Nothing more was ordered. Ask for the total again.',
  'unknown-product': 'Something in your basket is no longer sold. Remove it and go on.',
  'country-not-served': 'We do not ship to this country yet.',
  'address-differs-from-quote': 'The total was for another country. Ask for it again.',
  'invalid-body': 'Something in the form does not fit yet.',
  'invalid-cursor': 'This list has moved on. Load the page again.',
  'product-not-found': 'We do not sell this product.',
  'order-not-found': 'You have no such order. If you have another account, sign in with that one.',
  'too-late-to-cancel': 'It is too late to cancel this order. If our carrier already has it, you may refuse it or send it back.',
  'not-signed-in': 'Your session has ended. Sign in again to go on.',
  'try-again': 'The shop is very busy. Try again in a moment.',
  'not-an-operator': 'This page is for the people who run the shop. If you have become one of them since you signed in, sign out and in again.',
  'report-gone': 'The answer was kept for a while, but not this long. Ask for it again.',
  'analytics-away': 'Redshift, where this is counted, is away just now. Nothing is lost meanwhile; try again in a moment.',
  'internal-error': 'Something went wrong on our side. Try again in a moment.',
} satisfies Partial<Record<ProblemCode, string>>;
const refusalsByCode = new Map<string | undefined, string>(Object.entries(refusals));

/** A refusal in plain words. */
export function refusal(problem: Problem): string {
  const words = refusalsByCode.get(codeOf(problem));
  if (words) return words;
  if (problem.status === 0 && isOffline()) return offlineWords.refusal;
  if (problem.status === 0) return 'The shop does not answer. Check your connection and try again.';
  if (problem.status === 401) return 'Your session has ended. Sign in again to go on.';
  if (problem.status === 413) return 'That is more than the shop takes at once. Make it shorter and try again.';
  if (problem.status === 429) return `That was a little fast. Try again ${wait(problem.retryAfter)}.`;
  if (problem.status >= 500) return 'Something went wrong on our side. Try again in a moment.';
  return problem.detail ?? problem.title;
}

const wait = (seconds: unknown): string => {
  if (typeof seconds !== 'number' || seconds <= 1) return 'in a moment';
  return seconds < 60 ? `in ${seconds} seconds` : 'in a minute';
};

const fields: Record<string, string> = {
  name: 'Name',
  line1: 'Street and number',
  line2: 'Flat, floor, company',
  postalCode: 'Postal code',
  city: 'City',
  region: 'Region',
  country: 'Country',
  shippingCountry: 'Country',
  email: 'E-mail',
  quantity: 'Quantity',
};

/** `City: must not be empty`, from the pointer to the field in the request's body. */
export function fault({ pointer, parameter, header, detail }: ProblemDetail): string {
  const place = pointer?.split('/').at(-1) ?? parameter ?? header;
  return place ? `${fields[place] ?? place}: ${detail}` : detail;
}
