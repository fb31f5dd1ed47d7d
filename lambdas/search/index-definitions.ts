import { createHash } from 'node:crypto';

export interface IndexDefinition {
  /** What readers and writers name; it stands for the newest version that is complete. */
  readonly alias: string;
  readonly body: { readonly settings: object; readonly mappings: object };
}

const settings = {
  number_of_shards: 1,
  // None on a domain of one node, which would stay yellow otherwise.
  auto_expand_replicas: '0-1',
  // A tombstone is forgotten after this time (by default 60 s), and then an older write would bring the document back:
  // longer than the stream's records are retried. https://docs.opensearch.org/latest/api-reference/document-apis/delete-document/
  'index.gc_deletes': '24h',
  analysis: { normalizer: { folded: { type: 'custom', filter: ['lowercase', 'asciifolding'] } }, analyzer: { folded: { type: 'custom', tokenizer: 'standard', filter: ['lowercase', 'asciifolding'] } } },
};
const text = { type: 'text', analyzer: 'folded' };
const money = { properties: { amount: { type: 'long' }, currency: { type: 'keyword' } } };
const kept = { type: 'keyword', index: false, doc_values: false };

export const PRODUCTS_INDEX: IndexDefinition = {
  alias: 'products',
  body: {
    settings,
    mappings: {
      // Not strict: a release writes new members while the index before it serves.
      dynamic: false,
      properties: {
        productId: { type: 'keyword' },
        name: { ...text, fields: { sort: { type: 'keyword', normalizer: 'folded' }, typed: { type: 'search_as_you_type', analyzer: 'folded' } } },
        description: text,
        category: { type: 'keyword' },
        vendor: { type: 'keyword', fields: { text } },
        price: money,
        image: kept,
        inStock: { type: 'boolean' },
        active: { type: 'boolean' },
        version: { type: 'long' },
      },
    },
  },
};

export const ORDERS_INDEX: IndexDefinition = {
  alias: 'orders',
  body: {
    settings,
    mappings: {
      dynamic: false,
      properties: {
        orderId: { type: 'keyword' },
        customerId: { type: 'keyword' },
        status: { type: 'keyword' },
        products: text,
        itemCount: { type: 'integer' },
        total: money,
        recipient: text,
        email: { type: 'keyword', normalizer: 'folded', fields: { words: text } },
        trackingNumber: { type: 'keyword' },
        createdAt: { type: 'date' },
        synthetic: { type: 'boolean' },
        version: { type: 'long' },
      },
    },
  },
};

/** `products-<hash>`: another mapping is another index. One that is built again is `products-<hash>-2`. */
const baseName = ({ alias, body }: IndexDefinition): string => `${alias}-${createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 12)}`;

/** Whether an index has the mapping of this definition. */
export const isOf = (definition: IndexDefinition, index: string): boolean => `${index}-`.startsWith(`${baseName(definition)}-`);

/** The name of the index that takes the place of one, if any. */
export function nextName(definition: IndexDefinition, serving?: string): string {
  const base = baseName(definition);
  return serving === undefined || !isOf(definition, serving) ? base : `${base}-${Number(serving.slice(base.length + 1) || 1) + 1}`;
}
