import { LOCALES } from '../../contracts/language';
import * as account from './english/account';
import * as checkout from './english/checkout';
import * as home from './english/home';
import * as offline from './english/offline';
import * as orders from './english/orders';
import * as problems from './english/problems';
import * as shop from './english/shop';
import { formatsOf } from './formats';

/** Everything that the shop says, by the page; what has a number or a name in it is a function of that. */
const words = { ...shop, ...home, ...checkout, ...offline, ...orders, ...account, ...problems };

export type Words = typeof words;

/** In the first chunk, since it also stands in for a language that cannot be loaded. */
export const english = { code: 'en', words, ...formatsOf(LOCALES.en) } as const;
