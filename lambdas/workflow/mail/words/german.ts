import type { Words } from './english';

/** What follows the greeting goes on after its comma, and so begins with a small letter. */
export const german: Words = {
  greeting: (name) => `Guten Tag ${name},`,
  seeOrder: 'Bestellung ansehen',
  confirmation: { subject: 'Vielen Dank für Ihre Bestellung', text: 'wir haben Ihre Zahlung erhalten. Der Paketdienst holt Ihre Bestellung bald ab.' },
  handedOver: {
    subject: 'Ihre Bestellung ist unterwegs',
    text: (trackingNumber) => `der Paketdienst hat Ihre Bestellung abgeholt. Die Sendungsnummer lautet ${trackingNumber}.`,
    withoutNumber: 'der Paketdienst hat Ihre Bestellung abgeholt. Eine Sendungsnummer liegt noch nicht vor.',
  },
  delivered: { subject: 'Ihre Bestellung ist angekommen', text: 'der Paketdienst hat Ihre Bestellung zugestellt. Wir hoffen, dass sie Ihnen gefällt.' },
  cancellationTooLate: {
    subject: 'Ihre Bestellung konnte nicht storniert werden',
    text: 'als Sie storniert haben, hatte der Paketdienst Ihre Bestellung schon. Sie können die Annahme verweigern oder die Ware zurückschicken; dann erstatten wir Ihnen, was Sie bezahlt haben.',
  },
  undone: {
    PAYMENT_DECLINED: { subject: 'Ihre Zahlung wurde abgelehnt', text: 'Ihre Bank hat die Zahlung abgelehnt; deshalb konnten wir Ihre Bestellung nicht annehmen.' },
    PAYMENT_EXPIRED: { subject: 'Ihre Zahlung ist verfallen', text: 'die Zahlung wurde nicht rechtzeitig abgeschlossen; deshalb haben wir Ihre Bestellung angehalten.' },
    PAYMENT_UNAVAILABLE: { subject: 'Wir konnten Ihre Bestellung nicht annehmen', text: 'unser Zahlungsanbieter war lange nicht erreichbar; deshalb konnten wir Ihre Bestellung nicht annehmen.' },
    CAPTURE_FAILED: { subject: 'Ihre Zahlung ist fehlgeschlagen', text: 'die Zahlung konnte nicht abgeschlossen werden; deshalb haben wir Ihre Bestellung angehalten.' },
    SHIPMENT_REFUSED: { subject: 'An Ihre Adresse können wir nicht liefern', text: 'unser Paketdienst liefert nicht an die angegebene Adresse; deshalb haben wir Ihre Bestellung angehalten.' },
    CARRIER_UNAVAILABLE: { subject: 'Wir konnten Ihre Bestellung nicht verschicken', text: 'unser Paketdienst war lange nicht erreichbar; deshalb haben wir Ihre Bestellung angehalten.' },
    CANCELLED: { subject: 'Ihre Bestellung ist storniert', text: 'wie gewünscht haben wir Ihre Bestellung storniert.' },
    REFUNDED: { subject: 'Ihre Erstattung ist unterwegs', text: 'was unten aufgeführt ist, haben wir Ihnen erstattet.' },
    RETURNED: { subject: 'Ihre Bestellung kam zu uns zurück', text: 'der Paketdienst konnte Ihre Bestellung nicht zustellen und hat sie zu uns zurückgebracht.' },
  },
  rows: { shipping: 'Versand', tax: 'MwSt.', total: 'Gesamtbetrag', refunded: 'Erstattet, inkl. MwSt.' },
  money: {
    notCharged: 'Ihre Karte wurde nicht belastet. Falls Ihre Bank den Betrag als reserviert anzeigt, verschwindet das in einigen Tagen.',
    refundShows: 'Ihre Bank zeigt die Erstattung in fünf bis zehn Tagen an.',
    refunded: (amount) => `Wir haben Ihnen ${amount} erstattet. Ihre Bank zeigt die Erstattung in fünf bis zehn Tagen an.`,
  },
};
