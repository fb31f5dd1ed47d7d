import * as z from 'zod/mini';
import { PaymentMethod } from '../../contracts/order';
import type { SiteConfig } from '../../contracts/site-config';
import { testCardNamed } from '../payment/account/cards';
import { successOf } from './answers';

/** What the bank says to a card: https://docs.stripe.com/testing */
const CARDS = { pays: 'pm_card_visa', isDeclined: 'pm_card_chargeDeclined', lacksFunds: 'pm_card_chargeDeclinedInsufficientFunds' } as const;
export type Card = keyof typeof CARDS;

const Token = z.object({ id: PaymentMethod });

/**
 * What Stripe.js makes of a card whose number was typed into its fields: a token that the shop may use once. It is asked
 * for in the same way, by the publishable key, of whoever the script would have come from.
 *
 * @throws Away, Refused
 */
export async function tokenOf(card: Card, { scriptUrl, publishableKey }: SiteConfig['payment'], fetch: (url: string, init: RequestInit) => Promise<Response>): Promise<PaymentMethod> {
  const number = testCardNamed(CARDS[card])?.number ?? '';
  const body = new URLSearchParams({
    'payment_method_data[type]': 'card',
    'payment_method_data[card][number]': number,
    'payment_method_data[card][exp_month]': '12',
    'payment_method_data[card][exp_year]': String(new Date().getFullYear() + 1),
    'payment_method_data[card][cvc]': '123',
  });
  const answer = await fetch(new URL('/v1/confirmation_tokens', scriptUrl).href, { method: 'POST', headers: { authorization: `Bearer ${publishableKey}` }, body });
  return Token.parse(await successOf(answer, 200, 'The payment provider')).id;
}
