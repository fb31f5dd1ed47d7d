/**
 * The HTML part of a mail as a page whose links open beside the inbox.
 * The element goes behind the doctype, without which a browser would lay the mail out by other rules.
 */
export function asDocument(html: string): string {
  const [doctype] = /^\s*(<!doctype[^>]*>)?/i.exec(html) ?? [''];
  return `${doctype}<base target="_blank">${html.slice(doctype.length)}`;
}
