import type { Currency } from '../../contracts/money';

/** The shop has one currency; a second one needs visuals of its own, since what is added up must be of one. */
export const CURRENCY: Currency = 'EUR';
/** Of one EUR. Sources keep money in minor units. */
export const MINOR_UNITS = 100;
