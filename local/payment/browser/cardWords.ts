interface CardWords {
  readonly number: string;
  readonly expiry: string;
  readonly expiryPattern: string;
  readonly cvc: string;
  readonly incompleteNumber: string;
  readonly invalidNumber: string;
  readonly incompleteExpiry: string;
  readonly invalidExpiry: string;
  readonly pastExpiry: string;
  readonly incompleteCvc: string;
}

const english: CardWords = {
  number: 'Card number',
  expiry: 'Expiration date',
  expiryPattern: 'MM / YY',
  cvc: 'Security code',
  incompleteNumber: 'Your card number is incomplete.',
  invalidNumber: 'Your card number is invalid.',
  incompleteExpiry: "Your card's expiration date is incomplete.",
  invalidExpiry: "Your card's expiration date is invalid.",
  pastExpiry: "Your card's expiration year is in the past.",
  incompleteCvc: "Your card's security code is incomplete.",
};

const german: CardWords = {
  number: 'Kartennummer',
  expiry: 'Ablaufdatum',
  expiryPattern: 'MM / JJ',
  cvc: 'Sicherheitscode',
  incompleteNumber: 'Die Kartennummer ist unvollständig.',
  invalidNumber: 'Die Kartennummer ist ungültig.',
  incompleteExpiry: 'Das Ablaufdatum der Karte ist unvollständig.',
  invalidExpiry: 'Das Ablaufdatum der Karte ist ungültig.',
  pastExpiry: 'Das Ablaufjahr der Karte liegt in der Vergangenheit.',
  incompleteCvc: 'Der Sicherheitscode der Karte ist unvollständig.',
};

/** What the fields say in a locale, of all that Stripe has in these two: https://docs.stripe.com/js/appendix/supported_locales */
export const cardWords = (locale: string | undefined): CardWords => (locale === 'de' ? german : english);

/** `auto`, as without any, is the browser's. */
export const localeOf = (asked = 'auto'): string => (asked === 'auto' ? (navigator.language.split('-')[0] ?? 'en') : asked);
