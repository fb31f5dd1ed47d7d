import { LOCALES } from '../../../contracts/language';
import type * as English from '../english/orders';
import { counting } from '../formats';

const counted = counting(LOCALES.de);

export const orders: typeof English.orders = {
  nothingOrdered: 'Sie haben noch nichts bestellt.',
  items: (count) => counted(count, 'Artikel', 'Artikel'),
};

export const order: typeof English.order = {
  order: 'Bestellung',
  yourOrder: 'Ihre Bestellung',
  theOrder: 'Die Bestellung',
  all: 'Alle Ihre Bestellungen',
  again: 'Noch einmal bestellen',
  whatWasOrdered: 'Was bestellt wurde',
  whatHasHappened: 'Verlauf',
  placed: 'Bestellt am',
  status: 'Status',
  trackingNumber: 'Sendungsnummer',
  address: 'Adresse',
  cancelling: 'Sie haben storniert. Wir kümmern uns um Ware und Geld.',
};

export const cancellation: typeof English.cancellation = {
  open: 'Bestellung stornieren',
  title: 'Bestellung stornieren?',
  whatFollows: 'Sie erhalten dann keine Lieferung, und was Sie bezahlt haben, bekommen Sie zurück.',
  why: 'Warum?',
  cancel: 'Jetzt stornieren',
  keep: 'Nicht stornieren',
};

export const bank: typeof English.bank = {
  answerBy: ['Ihre Bank fragt Sie in einem eigenen Fenster. Bitte antworten Sie bis ', '. Danach stornieren wir die Bestellung, und Ihre Karte wird nicht belastet.'],
  answered: 'Vielen Dank. Wir warten auf die Antwort Ihrer Bank …',
  confirm: 'Bei Ihrer Bank bestätigen',
  notAsked: 'Ihre Bank ist gerade nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.',
  windowMissing:
    'Das Fenster Ihrer Bank kann nicht geöffnet werden. Bitte prüfen Sie Ihre Verbindung und ob etwas in Ihrem Browser Stripe blockiert. Stripe nimmt die Zahlung für uns entgegen.',
  nothingToAsk: 'Ihre Bank hat gerade nichts zu fragen. Hier sehen Sie gleich, wie es mit Ihrer Bestellung weitergeht.',
};

export const status: typeof English.status = {
  ACCEPTED: 'Eingegangen',
  ACTION_REQUIRED: 'Wartet auf Sie',
  PAYMENT_AUTHORIZED: 'Zahlung genehmigt',
  SHIPMENT_BOOKED: 'In Vorbereitung',
  PAYMENT_CAPTURED: 'Bezahlt',
  CONFIRMED: 'Bestätigt',
  HANDED_OVER: 'Unterwegs',
  DELIVERED: 'Zugestellt',
  UNDOING: 'Wird rückgängig gemacht',
  PAYMENT_DECLINED: 'Zahlung abgelehnt',
  PAYMENT_EXPIRED: 'Nicht rechtzeitig bezahlt',
  PAYMENT_UNAVAILABLE: 'Zahlung nicht möglich',
  CAPTURE_FAILED: 'Zahlung fehlgeschlagen',
  SHIPMENT_REFUSED: 'Nicht zustellbar',
  CARRIER_UNAVAILABLE: 'Versand nicht möglich',
  CANCELLED: 'Storniert',
  REFUNDED: 'Erstattet',
  RETURNED: 'Zurück bei uns',
};

const thanks = 'Vielen Dank für Ihre Bestellung';

