import type * as English from '../english/home';

export const home: typeof English.home = {
  forYou: 'Für Sie',
  popular: 'Beliebt',
  recentlySeen: 'Zuletzt angesehen',
  forgetThese: 'Vergessen',
  forgotten: 'Vergessen. Hier ist nichts mehr davon gespeichert, was Sie sich angesehen haben.',
  shelvesAway: 'Unser Angebot kann gerade nicht angezeigt werden',
  shelvesComeBack: 'Sobald es wieder geht, erscheint es von selbst.',
  all: (products) => `Alle ${products}`,
  inCategory: (category) => `aus ${category}`,
};

export const delivery: typeof English.delivery = {
  title: 'Versand',
  freeFrom: (countries, price) => `${countries}. Kostenlos ab ${price} Warenwert.`,
  beforeTax: 'Zuzüglich Mehrwertsteuer. Den Gesamtbetrag sehen Sie im Warenkorb, bevor Sie bestellen.',
};
