/** Rows and shelves of the front page. */
export const home = {
  forYou: 'For you',
  popular: 'Popular',
  recentlySeen: 'Recently seen',
  forgetThese: 'Forget these',
  forgotten: 'Forgotten. Nothing is kept here of what you looked at.',
  shelvesAway: 'Our shelves cannot be shown just now',
  shelvesComeBack: 'They come back by themselves as soon as they can.',
  all: (products: number) => `All ${products}`,
  /** Goes on with the above, for whoever does not see what it stands beside. */
  inCategory: (category: string) => `in ${category}`,
};

export const delivery = {
  title: 'Delivery',
  /** @param countries by their names, as a list */
  freeFrom: (countries: string, price: string) => `${countries}. Free for orders from ${price}.`,
  beforeTax: 'Before tax. Your basket shows the total before you order.',
};
