import type { Queries } from './query';

export interface SimilarItems {
  readonly productId: string;
  /** The most similar first. */
  readonly similar: readonly string[];
}

const DAYS = 30;
const MOST = 20;

/** Over a month, days on which more sessions had both count for more. */
const sql = (day: string): string => `
WITH month AS (
  SELECT product_id, similar_product_id, sum(score * sessions_together) / sum(sessions_together) AS score, sum(sessions_together) AS sessions_together
  FROM similar_items
  WHERE day > cast(date '${day}' - interval '${DAYS}' day AS varchar) AND day <= '${day}'
  GROUP BY product_id, similar_product_id
), placed AS (
  SELECT product_id, similar_product_id, row_number() OVER (PARTITION BY product_id ORDER BY score DESC, sessions_together DESC, similar_product_id) AS place
  FROM month
)
SELECT product_id, similar_product_id FROM placed WHERE place <= ${MOST} ORDER BY product_id, place`;

/** What goes with each product, by the sessions of a month that ends with `day`. */
export async function* similarItems(queries: Pick<Queries, 'pages'>, day: string): AsyncGenerator<SimilarItems, undefined> {
  let productId: string | undefined;
  let similar: string[] = [];
  for await (const page of queries.pages(sql(day))) {
    for (const { product_id: next, similar_product_id: other } of page) {
      if (next === null || next === undefined || other === null || other === undefined) continue;
      if (next !== productId) {
        if (productId !== undefined) yield { productId, similar };
        [productId, similar] = [next, []];
      }
      similar.push(other);
    }
  }
  if (productId !== undefined) yield { productId, similar };
  return undefined;
}
