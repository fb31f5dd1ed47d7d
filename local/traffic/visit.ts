import { randomUUID } from 'node:crypto';
import pRetry from 'p-retry';
import type { ProductId } from '../../contracts/ids';
import { isWorkedOn } from '../../contracts/order-status';
import type { Order } from '../../contracts/order';
import type { Product } from '../../contracts/product';
import { MAX_QUANTITY, type Quote } from '../../contracts/quote';
import type { Recommendations } from '../../contracts/recommendation';
import { Away, Refused } from './answers';
import type { Card } from './cards';
import type { Catalogue } from './catalogue';
import type { Person } from './people';
import type { Random } from './random';
import { searchTextFor } from './searchTexts';
import type { Tab } from './tab';

/**
 * How many of those who could do go on to the next thing. One visit in four ends with an order, where a shop on the
 * internet has one in fifty: there are few shoppers here, and something is to be seen.
 */
const HABITS = {
  looksFurther: 0.7,
  followsRecommendation: 0.3,
  searches: 0.3,
  waitsForSuggestions: 0.5,
  opensCategory: 0.4,
  scrollsToRecommendations: 0.7,
  addsToBasket: 0.3,
  opensBasket: 0.85,
  changesQuantity: 0.25,
  asksForTotal: 0.75,
  pays: 0.8,
  cardFails: 0.08,
  cancels: 0.05,
};
/** Median seconds: a glance at a list, a product's description, a form. */
const TAKES = { glance: 3, reading: 6, form: 12 };
/** How many recommendations fit in the window. */
const IN_VIEW = 4;
const LOOKS_AT_ORDER = 3;

export interface VisitProps {
  readonly tab: Tab;
  readonly person: Person;
  readonly catalogue: Catalogue;
  readonly random: Random;
  /** Takes about so many seconds. */
  readonly think: (medianSeconds: number) => Promise<void>;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** One walk through the shop, page by page: somebody looks around, fills a basket perhaps, and perhaps orders. */
export class Visit {
  readonly #basket = new Map<ProductId, { quantity: number; product: Product }>();
  #page = '/';
  /** What this page recommends, and what of it was in view. */
  #recommended: Recommendations | undefined;
  #seen: readonly ProductId[] = [];

  constructor(private readonly props: VisitProps) {}

