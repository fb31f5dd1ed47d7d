import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import * as z from 'zod';
import { parseBody, Refusal } from '../../sandbox/controls';
import type { Html } from '../../sandbox/page';
import type { SandboxBindings } from '../../sandbox/sandbox';
import type { Call } from '../account/call';
import { answerChallenge } from '../account/confirmation';
import { PaymentError } from '../account/errors';
import { inWords } from '../account/intents';
import type { IntentRecord, Ledger } from '../account/ledger';

type CallFor = (account: string, origin: string) => Call;

const Outcome = z.enum(['complete', 'fail']);
export const CHALLENGE_STYLE = `
:root { color-scheme: light dark; --surface: #fff; --ink: #1a1f36; --faint: #5a6178; --accent: #5851df; --line: #d5d8e0 }
@media (prefers-color-scheme: dark) { :root { --surface: #1f2433; --ink: #eceef5; --faint: #a8afc4; --accent: #a8a3ff; --line: #454c63 } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink) }
main { box-sizing: border-box; width: min(26rem, calc(100vw - 2rem)); padding: 1.5rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--surface); box-shadow: 0 8px 30px rgb(0 0 0 / 25%) }
h1 { margin: 0 0 .5rem; font-size: 1.25rem }
p { margin: .25rem 0 1rem; color: var(--faint) }
form { display: flex; gap: .75rem; justify-content: flex-end }
button { padding: .5rem 1.25rem; border: 1px solid var(--accent); border-radius: .375rem; font: inherit; color: var(--accent); background: none; cursor: pointer }
button.primary { color: var(--surface); background: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }`;

/** The second factor: the page a card's holder sees, in a frame of Stripe.js or on the way to `return_url`. */
export function challengeRoutes(ledger: Ledger, callFor: CallFor): Hono<{ Bindings: SandboxBindings }> {
  const app = new Hono<{ Bindings: SandboxBindings }>();
  const answer = (context: Context, id: string, outcome: z.infer<typeof Outcome>): IntentRecord =>
    answerChallenge(callFor(ledger.challenges.get(id)?.account ?? '', new URL(context.req.url).origin), id, outcome === 'complete');

  app.get('/3d_secure/:id', (context) => {
    const challenge = ledger.challenges.get(context.req.param('id'));
    const record = challenge?.state === 'open' ? ledger.intents.get(challenge.intent) : undefined;
    if (!record) return context.html(document('3D Secure', html`<h1>3D Secure</h1><p>This authentication is not waiting for an answer any more.</p>`), 410);
    const { amount, currency } = record.intent;
    return context.html(
      document(
        '3D Secure',
        html`<h1>3D Secure</h1>
<p>The bank asks whether it is you who pays <strong>${inWords(amount, currency)}</strong>. This is the payment sandbox of this machine: choose what you would have answered.</p>
<form method="post"><button name="outcome" value="fail">Fail</button><button class="primary" name="outcome" value="complete" autofocus>Complete</button></form>`,
      ),
    );
  });

  app.post('/3d_secure/:id', async (context) => {
    const outcome = Outcome.safeParse((await context.req.parseBody()).outcome);
    if (!outcome.success) return context.html(document('3D Secure', html`<p>Neither completed nor failed.</p>`), 400);
    try {
      const { intent, returnUrl, useStripeSdk } = answer(context, context.req.param('id'), outcome.data);
      if (useStripeSdk || returnUrl === undefined) return context.html(document('3D Secure', html`<p>Done.</p><script src="/_browser/challengeDone.js"></script>`));
      const back = new URL(returnUrl);
      back.searchParams.set('payment_intent', intent.id);
      back.searchParams.set('payment_intent_client_secret', intent.client_secret ?? '');
      back.searchParams.set('redirect_status', intent.status === 'requires_payment_method' ? 'failed' : 'succeeded');
      return context.redirect(back.href, 303);
    } catch (error) {
      if (!(error instanceof PaymentError)) throw error;
      return context.html(document('3D Secure', html`<p>${error.message}</p><script src="/_browser/challengeDone.js"></script>`), 410);
    }
  });

  // For tests and people without a browser at hand.
  app.post('/_sandbox/payment_intents/:id/authenticate', async (context) => {
    const { outcome } = await parseBody(z.strictObject({ outcome: Outcome }), context);
    const open = [...ledger.challenges.values()].find(({ intent, state }) => intent === context.req.param('id') && state === 'open');
    if (!open) return context.json({ error: `${context.req.param('id')} does not wait for a second factor.` }, 409);
    return context.json(answer(context, open.id, outcome).intent);
  });
  app.onError((error, context) => {
    if (error instanceof Refusal) return context.json({ error: error.message }, 400);
    throw error;
  });
  return app;
}

const document = (title: string, body: Html): Html => html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="stylesheet" href="/_browser/challenge.css"></head>
<body><main role="dialog" aria-label="${title}">${body}</main></body>
</html>`;
