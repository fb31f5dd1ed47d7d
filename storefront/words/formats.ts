import type { ShippingCountry } from '../../contracts/quote';

interface Amount {
  readonly amount: number;
  readonly currency: string;
}

/** How a language writes what is not words: amounts, times, numbers, and the names of countries, which the browser knows. */
export interface Formats {
  /** `{ amount: 1999, currency: 'EUR' }` is €19.99, or 19,99 €. */
  price(this: void, money: Amount): string;
  /** `{ amount: 1999, currency: 'EUR' }` is 19.99. */
  wholeUnits(this: void, money: Amount): number;
  date(this: void, instant: string): string;
  /** `1900` is 19 %. */
  percent(this: void, basisPoints: number): string;
  country(this: void, code: string): string;
  /** `Norway, Switzerland and Spain`. */
  list(this: void, names: readonly string[]): string;
  /** Where the shop ships to, by name. */
  shippingCountries(this: void): { readonly code: string; readonly name: string }[];
}

/** The keys are the contract's, all of them: the compiler sees to that, without the contract's validator in the page. */
const countries: Record<ShippingCountry, true> = {
  AT: true, BE: true, CH: true, CZ: true, DE: true, DK: true, ES: true, FI: true, FR: true,
  GB: true, IE: true, IT: true, LU: true, NL: true, NO: true, PL: true, PT: true, SE: true,
};

export function formatsOf(locale: string): Formats {
  const currencies = new Map<string, Intl.NumberFormat>();
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const numbers = new Intl.NumberFormat(locale);
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const countryNames = new Intl.DisplayNames(locale, { type: 'region' });

  const formatOf = ({ currency }: Amount): Intl.NumberFormat => {
    const format = currencies.get(currency) ?? new Intl.NumberFormat(locale, { style: 'currency', currency });
    currencies.set(currency, format);
    return format;
  };
  const wholeUnits = (money: Amount) => money.amount / 10 ** (formatOf(money).resolvedOptions().maximumFractionDigits ?? 2);
  const country = (code: string) => countryNames.of(code) ?? code;
  return {
    price: (money) => formatOf(money).format(wholeUnits(money)),
    wholeUnits,
    date: (instant) => dates.format(new Date(instant)),
    percent: (basisPoints) => `${numbers.format(basisPoints / 100)} %`,
    country,
    list: (names) => lists.format(names),
    shippingCountries: () =>
      Object.keys(countries)
        .map((code) => ({ code, name: country(code) }))
        .sort((one, other) => one.name.localeCompare(other.name, locale)),
  };
}

/** `1 product`, `1,204 products`: a number with its word in the form that the language's rules ask for. */
export function counting(locale: string): (count: number, one: string, other: string) => string {
  const numbers = new Intl.NumberFormat(locale);
  const rules = new Intl.PluralRules(locale);
  return (count, one, other) => `${numbers.format(count)} ${rules.select(count) === 'one' ? one : other}`;
}
