/** What the shop says where there is no connection, where an answer takes long, or where there is no room to keep anything. */
export const offline = {
  notice: 'You are offline. What you have looked at is still here, and your basket is kept.',
  unsaved: 'Your browser keeps nothing for this shop. Your basket lasts until you close or reload this page.',
  /** Why something cannot be done just now. */
  notNow: {
    signIn: 'Signing in needs a connection. Try again once you are back online.',
    signInAway: 'Signing in does not work just now: its pages do not answer, or your browser keeps nothing for this shop. Try again in a moment.',
  },
  refusal: 'You are offline, and this needs a connection. Your basket is kept; try again once you are back online.',
  takesLong: 'This takes longer than usual. We keep trying.',
};
