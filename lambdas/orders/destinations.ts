import type { Totals } from '../../contracts/quote';
import type { ShippingCountry } from '../../contracts/quote';
import { euros, share, sum } from '../../contracts/money';
import type { Money } from '../../contracts/money';
import { SHIPPING } from '../../contracts/shipping';

/**
 * The standard rate of VAT in basis points (1900 = 19 %), as in force in November 2026. In the EU a seller charges that of
 * the customer's country (the one-stop shop, https://vat-one-stop-shop.ec.europa.eu/), on goods and on their shipping alike.
 */
const VAT: Readonly<Record<ShippingCountry, number>> = {
  AT: 2_000,
  BE: 2_100,
  CH: 810,
  CZ: 2_100,
  DE: 1_900,
  DK: 2_500,
  ES: 2_100,
  FI: 2_550,
  FR: 2_000,
  GB: 2_000,
  IE: 2_300,
  IT: 2_200,
  LU: 1_700,
  NL: 2_100,
  NO: 2_500,
  PL: 2_300,
  PT: 2_300,
  SE: 2_500,
};

/** What goods for these amounts cost when they are sent to `country`. */
export function totalsFor(country: ShippingCountry, lineTotals: readonly Money[]): Totals {
  const { fee, freeFrom } = SHIPPING[country];
  const subtotal = sum(lineTotals);
  const shipping = euros(subtotal.amount >= freeFrom ? 0 : fee);
  const tax = share(sum([subtotal, shipping]), VAT[country]);
  return { subtotal, shipping, taxBasisPoints: VAT[country], tax, total: sum([subtotal, shipping, tax]) };
}
