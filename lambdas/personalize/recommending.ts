import { randomUUID } from 'node:crypto';
import type { ProductId } from '../../contracts/ids';
import type { Product } from '../../contracts/product';
import { RecommendationId } from '../../contracts/recommendation';
import type { Recommendations, RecommendationsQuery, RecommendedProduct } from '../../contracts/recommendation';
import { logger } from '../shared/logger';
import type { Campaign, Personalized } from './campaign';
import type { InterestsTable, Weighed } from './interests-table';
import { popularLists, togetherList } from './lists';
import { visitorKeys } from './visitor';
import type { Visitor } from './visitor';

export interface RecommendingProps {
  readonly interests: Pick<InterestsTable, 'recent' | 'heaviest' | 'similar' | 'products'>;
  /** @default there is none, and nobody asks Personalize */
  readonly campaign?: Pick<Campaign, 'recommend'>;
  readonly now: () => Date;
  /** What an answer may take; what is not there by then is left out. @default 300 ms */
  readonly budgetMs?: number;
}

interface Candidate {
  readonly productId: ProductId;
  readonly because?: ProductId;
}

interface Similar {
  readonly recent: readonly ProductId[];
  /** Whether the visitor is one of the gate's. */
  readonly synthetic: boolean;
  readonly candidates: readonly Candidate[];
}

const BUDGET_MS = 300;
/** Of which the look at the products themselves has a third: nothing is shown that was not looked at. */
const FOR_PRODUCTS = 1 / 3;
/** For the sake of how many products others are recommended. */
const MOST_SEEDS = 3;
/** Candidates of each kind: some of them are sold out. */
const MOST_CANDIDATES = 36;
/** With the candidates and their reasons a hundred, which is what one look at the products takes. */
const MOST_PERSONALIZED = 24;
/** What everybody looks at changes little within this time, and is the same for all. */
const KEEP_POPULAR_MS = 5_000;

/**
 * Recommends what Personalize does where there is a campaign, then by the shop's own counts and the lake's sessions: what goes with the product looked at
 * and the visitor's last ones, then what is popular.
 */
export class Recommending {
  #popular: { readonly productIds: readonly ProductId[]; readonly at: number } = { productIds: [], at: 0 };

  constructor(private readonly props: RecommendingProps) {}

  /** Never rejects for want of something to recommend: the answer is shorter then, or empty. */
  async recommend({ productId, limit, only, ...visitor }: Omit<RecommendationsQuery, 'anonymousId'> & Visitor): Promise<Recommendations> {
    // What everybody likes is asked for by nobody in particular, and goes with no product.
    if (only === 'popular') return this.#recommend({}, undefined, limit);
    return this.#recommend(visitor, productId, limit);
  }

