import { Hono } from 'hono';
import { html } from 'hono/html';
import type Stripe from 'stripe';
import { addPageAssets, button, moment, page, type Html } from '../../sandbox/page';
import type { Controlled } from '../../sandbox/controls';
import type { SandboxBindings } from '../../sandbox/sandbox';
import { TEST_CARDS } from '../account/cards';
import { inWords } from '../account/intents';
import type { IntentRecord, Ledger } from '../account/ledger';

const SHOWN = 50;
const LOOKS: Readonly<Record<string, string>> = { succeeded: 'good', requires_capture: 'good', requires_action: 'waiting', canceled: 'faint', requires_payment_method: 'bad' };

/** The sandbox's page for a person: payments with their state, test cards, and the controls. */
export function overviewRoutes(sandbox: Controlled & { readonly ledger: Ledger }): Hono<{ Bindings: SandboxBindings }> {
  const app = new Hono<{ Bindings: SandboxBindings }>();
  addPageAssets(app);
  app.get('/', (context) =>
    page(
      context,
      'Payment sandbox',
      html`Speaks the Stripe API at <code>${new URL(context.req.url).origin}</code>. Any key <code>sk_test_…</code> opens an account of its own.`,
      html`${paymentsSection(sandbox.ledger)}${cardsSection()}`,
      sandbox,
    ),
  );
  return app;
}

function paymentsSection(ledger: Ledger): Html {
  const newest = [...ledger.intents.values()].slice(-SHOWN).toReversed();
  return html`<section id="payments">
<h2>Payments</h2>
${
    newest.length === 0
      ? html`<p class="faint">None yet.</p>`
      : html`<table>
<thead><tr><th>Made</th><th>Payment</th><th>Amount</th><th>State</th><th></th></tr></thead>
<tbody>${newest.map((record) => paymentRow(record, ledger))}</tbody>
</table>`
  }
</section>`;
}

function paymentRow({ intent, account }: IntentRecord, ledger: Ledger): Html {
  const refunded = [...ledger.refunds.values()].filter(({ refund }) => refund.payment_intent === intent.id && refund.status !== 'failed').reduce((sum, { refund }) => sum + refund.amount, 0);
  return html`<tr>
<td>${moment(intent.created * 1000)}</td>
<td><details><summary><code>${intent.id}</code> ${describe(intent)}</summary><pre>${account}\n${JSON.stringify(intent, null, 1)}</pre></details></td>
<td class="number">${inWords(intent.amount, intent.currency)}</td>
<td><span class="${LOOKS[intent.status] ?? 'faint'}">${intent.status}</span>${intent.last_payment_error ? html`<br><span class="faint">${intent.last_payment_error.message}</span>` : ''}${refunded > 0 ? html`<br>${inWords(refunded, intent.currency)} refunded` : ''}</td>
<td>${
    intent.status === 'requires_action'
      ? html`<div class="acts">${button('Complete', 'POST', `/_sandbox/payment_intents/${intent.id}/authenticate`, { outcome: 'complete' })}${button('Fail', 'POST', `/_sandbox/payment_intents/${intent.id}/authenticate`, { outcome: 'fail' })}</div>`
      : ''
  }</td>
</tr>`;
}

const describe = ({ description, metadata }: Stripe.PaymentIntent): Html => html`<span class="faint">${description ?? Object.entries(metadata).map(([name, value]) => `${name} ${value}`).join(', ')}</span>`;

function cardsSection(): Html {
  return html`<section id="cards">
<h2>Test cards</h2>
<details><summary>Numbers to pay with; any date to come and any code will do</summary>
<table>
<thead><tr><th>Number</th><th>In API calls</th><th>What happens</th></tr></thead>
<tbody>${TEST_CARDS.map(
    (card) => html`<tr><td class="number"><code>${card.number}</code></td><td><code>${card.paymentMethod}</code></td><td>${[
      card.authentication && 'asks for a second factor',
      card.decline && `declined: ${card.decline.declineCode ?? card.decline.code}`,
      card.dispute && `disputed: ${card.dispute}`,
      card.refund && `a refund ${card.refund === 'pending' ? 'stays pending for a while' : 'fails after a while'}`,
    ]
      .filter(Boolean)
      .join(', then ') || 'paid'}</td></tr>`,
  )}</tbody>
</table>
</details>
</section>`;
}
