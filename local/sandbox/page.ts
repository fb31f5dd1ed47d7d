import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Controlled } from './controls';
import type { LoggedRequest } from './requestLog';
import type { SandboxBindings } from './sandbox';
import type { Delivery } from './webhooks';

export type Html = ReturnType<typeof html>;

const SHOWN_REQUESTS = 50;
const SHOWN_WEBHOOKS = 30;
const asset = (name: string): string => readFileSync(join(__dirname, name), 'utf8');
const CONSOLE_BASE = '../../console/page/base.css';

/** Serves what every page of a sandbox needs. */
export function addPageAssets(app: Hono<{ Bindings: SandboxBindings }>): void {
  app.get('/_sandbox/page.js', (context) => context.body(asset('pageScript.js'), 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  app.get('/_sandbox/style.css', (context) => context.body(asset(CONSOLE_BASE) + asset('pageStyle.css'), 200, { 'content-type': 'text/css; charset=utf-8' }));
}

/** A page for a person: the sandbox's own sections first, then faults, requests and webhooks. */
export function page(context: Context, title: string, introduction: Html, sections: Html, controlled: Controlled): Response | Promise<Response> {
  context.header('content-security-policy', "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  return context.html(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/_sandbox/style.css">
<script type="module" src="/_sandbox/page.js"></script>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="faint">${introduction}</p>
<p id="message" class="bad" role="status"></p>
${sections}
${faultsSection(controlled)}
${requestsSection(controlled.requests.list({ limit: SHOWN_REQUESTS }))}
${webhooksSection(controlled.webhooks.list(SHOWN_WEBHOOKS))}
</main>
</body>
</html>`);
}

/** A button that calls the sandbox's controls. */
export const button = (label: string, method: 'POST' | 'PUT' | 'DELETE', path: string, body: object = {}): Html =>
  html`<button data-method="${method}" data-path="${path}" data-body="${JSON.stringify(body)}">${label}</button>`;

export const moment = (at: string | number): Html => {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`;
};

function faultsSection({ faults }: Controlled): Html {
  const rules = faults.list();
  return html`<section id="faults">
<h2>Faults</h2>
<p class="faint">Each rule: <code>{"match": {"method"?, "path"? (glob), "times"?}, "fault", "milliseconds"?}</code>. Faults: down, slow, throttle, server-error, server-error-after-work, timeout-before-work, timeout-after-work, duplicate-webhook, reorder-webhooks, drop-webhook.</p>
<p><label for="rules" class="faint">Rules</label><textarea id="rules" spellcheck="false">${JSON.stringify(rules, null, 1)}</textarea></p>
<div class="acts">
<button data-method="PUT" data-path="/_sandbox/faults" data-from="#rules">Apply these rules</button>
${button('No answer at all', 'PUT', '/_sandbox/faults', [{ fault: 'down' }])}
${button('Everything slow', 'PUT', '/_sandbox/faults', [{ fault: 'slow', milliseconds: 3000 }])}
${button('Throttle', 'PUT', '/_sandbox/faults', [{ fault: 'throttle' }])}
${button('Server errors', 'PUT', '/_sandbox/faults', [{ fault: 'server-error' }])}
${button('Lose answers', 'PUT', '/_sandbox/faults', [{ fault: 'timeout-after-work' }])}
${button('Webhooks twice', 'PUT', '/_sandbox/faults', [{ fault: 'duplicate-webhook' }])}
${button('No faults', 'DELETE', '/_sandbox/faults')}
</div>
</section>`;
}

function requestsSection(requests: readonly LoggedRequest[]): Html {
  return html`<section id="requests">
<h2>What it was asked</h2>
${
    requests.length === 0
      ? html`<p class="faint">Nothing yet.</p>`
      : html`<table>
<thead><tr><th>At</th><th>Request</th><th>Answer</th><th>Idempotency key</th></tr></thead>
<tbody>${requests.map(
          (one) => html`<tr>
<td>${moment(one.at)}</td>
<td><details><summary><code>${one.method} ${one.path}</code></summary><pre>${one.body}</pre><pre>${one.answer ?? ''}</pre></details></td>
<td class="number"><span class="${one.status !== undefined && one.status < 400 ? 'good' : 'bad'}">${one.status ?? 'no answer'}</span>${one.replayed ? ' replayed' : ''}${one.fault ? html` <span class="waiting">${one.fault}</span>` : ''}</td>
<td><code>${one.idempotencyKey ?? ''}</code></td>
</tr>`,
        )}</tbody>
</table>`
  }
</section>`;
}

const DELIVERY_LOOKS = { pending: 'waiting', delivered: 'good', 'given-up': 'bad', dropped: 'bad' } as const;

function webhooksSection(deliveries: readonly Delivery[]): Html {
  return html`<section id="webhooks">
<h2>What it told</h2>
${
    deliveries.length === 0
      ? html`<p class="faint">Nothing yet.</p>`
      : html`<table>
<thead><tr><th>At</th><th>Event</th><th>State</th><th>Attempts</th></tr></thead>
<tbody>${deliveries.map(
          (one) => html`<tr>
<td>${moment(one.createdAt)}</td>
<td><details><summary><code>${one.type}</code></summary><pre>${one.body}</pre></details></td>
<td class="${DELIVERY_LOOKS[one.state]}">${one.state}</td>
<td>${one.attemptCount} ${one.attempts.at(-1)?.status ?? one.attempts.at(-1)?.error ?? ''}</td>
</tr>`,
        )}</tbody>
</table>`
  }
</section>`;
}

