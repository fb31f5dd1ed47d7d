import { wordsOf } from './words';

type Clause = Readonly<Record<string, unknown>>;

export interface OrderSearch {
  readonly q: string;
  readonly limit: number;
  /** Whose orders alone are looked through. @default everybody's */
  readonly customerId?: string;
  readonly status?: string;
  /** Whether the gate's own are among them. */
  readonly synthetic: boolean;
}

const OF_GOODS = ['products^2'];
const OF_PEOPLE = ['recipient', 'email.words'];

/**
 * The body of `_search` for a page of orders, newest first.
 * @param after sort values of the last hit of the page before
 */
export function orderSearch({ q, limit, customerId, status, synthetic }: OrderSearch, after?: readonly unknown[]): Clause {
  const filter: Clause[] = [];
  if (customerId !== undefined) filter.push({ term: { customerId } });
  if (status !== undefined) filter.push({ term: { status } });
  if (!synthetic) filter.push({ term: { synthetic: false } });
  return {
    size: limit + 1,
    query: { bool: { filter: [...filter, ...matching(q, customerId === undefined)] } },
    sort: [{ createdAt: 'desc' }, { orderId: 'asc' }],
    track_total_hits: 10_000,
    ...(after && { search_after: after }),
  };
}

/** A number is typed from its beginning, or pasted whole; words are of the goods, and for operators of the person. */
function matching(q: string, ofPeople: boolean): Clause[] {
  const typed = q.trim();
  if (typed === '') return [];
  const whole = ofPeople ? ['trackingNumber', 'email'].map((field): Clause => ({ term: { [field]: typed } })) : [];
  const words: Clause = { multi_match: { query: wordsOf(typed), fields: ofPeople ? [...OF_GOODS, ...OF_PEOPLE] : OF_GOODS, type: 'cross_fields', operator: 'and' } };
  return [{ bool: { should: [{ prefix: { orderId: typed.toLowerCase() } }, ...whole, words], minimum_should_match: 1 } }];
}
