import type Stripe from 'stripe';
import type { Call } from './call';
import type { TestCard } from './cards';
import { emit } from './events';
import { newId } from './ids';
import { changeIntent } from './intents';
import type { IntentRecord } from './ledger';

/** Whether this card's holder is asked, by the bank or because the shop wants it. */
export function wantsAuthentication({ intent, authenticated }: IntentRecord, card: TestCard): boolean {
  if (authenticated !== undefined && authenticated === intent.payment_method) return false;
  const requested = intent.payment_method_options?.card?.request_three_d_secure;
  return card.authentication === true || requested === 'any' || requested === 'challenge';
}

/** Makes the payment wait for the second factor, asked for as the confirmation wanted it. */
export function askForAuthentication(call: Call, record: IntentRecord): Stripe.PaymentIntent {
  const { account, ledger, origin } = call;
  const id = newId('tdschallenge');
  ledger.challenges.put(id, { id, account, intent: record.intent.id, state: 'open' });
  const url = `${origin}/3d_secure/${id}`;
  const next_action: Stripe.PaymentIntent.NextAction =
    record.useStripeSdk || record.returnUrl === undefined
      ? { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', source: id, stripe_js: url } }
      : { type: 'redirect_to_url', redirect_to_url: { return_url: record.returnUrl, url } };
  const { intent } = changeIntent(call, record, { status: 'requires_action', next_action });
  emit(call, 'payment_intent.requires_action', intent);
  return intent;
}

/** Of several attempts only the last one's question can be answered. */
export function abandonChallenges({ ledger }: Call, intent: string): void {
  for (const challenge of ledger.challenges.values()) {
    if (challenge.intent === intent && challenge.state === 'open') ledger.challenges.put(challenge.id, { ...challenge, state: 'abandoned' });
  }
}
