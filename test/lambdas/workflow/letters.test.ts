import { LANGUAGES, type LanguageCode } from '../../../contracts/language';
import { euros } from '../../../contracts/money';
import { MAILS, type MailName, type OrderRecord, Undoing } from '../../../contracts/order-record';
import { UNDOING_REASONS, type UndoingReason } from '../../../contracts/order-status';
import { mailOf } from '../../../lambdas/workflow/mail/layout';
import { letterFor } from '../../../lambdas/workflow/mail/letters';
import { at, ORDER_ID, orderInHand, PAN } from './orderInHand';

const SITE = 'https://shop.example';
const paid = { total: euros(123_456), shipping: euros(490), tax: euros(19_712) };

const undoingFor = (reason: UndoingReason): Undoing =>
  Undoing.parse({ undoingId: 'undoing-1', reason, by: 'workflow', requestedAt: at('2026-11-23T08:30:00Z'), lines: [{ productId: PAN, quantity: 1 }], goods: 'RESTOCK', parcels: 'LEAVE', becomes: reason, from: 'CONFIRMED' });

interface Given {
  readonly language: LanguageCode;
  readonly mail: MailName;
  readonly reason?: UndoingReason;
  readonly changes?: Partial<OrderRecord>;
}

const written = ({ language, mail, reason = 'CANCELLED', changes }: Given) => {
  const undoing = mail === 'undone' ? undoingFor(reason) : undefined;
  return mailOf(letterFor(mail, orderInHand({ language, undone: undoing ? [undoing] : [], ...changes }), SITE, undoing));
};
/** As a person reads it, to whom a space that does not break is a space. */
const read = async (given: Given): Promise<string> => (await written(given)).text.replaceAll('\u00A0', ' ');

/** Every letter that there is. */
const kinds = [...MAILS.filter((mail) => mail !== 'undone').map((mail) => ({ mail })), ...UNDOING_REASONS.map((reason) => ({ mail: 'undone' as const, reason }))];
const letters = LANGUAGES.flatMap((language) => kinds.map((kind) => ({ language, ...kind, name: `${kind.mail}${'reason' in kind ? ` (${kind.reason})` : ''} in ${language}` })));

describe.each(letters)('the letter $name', (letter) => {
  it('greets its customer by name and leads to the order', async () => {
    const { subject, text, html } = await written(letter);
    expect(subject).not.toBe('');
    expect(text).toMatch(letter.language === 'de' ? /^Guten Tag Ada Byron,\n\n[\p{Ll}I]/u : /^Hello Ada Byron,\n\n\p{Lu}/u);
    expect(text.endsWith(`: ${SITE}/orders/${ORDER_ID}\n`)).toBe(true);
    expect(html).toContain(`<a href="${SITE}/orders/${ORDER_ID}"`);
  });

  it('names its language, and says in HTML what it says in plain text', async () => {
    const { text, html } = await written(letter);
    expect(html).toContain(`<html lang="${letter.language}">`);
    const shown = html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
    for (const paragraph of text.split('\n\n').slice(0, -1).flatMap((part) => part.split('\n'))) expect(shown).toContain(paragraph.trim().replaceAll(/\s+/g, ' '));
  });

  it('shows any name as it was typed, and none as markup', async () => {
    const name = 'Zoë <b onclick="x">&</b> عائشة 👩‍👩‍👧';
    const { text, html } = await written({ ...letter, changes: { shippingAddress: { ...orderInHand().shippingAddress, name } } });
    expect(text).toContain(` ${name},`);
    expect(html).toContain('Zoë &lt;b onclick=&quot;x&quot;&gt;&amp;&lt;/b&gt; عائشة 👩‍👩‍👧,');
    expect(html).not.toContain('<b ');
  });
});

