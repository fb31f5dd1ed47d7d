import type { RecommendationId } from '../../contracts/recommendation';
import { fakePayment } from '../storefront/fakePayment';
import { products } from '../storefront/fakeProducts';
import { fakeShop } from '../storefront/fakeShop';
import { fakeSignIn } from '../storefront/fakeSignIn';

/** The pages of the shop that Lighthouse looks at, each with what a visitor's browser has stored. */
export const AUDITED_PAGES: readonly { readonly name: string; readonly path: string; readonly stored?: Readonly<Record<string, string>> }[] = [
  { name: 'home', path: '/' },
  { name: 'category', path: '/?category=Kitchen' },
  { name: 'product', path: '/products/walnut-board' },
  { name: 'cart', path: '/basket', stored: { 'shop.basket': JSON.stringify([{ productId: 'walnut-board', quantity: 1 }, { productId: 'linen-apron', quantity: 2 }]) } },
];

/** A made-up shop that has something to recommend. @param folder of the built pages */
export async function auditedShop(folder: string): Promise<{ readonly url: URL; close(): Promise<void> }> {
  const [signIn, payment] = await Promise.all([fakeSignIn(), fakePayment()]);
  const shop = await fakeShop(folder, signIn, payment);
  shop.recommend = () => ({ recommendationId: 'r-1' as RecommendationId, source: 'popular', items: products.map((product) => ({ product })) });
  return {
    url: shop.server.url,
    close: async () => {
      await Promise.all([shop.server.close(), signIn.server.close(), payment.close()]);
    },
  };
}
