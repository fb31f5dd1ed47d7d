import type { Context } from 'hono';
import { html } from 'hono/html';
import { moment, type Html } from '../sandbox/page';
import type { Filter } from './inbox';
import type { Mail, Outcome } from './sentMails';

/** What of a mail can be looked at. */
export const PARTS = ['page', 'text', 'headers'] as const;
type Part = (typeof PARTS)[number];
const PART_NAMES: Readonly<Record<Part, string>> = { page: 'Page', text: 'Text', headers: 'Headers' };

const OUTCOMES: Readonly<Record<Outcome, { readonly look: string; readonly name: string }>> = {
  Delivery: { look: 'good', name: 'delivered' },
  Bounce: { look: 'bad', name: 'bounced' },
  Complaint: { look: 'bad', name: 'complained about' },
};

const SHOWN = 200;

export interface Inbox {
  /** The mails that fit the filter, the newest first. */
  readonly shown: readonly Mail[];
  readonly filter: Filter;
  readonly environments: readonly string[];
  /** The mail that somebody wants to read, if it is (still) there. */
  readonly open?: { readonly mail: Mail | undefined; readonly part?: Part };
}

/** The list of mails and the one that is open: side by side, or on a phone one after the other. */
export function inboxPage(context: Context, { shown, filter, environments, open }: Inbox): Response | Promise<Response> {
  context.header('content-security-policy', "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
  return context.html(
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${open?.mail ? `${open.mail.subject} – Inbox` : 'Inbox'}</title>
<link rel="stylesheet" href="/_sandbox/style.css">
<link rel="stylesheet" href="/inbox.css">
<script type="module" src="/inbox.js"></script>
</head>
<body class="${open ? 'reading' : ''}">
<header>
<h1>Inbox</h1>
${filterForm(filter, environments)}
<p id="message" class="bad" role="status"></p>
</header>
<main>
<nav id="list" aria-label="Mails">
<p id="count" class="faint">${howMany(shown.length)}</p>
<ol id="mails">${shown.slice(0, SHOWN).map((mail) => row(mail, filter, mail.id === open?.mail?.id))}</ol>
<div id="empty">${shown.length > 0 ? '' : nothing(filter)}</div>
</nav>
<article id="mail">${open ? (open.mail ? letter(open.mail, open.part, filter) : html`<p><a href="${link(filter)}">All mails</a></p><p>This mail is not there any more: of each account the newest 1,000 survive a restart.</p>`) : html`<p class="faint">Choose a mail to read it.</p>`}</article>
</main>
</body>
</html>`,
    open && !open.mail ? 404 : 200,
  );
}

function link(filter: Filter, open: { readonly mail?: string; readonly part?: Part } = {}): string {
  const query = new URLSearchParams(Object.entries({ ...filter, ...open }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  return query.size === 0 ? '/' : `/?${query}`;
}

const filterForm = ({ environment, to, order }: Filter, environments: readonly string[]): Html => html`<form id="filter" role="search">
<label>Environment <select name="environment"><option value="">all</option>${environments.map((name) => html`<option ${name === environment ? 'selected' : ''}>${name}</option>`)}</select></label>
<label>To <input type="search" name="to" value="${to ?? ''}" placeholder="part of an address" autocomplete="off" spellcheck="false"></label>
${order === undefined ? '' : html`<label>Order <input type="search" name="order" value="${order}" spellcheck="false"></label>`}
<button>Filter</button>
${isEmpty({ environment, to, order }) ? '' : html`<a href="/">Show all</a>`}
</form>`;

const isEmpty = (filter: Filter): boolean => Object.values(filter).every((value) => value === undefined);

const howMany = (count: number): string =>
  count > SHOWN ? `The newest ${SHOWN} of ${count.toLocaleString('en')} mails; filter to see older ones` : `${count} ${count === 1 ? 'mail' : 'mails'}`;

function nothing(filter: Filter): Html {
  if (!isEmpty(filter)) return html`<p>No mail fits this filter.</p>`;
  return html`<p>No mail yet.</p><p class="faint">Sign up or order something in one of the shops: what it writes to its customers appears here by itself. Nothing leaves this machine.</p>`;
}

const row = ({ id, environment, to, subject, at, order, kind, outcome }: Mail, filter: Filter, isOpen: boolean): Html => html`<li id="${id}"><a href="${link(filter, { mail: id })}" ${isOpen ? html`aria-current="true"` : ''}>
<span class="subject">${titled(subject)}</span><span class="environment">${environment}</span>
<span class="faint recipient">${to.join(', ')}</span>
<span class="faint">${moment(at)}${order === undefined ? '' : html` · <code title="Order ${order}">…${order.slice(-12)}</code>`}${kind === undefined ? '' : ` ${kind}`}${became(outcome)}</span>
</a></li>`;

const became = (outcome: Outcome | undefined): Html | '' => (outcome === undefined ? '' : html` · <span class="${OUTCOMES[outcome].look}">${OUTCOMES[outcome].name}</span>`);

const titled = (subject: string): string => subject || '(no subject)';

function letter(mail: Mail, chosen: Part | undefined, filter: Filter): Html {
  const { id, environment, from, to, subject, at, order, kind, outcome } = mail;
  const parts = PARTS.filter((part) => part === 'headers' || mail[part === 'page' ? 'html' : 'text'] !== '');
  const part = chosen !== undefined && parts.includes(chosen) ? chosen : (parts[0] ?? 'headers');
  return html`<p class="back"><a href="${link(filter)}">All mails</a></p>
<h2>${titled(subject)}</h2>
<p class="faint">${environment} · ${moment(at)} · from ${from} to ${to.join(', ')}${order === undefined ? '' : html` · order <a href="${link({ order })}"><code>${order}</code></a>`}${kind === undefined ? '' : ` · ${kind}`}${became(outcome)}</p>
<nav class="parts" aria-label="Parts of the mail">${parts.map((one) => html`<a href="${link(filter, { mail: id, part: one })}" ${one === part ? html`aria-current="true"` : ''}>${PART_NAMES[one]}</a>`)}</nav>
${shownPart(mail, part)}`;
}

function shownPart(mail: Mail, part: Part): Html {
  switch (part) {
    case 'page':
      return html`<iframe title="${titled(mail.subject)}" src="/mails/${encodeURIComponent(mail.id)}/html" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>`;
    case 'text':
      return html`<pre>${mail.text}</pre>`;
    case 'headers':
      return html`<table><tbody>${headers(mail).map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table>`;
  }
}

const headers = ({ id, from, to, cc, bcc, subject, at }: Mail): [string, string][] =>
  [
    ['From', from],
    ['To', to.join(', ')],
    ['Cc', cc.join(', ')],
    ['Bcc', bcc.join(', ')],
    ['Subject', subject],
    ['Date', new Date(at).toUTCString()],
    ['Message-ID', `<${id}>`],
  ].filter((header): header is [string, string] => header[1] !== '');
