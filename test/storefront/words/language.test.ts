import { languageCode, languageOf } from '../../../storefront/words/language';

test('the language is the one that was chosen, whatever the browser speaks', () => {
  expect(languageCode('de', ['en-IE'])).toBe('de');
  expect(languageCode('en', ['de-DE'])).toBe('en');
});

test.each([
  [['de-AT', 'en'], 'de'],
  [['DE'], 'de'],
  [['fr-FR', 'de-CH', 'en'], 'de'],
  [['fr-FR', 'en-US', 'de'], 'en'],
  [['den', 'fr'], 'en'],
  [[], 'en'],
])('of a browser that speaks %j, the shop speaks %s', (browser, code) => {
  expect(languageCode(null, browser)).toBe(code);
});

test('a language comes with its words and its formats', async () => {
  expect((await languageOf('en')).words.shop.basket).toBe('Basket');
  expect((await languageOf('de')).words.shop.basket).toBe('Warenkorb');
});
