import { Product } from '../../contracts/product';

export const euros = (amount: number) => ({ amount, currency: 'EUR' });

/** What the fake shop sells. */
export const products = [
  ['walnut-board', 'Walnut serving board', 'Kitchen', 4900, 12],
  ['linen-apron', 'Linen apron', 'Kitchen', 3850, 3],
  ['sencha', 'Sencha, first flush', 'Coffee & tea', 1450, 0],
].map(([productId, name, category, amount, stock]) =>
  Product.parse({
    productId,
    name,
    category,
    stock,
    price: euros(Number(amount)),
    description: 'Made by hand from a single piece, oiled twice, and meant to be used every day rather than looked at.',
    vendor: 'Halvorsen & Daughters',
    active: true,
    image: `/products/${String(productId)}.svg`,
    version: 1,
    updatedAt: '2026-11-01T08:00:00.000Z',
  }),
);
