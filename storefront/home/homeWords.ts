export const homeWords = {
  title: 'Everyday things, well made',
  forYou: 'For you',
  popular: 'Popular',
  recentlySeen: 'Recently seen',
  forgetThese: 'Forget these',
  forgotten: 'Forgotten. Nothing is kept here of what you looked at.',
  all: (products: number) => `All ${products}`,
  /** Goes on with the above, for whoever does not see what it stands beside. */
  inCategory: (category: string) => `in ${category}`,
  products: (count: number) => (count === 1 ? '1 product' : `${count} products`),
  sortAndNarrow: 'Sort and narrow',
};
