import { LOCALES } from '../../../contracts/language';
import type * as English from '../english/shop';
import { counting } from '../formats';

const counted = counting(LOCALES.de);

export const shop: typeof English.shop = {
  language: 'Sprache',
  languageMissing: (language) => `${language} kann gerade nicht geladen werden, deshalb bleibt der Shop auf Deutsch. Wird die Seite neu geladen, versuchen wir es noch einmal.`,
  loadAgain: 'Seite neu laden',
  basket: 'Warenkorb',
  basketOf: (pieces) => (pieces > 0 ? `Warenkorb (${pieces})` : 'Warenkorb'),
  yourShopping: 'Ihr Einkauf',
  yourOrders: 'Ihre Bestellungen',
  yourAccount: 'Ihr Konto',
  operators: 'Verwaltung',
  signIn: 'Anmelden',
  signUp: 'Registrieren',
  signOut: 'Abmelden',
  signInAgain: 'Erneut anmelden',
  signInFirst: 'Bitte melden Sie sich dafür an.',
  signInFailed: (reason) => `Die Anmeldung hat nicht geklappt (${reason}). Bitte versuchen Sie es noch einmal.`,
  pricesAre: 'Preise in Euro, zuzüglich Versand und Mehrwertsteuer. Den Gesamtbetrag sehen Sie, bevor Sie bestellen.',
  noSuchPage: 'Diese Seite gibt es nicht',
  backToShop: 'Zurück zum Shop',
  loading: 'Wird geladen …',
  tryAgain: 'Noch einmal versuchen',
  showMore: 'Mehr anzeigen',
  optional: '(optional)',
  cannotBeOpened: 'Der Shop ist gerade nicht erreichbar. Bitte laden Sie die Seite gleich noch einmal.',
};

export const catalogue: typeof English.catalogue = {
  title: 'Schönes für jeden Tag',
  categories: 'Kategorien',
  everything: 'Alles',
  sortAndNarrow: 'Sortieren und filtern',
  nothingHere: 'Hier gibt es zurzeit nichts. Schauen Sie gern in die anderen Kategorien.',
  product: 'Produkt',
  soldOut: 'Ausverkauft',
  inStock: 'Auf Lager',
  onlyLeft: (pieces) => `Nur noch ${pieces} Stück`,
  quantityOf: (name) => `Menge: ${name}`,
  addToBasket: 'In den Warenkorb',
  addThisToBasket: (name) => `In den Warenkorb: ${name}`,
  inYourBasket: (pieces) => `${pieces} in Ihrem Warenkorb`,
  basketHolds: (most) => `In einen Warenkorb passen ${most} verschiedene Produkte.`,
};

export const recommendations: typeof English.recommendations = {
  title: 'Das könnte Ihnen gefallen',
  popular: 'Gerade beliebt',
  byWhatYouLookedAt: 'Passend zu dem, was Sie sich angesehen haben',
  lookedAtTogetherWith: (name) => `Oft zusammen angesehen mit „${name}“`,
  becauseYouLookedAt: (name) => `Weil Sie sich „${name}“ angesehen haben`,
};

export const search: typeof English.search = {
  search: 'Suchen',
  searchTheShop: 'Im Shop suchen',
  suggestions: 'Vorschläge',
  suggestionsFound: (count) => counted(count, 'Vorschlag', 'Vorschläge'),
  resultsFor: (text) => `Ergebnisse für „${text}“`,
  everything: 'Alles im Shop',
  whatWasFound: 'Suchergebnisse',
  searching: 'Suche läuft …',
  nothingFound: 'Nichts gefunden',
  found: (products) => counted(products, 'Produkt', 'Produkte'),
  foundOrMore: (products) => `${counted(products, 'Produkt', 'Produkte')} oder mehr`,
  sortBy: 'Sortieren nach',
  sorts: { relevance: 'Beste Treffer', 'price-asc': 'Preis aufsteigend', 'price-desc': 'Preis absteigend', name: 'Name' },
  withoutFilters: 'Ohne Filter suchen',
  tryAnotherWord: 'Versuchen Sie es mit einem anderen Wort oder einem Teil davon. Ein, zwei Tippfehler machen nichts.',
  orLookAround: 'Oder stöbern Sie ein wenig',
  away: 'Die Suche ist gerade nicht verfügbar. Alles andere funktioniert: Stöbern Sie in den Kategorien oder versuchen Sie es gleich noch einmal.',
  notSearchable: 'Danach kann nicht gesucht werden. Versuchen Sie es mit anderen Worten oder stöbern Sie in den Kategorien.',
  filters: 'Filter',
  removeFilters: 'Alle Filter entfernen',
  category: 'Kategorie',
  price: 'Preis',
  maker: 'Hersteller',
  availability: 'Verfügbarkeit',
  priceFrom: (price) => `Ab ${price}`,
  priceUnder: (price) => `Unter ${price}`,
  priceBetween: (from, to) => `${from} bis ${to}`,
};
