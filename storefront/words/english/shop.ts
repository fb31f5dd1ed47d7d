import { LOCALES } from '../../../contracts/language';
import { counting } from '../formats';

const counted = counting(LOCALES.en);

/** What stands around every page, and what several of them say. */
export const shop = {
  /** Of the switch between languages. */
  language: 'Language',
  languageMissing: (language: string) => `${language} cannot be loaded just now, so the shop stays in English. Loading the page again tries once more.`,
  loadAgain: 'Load the page again',
  basket: 'Basket',
  basketOf: (pieces: number) => (pieces > 0 ? `Basket (${pieces})` : 'Basket'),
  yourShopping: 'Your shopping',
  yourOrders: 'Your orders',
  yourAccount: 'Your account',
  operators: 'Operators',
  signIn: 'Sign in',
  signUp: 'Sign up',
  signOut: 'Sign out',
  signInAgain: 'Sign in again',
  signInFirst: 'Sign in to see them.',
  signInFailed: (reason: string) => `Signing in did not work (${reason}). Try again.`,
  pricesAre: 'Prices are in euros, before shipping and tax; the total shows both before you order.',
  noSuchPage: 'There is no such page',
  backToShop: 'Back to the shop',
  loading: 'Loading …',
  tryAgain: 'Try again',
  showMore: 'Show more',
  optional: '(optional)',
  cannotBeOpened: 'The shop cannot be opened just now. Load the page again in a moment.',
};

/** The shop window and its products. */
export const catalogue = {
  title: 'Everyday things, well made',
  categories: 'Categories',
  everything: 'Everything',
  sortAndNarrow: 'Sort and narrow',
  nothingHere: 'There is nothing here at present. Have a look at the other categories.',
  /** The heading where there is no product to name. */
  product: 'A product',
  soldOut: 'Sold out',
  inStock: 'In stock',
  onlyLeft: (pieces: number) => `Only ${pieces} left`,
  quantityOf: (name: string) => `Quantity of ${name}`,
  addToBasket: 'Add to basket',
  addThisToBasket: (name: string) => `Add to basket: ${name}`,
  inYourBasket: (pieces: number) => `${pieces} in your basket`,
  basketHolds: (most: number) => `A basket holds ${most} different products.`,
};

/** Products that are recommended, and why. */
export const recommendations = {
  title: 'You may like',
  popular: 'Popular now',
  byWhatYouLookedAt: 'Chosen by what you looked at',
  lookedAtTogetherWith: (name: string) => `Often looked at together with ${name}`,
  becauseYouLookedAt: (name: string) => `Because you looked at ${name}`,
};

export const search = {
  search: 'Search',
  searchTheShop: 'Search the shop',
  suggestions: 'Suggestions',
  suggestionsFound: (count: number) => counted(count, 'suggestion', 'suggestions'),
  resultsFor: (text: string) => `Results for “${text}”`,
  everything: 'Everything in the shop',
  whatWasFound: 'What was found',
  searching: 'Searching …',
  nothingFound: 'Nothing was found',
  found: (products: number) => counted(products, 'product', 'products'),
  foundOrMore: (products: number) => `${counted(products, 'product', 'products')} or more`,
  sortBy: 'Sort by',
  sorts: { relevance: 'Best match', 'price-asc': 'Price, lowest first', 'price-desc': 'Price, highest first', name: 'Name' },
  withoutFilters: 'Search without the filters',
  tryAnotherWord: 'Try another word, or a part of it. A typing mistake or two does not matter.',
  orLookAround: 'Or look around',
  away: 'Search is away just now. Everything else works: look around by category, or try again in a moment.',
  notSearchable: 'This cannot be searched for. Try other words, or look around by category.',
  filters: 'Filters',
  removeFilters: 'Remove all filters',
  category: 'Category',
  price: 'Price',
  maker: 'Maker',
  availability: 'Availability',
  priceFrom: (price: string) => `From ${price}`,
  priceUnder: (price: string) => `Under ${price}`,
  priceBetween: (from: string, to: string) => `${from} to ${to}`,
};
