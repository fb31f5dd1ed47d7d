import { euros } from '../../../contracts/money';
import { SHIPPING_COUNTRIES } from '../../../contracts/quote';
import { stockWords } from '../../../storefront/stockWords';
import { english } from '../../../storefront/words/english';
import { counting } from '../../../storefront/words/formats';
import { german } from '../../../storefront/words/german';

/** As a reader sees it: the space that keeps a number and its unit together is a space. */
const seen = (text: string): string => text.replaceAll(/[\u00A0\u202F]/g, ' ');

test('a price shows its currency and its minor units, as the language writes them', () => {
  expect([1999, 0, 123_456_00].map((amount) => english.price(euros(amount)))).toEqual(['€19.99', '€0.00', '€123,456.00']);
  expect([6652, 0, 123_456_00].map((amount) => seen(german.price(euros(amount))))).toEqual(['66,52 €', '0,00 €', '123.456,00 €']);
  expect(german.wholeUnits(euros(1999))).toBe(19.99);
});

test('dates and percentages are written as the language does', () => {
  const at = new Date(2026, 10, 28, 14, 5).toISOString();
  expect(seen(english.date(at))).toBe('28 Nov 2026, 14:05');
  expect(seen(german.date(at))).toBe('28.11.2026, 14:05');
  expect([english.percent(810), german.percent(810), german.percent(1900)]).toEqual(['8.1 %', '8,1 %', '19 %']);
});

test.each([
  { language: english, first: { code: 'AT', name: 'Austria' } },
  { language: german, first: { code: 'BE', name: 'Belgien' } },
])('every country of the contract can be chosen by its name in $language.code', ({ language, first }) => {
  const countries = language.shippingCountries();
  expect(countries.map(({ code }) => code).toSorted()).toEqual([...SHIPPING_COUNTRIES].toSorted());
  expect(countries[0]).toEqual(first);
  expect(countries.at(-1)).toEqual(language.code === 'de' ? { code: 'GB', name: 'Vereinigtes Königreich' } : { code: 'GB', name: 'United Kingdom' });
});

test('stock is said in words, with a number once it runs short', () => {
  expect([0, 5, 6].map((pieces) => stockWords(pieces, english.words))).toEqual(['Sold out', 'Only 5 left', 'In stock']);
  expect([0, 5, 6].map((pieces) => stockWords(pieces, german.words))).toEqual(['Ausverkauft', 'Nur noch 5 Stück', 'Auf Lager']);
});

test('a word is in the form that its number asks for', () => {
  expect([0, 1, 2, 1204].map((count) => counting('en-IE')(count, 'product', 'products'))).toEqual(['0 products', '1 product', '2 products', '1,204 products']);
  expect([0, 1, 2, 1204].map((count) => german.words.search.found(count))).toEqual(['0 Produkte', '1 Produkt', '2 Produkte', '1.204 Produkte']);
});
