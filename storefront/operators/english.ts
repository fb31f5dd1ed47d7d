import { LOCALES } from '../../contracts/language';
import { english } from '../words/english';

/** Operators' pages are English, whatever language the shop is in. */
export const { price, wholeUnits, date, percent, country, words } = english;

export const LOCALE = LOCALES.en;