  async #recommend(asked: Visitor, productId: ProductId | undefined, limit: number): Promise<Recommendations> {
    const until = Date.now() + (this.props.budgetMs ?? BUDGET_MS);
    const first = Math.floor((until - Date.now()) * (1 - FOR_PRODUCTS));
    const [personalized, similar, popular] = await Promise.all([
      within(first, this.#personalized(asked, productId, AbortSignal.timeout(first)), undefined),
      within(first, this.#similar(asked, productId), { recent: [], synthetic: false, candidates: [] }),
      within(first, this.#mostPopular(), this.#popular.productIds),
    ]);
    // What Personalize has learnt from customers is not for the gate's shoppers.
    const byCampaign = similar.synthetic ? [] : (personalized?.productIds ?? []);
    const seen = new Set<ProductId>([...(productId === undefined ? [] : [productId]), ...similar.recent]);
    const candidates = unique([...byCampaign.map(plain), ...similar.candidates, ...popular.map(plain)]).filter((candidate) => !seen.has(candidate.productId));
    const asItIs = new Set(candidates.flatMap(({ productId: id, because }) => [id, ...(because === undefined ? [] : [because])]));
    const products = await within(until - Date.now(), this.props.interests.products([...asItIs]), new Map<ProductId, Product>());
    const items = candidates.flatMap((candidate) => shown(candidate, products)).slice(0, limit);
    if (personalized && items.some(({ product }) => byCampaign.includes(product.productId))) return { recommendationId: personalized.recommendationId, source: 'personalized', items };
    const source = items.some(({ because }) => because !== undefined) ? 'similar' : 'popular';
    return { recommendationId: RecommendationId.parse(randomUUID()), source, items };
  }

  /** Beside a product, more of its kind. */
  async #personalized({ userId, anonymousId }: Visitor, productId: ProductId | undefined, signal: AbortSignal): Promise<Personalized | undefined> {
    const { campaign, interests } = this.props;
    const user = userId ?? anonymousId;
    if (!campaign || user === undefined) return undefined;
    const category = productId && (await interests.products([productId])).get(productId)?.category;
    return campaign.recommend(user, { limit: MOST_PERSONALIZED, category, signal });
  }

  async #similar(visitor: Visitor, productId?: ProductId): Promise<Similar> {
    const { interests } = this.props;
    const rows = (await Promise.all(visitorKeys(visitor).map((key) => interests.recent(key)))).flat();
    const recent = rows.map(({ productId: id }) => id);
    const seeds = [...new Set([...(productId === undefined ? [] : [productId]), ...recent])].slice(0, MOST_SEEDS);
    const synthetic = rows.some((row) => row.synthetic);
    const named = seeds.flatMap((seed) => (synthetic ? [true, false] : [false]).map((ofGate) => ({ seed, list: togetherList(seed, ofGate) })));
    const counted = named.map(async ({ seed, list }) => (await interests.heaviest(list, MOST_CANDIDATES)).map((found): Candidate => ({ productId: found.productId, because: seed })));
    // A month of whole sessions knows better than the counts what goes together, and nothing of today.
    const ofMonth = seeds.map(async (seed) => (await interests.similar(seed)).map((productId): Candidate => ({ productId, because: seed })));
    return { recent, synthetic, candidates: unique(inTurn(await Promise.all([...counted, ...ofMonth]))).slice(0, MOST_CANDIDATES) };
  }

  async #mostPopular(): Promise<readonly ProductId[]> {
    const { interests, now } = this.props;
    const at = now().getTime();
    if (at - this.#popular.at < KEEP_POPULAR_MS && this.#popular.productIds.length > 0) return this.#popular.productIds;
    const lists = await Promise.all(popularLists(at).map((list) => interests.heaviest(list, MOST_CANDIDATES)));
    this.#popular = { productIds: heaviest(lists.flat()).slice(0, MOST_CANDIDATES), at };
    return this.#popular.productIds;
  }
}

function heaviest(weighed: readonly Weighed[]): ProductId[] {
  const sums = new Map<ProductId, number>();
  for (const { productId, weight } of weighed) sums.set(productId, (sums.get(productId) ?? 0) + weight);
  return [...sums].toSorted(([, one], [, other]) => other - one).map(([productId]) => productId);
}

const plain = (productId: ProductId): Candidate => ({ productId });

/** The first of each list, then the second of each: what was looked at last does not fill the answer alone. */
const inTurn = (lists: readonly (readonly Candidate[])[]): Candidate[] =>
  Array.from({ length: Math.max(0, ...lists.map(({ length }) => length)) }, (_, place) => lists.flatMap((list) => list[place] ?? [])).flat();

/** Each product where it stands first. */
function unique(candidates: readonly Candidate[]): Candidate[] {
  const first = new Map<ProductId, Candidate>();
  for (const candidate of candidates) if (!first.has(candidate.productId)) first.set(candidate.productId, candidate);
  return [...first.values()];
}

function shown({ productId, because }: Candidate, products: ReadonlyMap<ProductId, Product>): RecommendedProduct[] {
  const product = products.get(productId);
  if (!product?.active || product.stock === 0) return [];
  const reason = because === undefined ? undefined : products.get(because);
  return [{ product, ...(reason && { because: { productId: reason.productId, name: reason.name } }) }];
}

/** What `work` comes to, or something else when it fails or takes longer. */
async function within<T>(milliseconds: number, work: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('It took too long')), Math.max(0, milliseconds));
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    logger.warn('Recommended without it', error instanceof Error ? error : new Error(String(error)));
    return otherwise;
  } finally {
    clearTimeout(timer);
  }
}
