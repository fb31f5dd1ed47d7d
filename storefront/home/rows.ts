import type { Recommendations } from '../../contracts/recommendation';

export type RowName = 'forYou' | 'popular';

/** An answer by what was asked; undefined until it is there, null where there is none. */
export type Answers = Readonly<Record<RowName, Recommendations | null | undefined>>;

export interface Row {
  readonly name: RowName;
  readonly of: Recommendations;
}

/** As many as stand in a row of the widest page. */
const MOST = 6;

/**
 * Rows of products in this order, each product in the first of them that has it, and none that is shown `elsewhere`.
 * What the shop knows nothing better for than what is popular is not for anybody in particular: then there is one row.
 */
export function rowsOf(order: readonly RowName[], { forYou, popular }: Answers, elsewhere: readonly string[]): Row[] {
  const isOwn = forYou?.source !== 'popular';
  const answers: Answers = { forYou: isOwn ? forYou : null, popular: popular === null && !isOwn ? forYou : popular };
  const shown = new Set(elsewhere);
  return order.flatMap((name) => {
    const answer = answers[name];
    if (!answer) return [];
    const items = answer.items.filter(({ product }) => !shown.has(product.productId)).slice(0, MOST);
    for (const { product } of items) shown.add(product.productId);
    return items.length > 0 ? [{ name, of: { ...answer, items } }] : [];
  });
}
