/** The basket, and the way from it to the order. */
export const basket = {
  title: 'Your basket',
  empty: 'Your basket is empty',
  lookAround: 'Look around the shop',
  noLongerSold: 'No longer sold. Remove it to go on.',
  priceChanged: (now: string, before: string) => `Now ${now}, was ${before} when you added it.`,
  remove: 'Remove',
  removeThis: (name: string) => `Remove ${name}`,
  showTotal: 'Show the total',
};

export const offer = {
  title: 'The total',
  whatItCosts: 'What the basket costs',
  keptUntil: (date: string) => `We keep these prices until ${date}.`,
  /** Above what has changed, each with both prices. */
  pricesChanged: 'Since you filled your basket, prices have changed:',
  toOrder: 'To order, sign in or make an account. Your basket stays as it is.',
  signInToOrder: 'Sign in to order',
  makeAccount: 'Make an account',
};

export const totals = {
  product: 'Product',
  quantity: 'Quantity',
  price: 'Price',
  goods: 'Goods',
  shipping: 'Shipping',
  tax: (percent: string) => `Tax, ${percent}`,
  total: 'Total',
};

/** Its fields are named in problems.ts. */
export const address = {
  title: 'Where shall we ship to?',
  choose: 'Choose …',
};

export const payment = {
  payment: 'Payment',
  title: 'How do you want to pay?',
  loading: 'The form for your card is being loaded …',
  missing:
    'The form for your card cannot be loaded, so you cannot order just now. Check your connection, and whether something in your browser blocks Stripe, who takes the payment for us.',
  notChecked: 'Your card could not be checked. Nothing was ordered. Try again in a moment.',
  orderFor: (price: string) => `Order for ${price}`,
  whenCharged: 'Your bank reserves the amount now. Your card is charged once our carrier has taken on your order.',
};

export const placing = {
  title: 'Placing your order',
  oneMoment: 'One moment …',
};
