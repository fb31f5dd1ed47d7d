import { LOCALES } from '../../../contracts/language';
import type { LanguageCode } from '../../../contracts/language';
import { euros } from '../../../contracts/money';
import type { Money } from '../../../contracts/money';
import type { MailName, OrderRecord, Undoing } from '../../../contracts/order-record';
import { valueKept } from '../order-value';
import type { Letter, Row } from './layout';
import { english } from './words/english';
import type { Words } from './words/english';
import { german } from './words/german';

const WORDS: Readonly<Record<LanguageCode, Words>> = { en: english, de: german };

/** Names in the catalogue are English, whatever language the shop is in. */
const CATALOGUE_LANGUAGE: LanguageCode = 'en';

/** How mails in one language say things. */
interface Spoken {
  readonly words: Words;
  readonly price: (money: Money) => string;
}

const spokenIn = (language: LanguageCode): Spoken => ({
  words: WORDS[language],
  price: ({ amount, currency }) => new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency }).format(amount / 100),
});

/**
 * In the order's language.
 * @param siteUrl the shop's address, without a slash at its end
 * @param undoing what the mail `undone` tells of
 */
export function letterFor(mail: MailName, order: OrderRecord, siteUrl: string, undoing?: Undoing): Letter {
  const spoken = spokenIn(order.language);
  const { greeting, seeOrder } = spoken.words;
  const { subject, paragraphs, rows } = newsOf(mail, order, spoken, undoing);
  return {
    language: order.language,
    subject,
    paragraphs: [greeting(order.shippingAddress.name), ...paragraphs],
    rows,
    link: { text: seeOrder, url: `${siteUrl}/orders/${order.orderId}` },
  };
}

function newsOf(mail: MailName, order: OrderRecord, spoken: Spoken, undoing?: Undoing): Pick<Letter, 'subject' | 'paragraphs' | 'rows'> {
  const { confirmation, handedOver, delivered, cancellationTooLate, undone } = spoken.words;
  switch (mail) {
    case 'confirmation':
      return { subject: confirmation.subject, paragraphs: [confirmation.text], rows: everything(order, spoken) };
    case 'handed-over':
      return { subject: handedOver.subject, paragraphs: [order.shipment ? handedOver.text(order.shipment.trackingNumber) : handedOver.withoutNumber] };
    case 'delivered':
      return { subject: delivered.subject, paragraphs: [delivered.text] };
    case 'cancellation-too-late':
      return { subject: cancellationTooLate.subject, paragraphs: [cancellationTooLate.text] };
    case 'undone': {
      if (!undoing) throw new Error('The mail needs the undoing that it tells of');
      const { subject, text } = undone[undoing.reason];
      return { subject, paragraphs: [text, whatBecameOfTheMoney(order, undoing, spoken)], ...(undoing.reason === 'REFUNDED' && { rows: refunded(order, undoing, spoken) }) };
    }
  }
}

const everything = ({ lines, shipping, tax, total }: OrderRecord, { words: { rows }, price }: Spoken): readonly Row[] => [
  ...lines.map(({ name, quantity, lineTotal }) => ({ what: pieces(quantity, name), language: CATALOGUE_LANGUAGE, amount: price(lineTotal) })),
  { what: rows.shipping, amount: price(shipping) },
  { what: rows.tax, amount: price(tax) },
  { what: rows.total, amount: price(total) },
];

function refunded(order: OrderRecord, { undoingId, lines }: Undoing, { words: { rows }, price }: Spoken): readonly Row[] {
  const before = order.undone.slice(0, order.undone.findIndex((undoing) => undoing.undoingId === undoingId));
  const amount = euros(valueKept({ ...order, undone: before }).amount - valueKept({ ...order, undone: before }, lines).amount);
  return [
    ...lines.map(({ productId, quantity }) => ({ what: pieces(quantity, order.lines.find((line) => line.productId === productId)?.name ?? productId), language: CATALOGUE_LANGUAGE, amount: '' })),
    { what: rows.refunded, amount: price(amount) },
  ];
}

const pieces = (quantity: number, name: string): string => `${quantity} × ${name}`;

function whatBecameOfTheMoney({ payment }: OrderRecord, { reason }: Undoing, { words: { money }, price }: Spoken): string {
  if (payment.captured.amount === 0) return money.notCharged;
  if (reason === 'REFUNDED') return money.refundShows;
  return money.refunded(price(payment.refunded));
}
