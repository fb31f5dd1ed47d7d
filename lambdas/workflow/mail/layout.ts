import { html } from 'hono/html';
import type { LanguageCode } from '../../../contracts/language';

/** What and how much; `language` where it is not the letter's. */
export interface Row {
  readonly what: string;
  readonly language?: LanguageCode;
  readonly amount: string;
}

/** A mail as its parts; `paragraphs` and `rows` are plain text, which the HTML part escapes. */
export interface Letter {
  readonly language: LanguageCode;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** A table, its last row the sum. */
  readonly rows?: readonly Row[];
  readonly link: { readonly text: string; readonly url: string };
}

export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Both parts say the same: who reads plain text misses nothing. */
export const mailOf = async ({ language, subject, paragraphs, rows = [], link }: Letter): Promise<Mail> => ({
  subject,
  text: [...paragraphs, ...(rows.length > 0 ? [rows.map(({ what, amount }) => `${what}  ${amount}`).join('\n')] : []), `${link.text}: ${link.url}`].join('\n\n') + '\n',
  // Mail programs know tables and inline styles, and little else.
  html: (
    await html`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><title>${subject}</title></head>
<body style="margin:0;padding:24px;background:#f4f2ee;color:#1f2328;font:16px/1.5 system-ui,sans-serif">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" cellpadding="0" cellspacing="0" style="width:100%;max-width:560px;background:#fff;border-radius:8px;padding:32px;text-align:left">
<tr><td>
<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">${subject}</h1>
${paragraphs.map((paragraph) => html`<p style="margin:0 0 16px">${paragraph}</p>
`)}
${rows.length > 0 ? html`<table width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 24px;border-collapse:collapse">${rows.map(
      ({ what, language: spoken = language, amount }) => html`<tr><td lang="${spoken}" style="padding:8px 0;border-bottom:1px solid #e4e0d8">${what}</td><td align="right" style="padding:8px 0;border-bottom:1px solid #e4e0d8;white-space:nowrap">${amount}</td></tr>
`,
    )}</table>` : ''}
<p style="margin:0"><a href="${link.url}" style="color:#0b5f56;font-weight:600">${link.text}</a></p>
</td></tr></table>
</td></tr></table>
</body></html>`
  ).toString(),
});
