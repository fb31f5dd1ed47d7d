import { MAX_SEARCH_TEXT as OF_CONTRACT, SEARCH_SORTS, SearchQuery } from '../../../contracts/search';
import { addressOf, askedIn, isNarrowed, MAX_SEARCH_TEXT, searchText, SORTS, widened } from '../../../storefront/search/asked';

const opened = (address: string) => askedIn(new URL(address, 'https://shop').searchParams);

test.each([
  '/search',
  '/search?q=board',
  '/search?q=%C3%84pfel+%26+%22Birnen%22+%F0%9F%8D%90&category=Coffee+%26+tea&vendor=Halvorsen+%26+Daughters',
  '/search?q=board&minPrice=2000&maxPrice=4999&inStock=true&sort=price-asc',
])('%s is opened as it was left', (address) => {
  expect(addressOf(opened(address))).toBe(address);
  expect(SearchQuery.safeParse(Object.fromEntries(new URL(address, 'https://shop').searchParams)).success).toBe(true);
});

test('whatever an address says, the shop is asked what its contract takes', () => {
  const asked = opened(`/search?q=${'x'.repeat(10_000)}&minPrice=cheap&maxPrice=-1&inStock=false&sort=magic&evil=1`);
  expect(asked).toEqual({ q: 'x'.repeat(200) });
  expect(addressOf(opened('/search?q=%20%20&category=&sort=relevance'))).toBe('/search');
});

test('the filters can be taken away, the words and the order stay', () => {
  const narrow = opened('/search?q=board&category=Kitchen&minPrice=100&sort=name');
  expect(isNarrowed(narrow)).toBe(true);
  expect(addressOf(widened(narrow))).toBe('/search?q=board&sort=name');
  expect(isNarrowed(widened(narrow))).toBe(false);
});

test('limits and orders are those of the contract', () => {
  expect(MAX_SEARCH_TEXT).toBe(OF_CONTRACT);
  expect(Object.keys(SORTS)).toEqual([...SEARCH_SORTS]);
  expect(searchText(`  ${'x '.repeat(200)}`)).toHaveLength(199);
});