  /** @throws Away, Refused when the shop breaks it off */
  async walk(): Promise<void> {
    const { random, think } = this.props;
    await this.#openShopWindow();
    do {
      const productId = await this.#choose();
      if (productId !== undefined) await this.#lookAt(productId);
      await think(TAKES.glance);
    } while (random.chance(HABITS.looksFurther));
    if (this.#basket.size > 0 && random.chance(HABITS.opensBasket)) await this.#openBasket();
  }

  async #openShopWindow(): Promise<void> {
    const { tab, catalogue, think } = this.props;
    await Promise.all([catalogue.refresh(tab), tab.call('listCategories'), tab.call('listProducts'), this.#recommend()]);
    await think(TAKES.glance);
    this.#seeRecommended();
  }

  /** What they look at next: something recommended, found, or picked from the list. */
  async #choose(): Promise<ProductId | undefined> {
    const { tab, person, catalogue, random, think } = this.props;
    const recommended = random.pick(this.#seen);
    if (this.#recommended && recommended !== undefined && random.chance(HABITS.followsRecommendation)) {
      tab.record(this.#page, { type: 'RecommendationClicked', recommendationId: this.#recommended.recommendationId, productId: recommended });
      return recommended;
    }
    if (tab.hasSearch && random.chance(HABITS.searches)) return this.#search();
    const category = catalogue.tastes.favouriteCategory(person.favourite);
    if (category === undefined || !random.chance(HABITS.opensCategory)) return catalogue.tastes.wish(person.favourite, random)?.productId;
    this.#goTo('/');
    const { products } = await tab.call('listProducts', { query: { category } });
    await think(TAKES.glance);
    return catalogue.tastes.among(products, person.favourite, random)?.productId;
  }

  async #search(): Promise<ProductId | undefined> {
    const { tab, person, catalogue, random, think } = this.props;
    const wish = catalogue.tastes.wish(person.favourite, random);
    const searchText = searchTextFor(catalogue.nameOf(wish?.productId ?? ''), random);
    if (searchText === '') return undefined;
    this.#goTo('/search');
    try {
      if (random.chance(HABITS.waitsForSuggestions)) await tab.call('suggestProducts', { query: { q: searchText.slice(0, 4) } });
      const { products, total } = await tab.call('searchProducts', { query: { q: searchText } });
      tab.record(this.#page, { type: 'Search', searchText, resultCount: total });
      await think(TAKES.glance);
      // Whoever finds what they had in mind takes it; others begin at the top.
      return products.find(({ productId }) => productId === wish?.productId)?.productId ?? random.weighted(products, (_, place) => 1 / (place + 1))?.productId;
    } catch (error) {
      // Everything else can be bought as always.
      if (!(error instanceof Away)) throw error;
      tab.record(this.#page, { type: 'Search', searchText });
      return undefined;
    }
  }

  async #lookAt(productId: ProductId): Promise<void> {
    const { tab, catalogue, random, think } = this.props;
    this.#goTo(`/products/${productId}`);
    const [product] = await Promise.all([unlessGone(tab.call('getProduct', { pathParameters: { productId } })), this.#recommend(productId)]);
    if (!product) return;
    tab.record(this.#page, { type: 'View', productId, price: product.price });
    await think(TAKES.reading);
    const inBasket = this.#basket.get(productId)?.quantity ?? 0;
    const most = Math.min(MAX_QUANTITY, product.stock);
    if (catalogue.isBought(productId) && inBasket < most && random.chance(HABITS.addsToBasket)) {
      const quantity = Math.min(most, inBasket + howMany(random));
      this.#basket.set(productId, { quantity, product });
      tab.record(this.#page, { type: 'AddToCart', productId, quantity: quantity - inBasket, price: product.price });
      await think(TAKES.glance);
    }
    if (random.chance(HABITS.scrollsToRecommendations)) this.#seeRecommended();
  }

  async #openBasket(): Promise<void> {
    const { tab, person, random, think } = this.props;
    this.#goTo('/basket');
    tab.record(this.#page, { type: 'ViewCart' });
    await think(TAKES.glance);
    if (random.chance(HABITS.changesQuantity)) this.#changeQuantity();
    if (this.#basket.size === 0 || !random.chance(HABITS.asksForTotal)) return;
    await think(TAKES.form);
    const lines = [...this.#basket].map(([productId, { quantity }]) => ({ productId, quantity }));
    const quote = await tab.call('createQuote', { body: { lines, shippingCountry: person.address.country } });
    tab.record(this.#page, { type: 'StartCheckout', price: quote.total });
    await think(TAKES.glance);
    if (random.chance(HABITS.pays)) await this.#pay(quote);
  }

  /** Of some line one more or one less; of none is not to buy it after all. */
  #changeQuantity(): void {
    const { tab, random } = this.props;
    const [productId, line] = random.pick([...this.#basket]) ?? [];
    if (productId === undefined || line === undefined) return;
    const quantity = random.chance(0.5) && line.quantity < Math.min(MAX_QUANTITY, line.product.stock) ? line.quantity + 1 : line.quantity - 1;
    if (quantity === 0) this.#basket.delete(productId);
    else this.#basket.set(productId, { ...line, quantity });
    tab.record(this.#page, { type: 'UpdateQuantity', productId, quantity, price: line.product.price });
  }

  async #pay({ quoteId }: Quote): Promise<void> {
    const { tab, random, think, signal } = this.props;
    await tab.signIn();
    await think(TAKES.form);
    const failing: Card = random.chance(0.5) ? 'isDeclined' : 'lacksFunds';
    const paymentMethod = await tab.typeIn(random.chance(HABITS.cardFails) ? failing : 'pays');
    const idempotencyKey = randomUUID();
    // A lost answer costs nobody a second order.
    const order = await pRetry(() => tab.order({ quoteId, paymentMethod }, idempotencyKey), { retries: 5, minTimeout: 1_000, signal, shouldRetry: ({ error }) => error instanceof Away });
    this.#goTo(`/orders/${order.orderId}`);
    for (const { productId, quantity, unitPrice } of order.lines) tab.record(this.#page, { type: 'Purchase', orderId: order.orderId, productId, quantity, price: unitPrice });
    await this.#follow(order);
  }

  /** Stays on the order's page for a while; some change their mind there. */
  async #follow({ orderId }: Order): Promise<void> {
    const { tab, random, think } = this.props;
    const changesMind = random.chance(HABITS.cancels);
    for (let look = 0; look < LOOKS_AT_ORDER; look++) {
      // A page looks again some seconds after it has looked.
      // oxlint-disable-next-line no-await-in-loop
      await think(TAKES.glance);
      // oxlint-disable-next-line no-await-in-loop
      const { status } = await tab.call('getOrder', { pathParameters: { orderId } });
      if (!isWorkedOn(status)) break;
    }
    // Declined meanwhile, or with the carrier: then there is nothing left to cancel.
    if (changesMind) await unlessGone(tab.call('cancelOrder', { pathParameters: { orderId }, body: { reason: 'I changed my mind' } }));
  }

  /** What the page shows below; no page waits for it or fails without it. */
  async #recommend(productId?: ProductId): Promise<void> {
    const { tab, person } = this.props;
    try {
      const answer = await tab.call('getRecommendations', { query: { anonymousId: person.anonymousId, ...(productId !== undefined && { productId }) } });
      this.#recommended = { ...answer, items: answer.items.filter(({ product }) => product.productId !== productId) };
    } catch (error) {
      if (!(error instanceof Away)) throw error;
    }
  }

  #seeRecommended(): void {
    if (!this.#recommended) return;
    const { recommendationId, items } = this.#recommended;
    this.#seen = items.slice(0, IN_VIEW).map(({ product }) => product.productId);
    for (const productId of this.#seen) this.props.tab.record(this.#page, { type: 'RecommendationShown', recommendationId, productId });
  }

  #goTo(page: string): void {
    this.#page = page;
    this.#recommended = undefined;
    this.#seen = [];
  }
}

const howMany = (random: Random): number => random.weighted([1, 2, 3, 4], (_, place) => [15, 4, 1, 1][place] ?? 0) ?? 1;

/** What was asked for, or undefined where the shop has it no longer. */
const unlessGone = <T>(asked: Promise<T>): Promise<T | undefined> =>
  asked.catch((error: unknown) => {
    if (error instanceof Refused) return undefined;
    throw error;
  });