it('says nothing in German as in English', async () => {
  for (const kind of kinds) {
    const [english = '', german = ''] = await Promise.all(LANGUAGES.map((language) => read({ language, ...kind })));
    // Product and customer are called the same everywhere.
    const said = new Set(english.split('\n').filter((line) => line !== ''));
    expect(german.split('\n').filter((line) => said.has(line) && !/^\d+ × /.test(line))).toEqual([]);
  }
});

it('addresses customers formally in German', async () => {
  for (const kind of kinds) expect(await read({ language: 'de', ...kind })).not.toMatch(/\b(du|dich|dir|dein\w*|euch|euer|eure\w*)\b/i);
});

it.each([
  ['en', ['2 × Pan  €40.00', '1 × Pot  €30.00', 'Shipping  €4.90', 'Tax  €197.12', 'Total  €1,234.56']],
  ['de', ['2 × Pan  40,00 €', '1 × Pot  30,00 €', 'Versand  4,90 €', 'MwSt.  197,12 €', 'Gesamtbetrag  1.234,56 €']],
] as const)('confirms in %s what was bought and what it cost', async (language, rows) => {
  expect(await read({ language, mail: 'confirmation', changes: paid })).toContain(`\n\n${rows.join('\n')}\n\n`);
});

it('marks what is English in a German mail: the names of the catalogue', async () => {
  const { html } = await written({ language: 'de', mail: 'confirmation' });
  expect(html).toMatch(/<td lang="en"[^>]*>2 × Pan<\/td>/);
  expect(html).toMatch(/<td lang="de"[^>]*>Gesamtbetrag<\/td>/);
});

it('shows a product by whatever name it was sold, and as no markup', async () => {
  const [line] = orderInHand().lines;
  const name = '<script>alert(1)</script> مقلاة 🍳';
  const { text, html } = await written({ language: 'de', mail: 'confirmation', changes: { lines: line && [{ ...line, name }] } });
  expect(text).toContain(`2 × ${name}`);
  expect(html).toContain('2 × &lt;script&gt;alert(1)&lt;/script&gt; مقلاة 🍳');
});

it.each([
  ['en', 'Its tracking number is T1.', 'Its tracking number is not known yet.'],
  ['de', 'Die Sendungsnummer lautet T1.', 'Eine Sendungsnummer liegt noch nicht vor.'],
] as const)('tells in %s how to follow the parcel, or that it cannot be followed yet', async (language, known, unknown) => {
  expect(await read({ language, mail: 'handed-over' })).toContain(known);
  expect(await read({ language, mail: 'handed-over', changes: { shipment: undefined } })).toContain(unknown);
});

it.each([
  ['en', '1 × Pan  \nRefunded, with tax  €20.00', 'within five to ten days'],
  ['de', '1 × Pan  \nErstattet, inkl. MwSt.  20,00 €', 'in fünf bis zehn Tagen'],
] as const)('lists in %s what a refund of some pieces is for, and how much it is', async (language, rows, when) => {
  const letter = await read({ language, mail: 'undone', reason: 'REFUNDED' });
  expect(letter).toContain(rows);
  expect(letter).toContain(when);
});

it.each([
  ['en', 'We have refunded €70.00.', 'You have not been charged.'],
  ['de', 'Wir haben Ihnen 70,00 € erstattet.', 'Ihre Karte wurde nicht belastet.'],
] as const)('says in %s what became of the money', async (language, refunded, notCharged) => {
  const { payment } = orderInHand();
  expect(await read({ language, mail: 'undone', reason: 'RETURNED', changes: { payment: { ...payment, refunded: euros(7_000) } } })).toContain(refunded);
  expect(await read({ language, mail: 'undone', reason: 'PAYMENT_DECLINED', changes: { payment: { ...payment, captured: euros(0) } } })).toContain(notCharged);
});

it('is English about an order from before languages were asked for', async () => {
  const { language: _, ...old } = orderInHand();
  expect(letterFor('confirmation', orderInHand(old), SITE)).toMatchObject({ language: 'en', subject: 'Thank you for your order' });
});
