export const deliveryWords = {
  title: 'Delivery',
  /** @param countries by their names, as a list */
  freeFrom: (countries: string, price: string) => `${countries}. Free for orders from ${price}.`,
  beforeTax: 'Before tax. Your basket shows the total before you order.',
};
