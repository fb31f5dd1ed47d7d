import type { ShippingCountry } from './quote';

/** What a parcel costs, in euro cents and before tax, and for how much goods it costs nothing. */
export interface Shipping {
  readonly fee: number;
  readonly freeFrom: number;
}

const domestic: Shipping = { fee: 490, freeFrom: 50_00 };
const union: Shipping = { fee: 990, freeFrom: 100_00 };
const abroad: Shipping = { fee: 1_990, freeFrom: 250_00 };

/** By the country a parcel goes to: what a quote adds, and what the pages say before there is one. */
export const SHIPPING: Readonly<Record<ShippingCountry, Shipping>> = {
  AT: union,
  BE: union,
  CH: abroad,
  CZ: union,
  DE: domestic,
  DK: union,
  ES: union,
  FI: union,
  FR: union,
  GB: abroad,
  IE: union,
  IT: union,
  LU: union,
  NL: union,
  NO: abroad,
  PL: union,
  PT: union,
  SE: union,
};
