import { v4, v7 } from 'uuid';

/** What visitors do, as browsers tell it: `each` clicks of every one of `visitors`. */
export function visits(visitors: number, each: number): object[] {
  return Array.from({ length: visitors }, () => {
    const session = { anonymousId: v4(), sessionId: v4() };
    return Array.from({ length: each }, (_, index) => ({
      eventId: v7(),
      type: index % 5 === 0 ? 'AddToCart' : 'View',
      eventTime: new Date().toISOString(),
      ...session,
      page: '/products/stoneware-mug-sage',
      productId: 'stoneware-mug-sage',
      quantity: 1,
      price: { amount: 1_999, currency: 'EUR' },
      synthetic: true,
    }));
  }).flat();
}
