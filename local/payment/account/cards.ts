/** Why a card is declined: https://docs.stripe.com/declines/codes, messages as the API words them. */
export interface Decline {
  readonly code: string;
  readonly declineCode?: string;
  readonly message: string;
}

const DECLINES = {
  generic: { code: 'card_declined', declineCode: 'generic_decline', message: 'Your card was declined.' },
  insufficientFunds: { code: 'card_declined', declineCode: 'insufficient_funds', message: 'Your card has insufficient funds.' },
  lostCard: { code: 'card_declined', declineCode: 'lost_card', message: 'Your card was declined.' },
  stolenCard: { code: 'card_declined', declineCode: 'stolen_card', message: 'Your card was declined.' },
  velocity: {
    code: 'card_declined',
    declineCode: 'card_velocity_exceeded',
    message: 'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  },
  fraudulent: { code: 'card_declined', declineCode: 'fraudulent', message: 'Your card was declined.' },
  expired: { code: 'expired_card', message: 'Your card has expired.' },
  incorrectCvc: { code: 'incorrect_cvc', message: "Your card's security code is incorrect." },
  processingError: { code: 'processing_error', message: 'An error occurred while processing your card. Try again in a little bit.' },
} satisfies Record<string, Decline>;

export const AUTHENTICATION_REQUIRED: Decline = {
  code: 'authentication_required',
  declineCode: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
};

export const NOT_A_TEST_CARD: Decline = {
  code: 'card_declined',
  declineCode: 'test_mode_live_card',
  message: 'Your card was declined. Your request was in test mode, but used a non test (live) card. For a list of valid test cards, visit: https://stripe.com/docs/testing.',
};

/** A card of https://docs.stripe.com/testing and what happens to whoever pays with it. */
export interface TestCard {
  /** Stands for the card in API calls: `pm_card_visa`. */
  readonly paymentMethod: string;
  readonly number: string;
  readonly brand: 'visa' | 'mastercard' | 'amex';
  readonly funding: 'credit' | 'debit';
  readonly decline?: Decline;
  /** Refused by the fraud check before the bank is asked. */
  readonly blocked?: boolean;
  /** Pays only after its holder has passed the second factor. */
  readonly authentication?: boolean;
  readonly dispute?: 'fraudulent' | 'product_not_received';
  /** A refund stays pending for a while, or succeeds and fails afterwards. */
  readonly refund?: 'pending' | 'fails';
}

const visa = (paymentMethod: string, number: string, behaviour: Partial<TestCard> = {}): TestCard => ({ paymentMethod, number, brand: 'visa', funding: 'credit', ...behaviour });

export const TEST_CARDS: readonly TestCard[] = [
  visa('pm_card_visa', '4242424242424242'),
  visa('pm_card_visa_debit', '4000056655665556', { funding: 'debit' }),
  visa('pm_card_mastercard', '5555555555554444', { brand: 'mastercard' }),
  visa('pm_card_mastercard_debit', '5200828282828210', { brand: 'mastercard', funding: 'debit' }),
  visa('pm_card_amex', '378282246310005', { brand: 'amex' }),
  visa('pm_card_chargeDeclined', '4000000000000002', { decline: DECLINES.generic }),
  visa('pm_card_chargeDeclinedInsufficientFunds', '4000000000009995', { decline: DECLINES.insufficientFunds }),
  visa('pm_card_chargeDeclinedLostCard', '4000000000009987', { decline: DECLINES.lostCard }),
  visa('pm_card_chargeDeclinedStolenCard', '4000000000009979', { decline: DECLINES.stolenCard }),
  visa('pm_card_chargeDeclinedExpiredCard', '4000000000000069', { decline: DECLINES.expired }),
  visa('pm_card_chargeDeclinedIncorrectCvc', '4000000000000127', { decline: DECLINES.incorrectCvc }),
  visa('pm_card_chargeDeclinedProcessingError', '4000000000000119', { decline: DECLINES.processingError }),
  visa('pm_card_chargeDeclinedVelocityLimitExceeded', '4000000000006975', { decline: DECLINES.velocity }),
  visa('pm_card_chargeCustomerFail', '4000000000000341', { decline: DECLINES.generic }),
  visa('pm_card_radarBlock', '4100000000000019', { decline: DECLINES.fraudulent, blocked: true }),
  visa('pm_card_threeDSecure2Required', '4000000000003220', { authentication: true }),
  visa('pm_card_threeDSecureRequired', '4000000000003063', { authentication: true }),
  visa('pm_card_threeDSecureRequiredChargeDeclined', '4000008400001629', { authentication: true, decline: DECLINES.generic }),
  visa('pm_card_authenticationRequired', '4000002760003184', { authentication: true }),
  visa('pm_card_authenticationRequiredOnSetup', '4000002500003155', { authentication: true }),
  visa('pm_card_authenticationRequiredChargeDeclinedInsufficientFunds', '4000008260003178', { authentication: true, decline: DECLINES.insufficientFunds }),
  visa('pm_card_createDispute', '4000000000000259', { dispute: 'fraudulent' }),
  visa('pm_card_createDisputeProductNotReceived', '4000000000002685', { dispute: 'product_not_received' }),
  visa('pm_card_pendingRefund', '4000000000007726', { refund: 'pending' }),
  visa('pm_card_refundFail', '4000000000005126', { refund: 'fails' }),
];

/** The documentation names the declined ones both with and without `visa`: `pm_card_visa_chargeDeclined`. */
export const testCardNamed = (paymentMethod: string): TestCard | undefined => {
  const name = paymentMethod.replace(/^pm_card_visa_(?=charge)/, 'pm_card_');
  return TEST_CARDS.find((card) => card.paymentMethod === name);
};

export const testCardWithNumber = (number: string): TestCard | undefined => TEST_CARDS.find((card) => card.number === number);
