import { LOCALES } from '../../contracts/language';
import { formatsOf } from './formats';
import * as account from './german/account';
import * as checkout from './german/checkout';
import * as home from './german/home';
import * as offline from './german/offline';
import * as orders from './german/orders';
import * as problems from './german/problems';
import * as shop from './german/shop';
import type { Language } from './language';

export const german: Language = { code: 'de', words: { ...shop, ...home, ...checkout, ...offline, ...orders, ...account, ...problems }, ...formatsOf(LOCALES.de) };