export const news: typeof English.news = {
  ACCEPTED: { title: thanks, text: 'Wir bitten Ihre Bank um die Zahlung.' },
  ACTION_REQUIRED: { title: 'Ihre Bank möchte wissen, ob Sie es sind', text: 'Ihre Bestellung ist bei uns. Sobald Ihre Bank zustimmt, geht es weiter.' },
  PAYMENT_AUTHORIZED: { title: thanks, text: 'Ihre Bank hat zugestimmt. Wir beauftragen den Paketdienst.' },
  SHIPMENT_BOOKED: { title: thanks, text: 'Der Paketdienst ist beauftragt. Wir schließen die Zahlung ab.' },
  PAYMENT_CAPTURED: { title: thanks, text: 'Sie ist bezahlt. Wir schreiben Ihnen eine E\u2011Mail.' },
  CONFIRMED: { title: thanks, text: 'Sie ist bezahlt, und der Paketdienst holt sie bald ab.' },
  HANDED_OVER: { title: 'Ihre Bestellung ist unterwegs', text: 'Der Paketdienst hat sie abgeholt.' },
  DELIVERED: { title: 'Ihre Bestellung ist angekommen', text: 'Wir hoffen, dass sie Ihnen gefällt.' },
  UNDOING: { title: 'Ihre Bestellung wird rückgängig gemacht', text: 'Wir kümmern uns um Ware und Geld. Das dauert einen Moment.' },
  PAYMENT_DECLINED: { title: 'Ihre Zahlung wurde abgelehnt', text: 'Deshalb konnten wir Ihre Bestellung nicht annehmen. Sie können mit einer anderen Karte noch einmal bestellen.' },
  PAYMENT_EXPIRED: { title: 'Ihre Zahlung ist verfallen', text: 'Sie wurde nicht rechtzeitig abgeschlossen; deshalb haben wir Ihre Bestellung angehalten. Sie können noch einmal bestellen.' },
  PAYMENT_UNAVAILABLE: { title: 'Wir konnten Ihre Zahlung nicht annehmen', text: 'Unser Zahlungsanbieter war lange nicht erreichbar; deshalb konnten wir Ihre Bestellung nicht annehmen. Bitte bestellen Sie etwas später noch einmal.' },
  CAPTURE_FAILED: { title: 'Ihre Zahlung ist fehlgeschlagen', text: 'Sie konnte nicht abgeschlossen werden; deshalb haben wir Ihre Bestellung angehalten. Sie können mit einer anderen Karte noch einmal bestellen.' },
  SHIPMENT_REFUSED: { title: 'An Ihre Adresse können wir nicht liefern', text: 'Unser Paketdienst liefert dorthin nicht; deshalb haben wir Ihre Bestellung angehalten. Sie können mit einer anderen Adresse noch einmal bestellen.' },
  CARRIER_UNAVAILABLE: { title: 'Wir konnten Ihre Bestellung nicht verschicken', text: 'Unser Paketdienst war lange nicht erreichbar; deshalb haben wir Ihre Bestellung angehalten. Bitte bestellen Sie etwas später noch einmal.' },
  CANCELLED: { title: 'Ihre Bestellung ist storniert', text: 'Sie erhalten keine Lieferung.' },
  REFUNDED: { title: 'Ihre Bestellung ist erstattet', text: 'Was Sie bezahlt haben, haben wir Ihnen zurückgegeben.' },
  RETURNED: { title: 'Ihre Bestellung kam zu uns zurück', text: 'Der Paketdienst konnte sie nicht zustellen. Sie können noch einmal bestellen; bitte prüfen Sie die Adresse.' },
};

export const money: typeof English.money = {
  refundedAll: (captured) => `Wir haben Ihnen die bezahlten ${captured} erstattet.`,
  refundedPart: (captured, refunded) => `Sie haben ${captured} bezahlt; davon haben wir ${refunded} erstattet.`,
  refundShows: 'Ihre Bank zeigt die Erstattung in fünf bis zehn Tagen an.',
  notYetCharged: 'Ihre Karte wurde noch nicht belastet.',
  bankWaits: 'Ihre Karte wurde nicht belastet. Ihre Bank wartet auf Sie.',
  reserved: (total) => `Ihre Bank hat ${total} reserviert. Ihre Karte wird belastet, wenn der Paketdienst Ihre Bestellung angenommen hat.`,
  releasing: (total) => `Ihre Bank hatte ${total} reserviert. Wir geben den Betrag frei.`,
  paid: (captured) => `Sie haben ${captured} bezahlt.`,
  notCharged: 'Ihre Karte wurde nicht belastet.',
  reservationVanishes: 'Falls Ihre Bank den Betrag als reserviert anzeigt, verschwindet das in einigen Tagen.',
  declined: 'Ihre Bank hat die Zahlung abgelehnt.',
};

