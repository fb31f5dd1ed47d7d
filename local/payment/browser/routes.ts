import { join } from 'node:path';
import { build } from 'esbuild';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { SandboxBindings } from '../../sandbox/sandbox';
import { CHALLENGE_STYLE } from '../pages/challenge';
import { CARD_FRAME_STYLE } from './cardFrameStyle';
import { cardWords } from './cardWords';

const SCRIPT = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache', 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' };
const STYLE = { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' };

const scripts = new Map<string, Promise<string>>();

/** A script of this folder for the browser, built when it is first asked for. */
function script(name: string): Promise<string> {
  const built =
    scripts.get(name) ??
    build({ entryPoints: [join(__dirname, `${name}.ts`)], bundle: true, write: false, format: 'iife', target: 'es2022', minify: true }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
  scripts.set(name, built);
  return built;
}

/** What js.stripe.com serves: Stripe.js under the names it goes by, and the frames that it opens. */
export function browserRoutes(): Hono<{ Bindings: SandboxBindings }> {
  const app = new Hono<{ Bindings: SandboxBindings }>();
  // https://docs.stripe.com/sdks/stripejs-versioning: /v3 before, /<release>/stripe.js since.
  for (const path of ['/v3', '/v3/', '/:release/stripe.js']) app.get(path, async (context) => context.body(await script('stripe'), 200, SCRIPT));
  app.get('/_browser/cardFrame.js', async (context) => context.body(await script('cardFrame'), 200, SCRIPT));
  app.get('/_browser/challengeDone.js', async (context) => context.body(await script('challengeDone'), 200, SCRIPT));
  app.get('/_browser/cardFrame.css', (context) => context.body(CARD_FRAME_STYLE, 200, STYLE));
  app.get('/_browser/challenge.css', (context) => context.body(CHALLENGE_STYLE, 200, STYLE));
  app.get('/elements/card', (context) => {
    const locale = context.req.query('locale') === 'de' ? 'de' : 'en';
    const words = cardWords(locale);
    return context.html(html`<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><title>Card</title><link rel="stylesheet" href="/_browser/cardFrame.css"></head>
<body>
<form id="card" novalidate autocomplete="on">
${field('number', words.number, 'cc-number', '1234 1234 1234 1234')}
<div class="row">
${field('expiry', words.expiry, 'cc-exp', words.expiryPattern)}
${field('cvc', words.cvc, 'cc-csc', 'CVC')}
</div>
</form>
<script src="/_browser/cardFrame.js"></script>
</body>
</html>`);
  });
  return app;
}

const field = (name: string, label: string, autocomplete: string, placeholder: string) => html`<div class="field">
<label for="${name}">${label}</label>
<input id="${name}" name="${name}" inputmode="numeric" autocomplete="${autocomplete}" placeholder="${placeholder}" aria-describedby="${name}-error">
<p class="error" id="${name}-error" role="alert"></p>
</div>`;
