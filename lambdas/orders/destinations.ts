import type { Totals } from '../../contracts/quote';
import type { ShippingCountry } from '../../contracts/quote';
import { euros, share, sum } from '../../contracts/money';
import type { Money } from '../../contracts/money';

interface Destination {
  /** The standard rate of VAT in basis points (1900 = 19 %), as in force in November 2026. */
  readonly vat: number;
  /** In cents, for a parcel whose goods are worth less than `freeFrom`. */
  readonly shipping: number;
  readonly freeFrom: number;
}

const domestic = { shipping: 490, freeFrom: 50_00 };
const union = { shipping: 990, freeFrom: 100_00 };
const abroad = { shipping: 1_990, freeFrom: 250_00 };

/**
 * What the shop ships for, and the tax of the country it ships to. In the EU a seller charges the customer's VAT (the
 * one-stop shop, https://vat-one-stop-shop.ec.europa.eu/), on goods and on their shipping alike.
 */
const DESTINATIONS: Readonly<Record<ShippingCountry, Destination>> = {
  AT: { vat: 2_000, ...union },
  BE: { vat: 2_100, ...union },
  CH: { vat: 810, ...abroad },
  CZ: { vat: 2_100, ...union },
  DE: { vat: 1_900, ...domestic },
  DK: { vat: 2_500, ...union },
  ES: { vat: 2_100, ...union },
  FI: { vat: 2_550, ...union },
  FR: { vat: 2_000, ...union },
  GB: { vat: 2_000, ...abroad },
  IE: { vat: 2_300, ...union },
  IT: { vat: 2_200, ...union },
  LU: { vat: 1_700, ...union },
  NL: { vat: 2_100, ...union },
  NO: { vat: 2_500, ...abroad },
  PL: { vat: 2_300, ...union },
  PT: { vat: 2_300, ...union },
  SE: { vat: 2_500, ...union },
};

/** What goods for these amounts cost when they are sent to `country`. */
export function totalsFor(country: ShippingCountry, lineTotals: readonly Money[]): Totals {
  const { vat, shipping: fee, freeFrom } = DESTINATIONS[country];
  const subtotal = sum(lineTotals);
  const shipping = euros(subtotal.amount >= freeFrom ? 0 : fee);
  const tax = share(sum([subtotal, shipping]), vat);
  return { subtotal, shipping, taxBasisPoints: vat, tax, total: sum([subtotal, shipping, tax]) };
}