export const declines: typeof English.declines = {
  insufficient_funds: 'Laut Ihrer Bank reicht das Guthaben nicht aus.',
  expired_card: 'Laut Ihrer Bank ist die Karte abgelaufen.',
  incorrect_cvc: 'Laut Ihrer Bank stimmt der Sicherheitscode nicht.',
  payment_intent_authentication_failure: 'Ihre Bank konnte nicht sicher sein, dass Sie es waren.',
};

export const happenings: typeof English.happenings = {
  ACCEPTED: 'Ihre Bestellung ist eingegangen',
  ACTION_REQUIRED: 'Ihre Bank wollte wissen, ob Sie es sind',
  PAYMENT_AUTHORIZED: 'Ihre Bank hat der Zahlung zugestimmt',
  SHIPMENT_BOOKED: 'Wir haben den Paketdienst beauftragt',
  PAYMENT_CAPTURED: 'Sie haben bezahlt',
  CONFIRMED: 'Wir haben Ihre Bestellung bestätigt',
  HANDED_OVER: 'Der Paketdienst hat Ihre Bestellung abgeholt',
  DELIVERED: 'Ihre Bestellung wurde zugestellt',
  UNDOING: 'Wir haben Ihre Bestellung angehalten',
  PAYMENT_DECLINED: 'Die Zahlung wurde abgelehnt',
  PAYMENT_EXPIRED: 'Die Zahlung wurde nicht rechtzeitig abgeschlossen',
  PAYMENT_UNAVAILABLE: 'Die Zahlung war nicht möglich',
  CAPTURE_FAILED: 'Die Zahlung konnte nicht abgeschlossen werden',
  SHIPMENT_REFUSED: 'Der Paketdienst liefert nicht an diese Adresse',
  CARRIER_UNAVAILABLE: 'Der Paketdienst war nicht erreichbar',
  CANCELLED: 'Ihre Bestellung wurde storniert',
  REFUNDED: 'Ihre Bestellung wurde erstattet',
  RETURNED: 'Ihre Bestellung kam zu uns zurück',
  CANCELLATION_REQUESTED: 'Sie haben Ihre Bestellung storniert',
  CANCELLATION_TOO_LATE: 'Für eine Stornierung war es zu spät: Der Paketdienst hatte Ihre Bestellung schon',
  UNDOING_TOO_LATE: 'Der Paketdienst hatte Ihre Bestellung schon, deshalb wird sie geliefert',
  REFUND_REQUESTED: 'Wir haben eine Erstattung veranlasst',
  SHIPMENT_ACCEPTED: 'Der Paketdienst hat Ihre Bestellung angenommen',
  SHIPMENT_RETURNED: 'Der Paketdienst bringt Ihre Bestellung zurück',
  SHIPMENT_RECALLED: 'Wir haben den Versand gestoppt',
  PAYMENT_VOIDED: 'Wir haben die Zahlung freigegeben: Ihre Karte wurde nicht belastet',
  PAYMENT_REFUNDED: 'Wir haben Ihre Zahlung erstattet',
  PARTLY_REFUNDED: 'Ein Teil Ihrer Bestellung wurde erstattet',
  MAIL_SENT: 'Wir haben Ihnen eine E\u2011Mail geschrieben',
  MAIL_DELIVERED: 'Unsere E\u2011Mail ist bei Ihnen angekommen',
  NOTHING_SENT: 'Wir haben dafür gesorgt, dass nichts verschickt wird',
};
