import type * as English from '../english/problems';

export const refusals: typeof English.refusals = {
  'out-of-stock': 'Da war jemand schneller: Für Ihre Bestellung ist nicht genug auf Lager. Es wurde nichts bestellt. Bitte ändern Sie die Menge.',
  'quote-expired': 'Diese Preise galten nur eine Weile und sind abgelaufen. Es wurde nichts bestellt. Bitte lassen Sie sich den Gesamtbetrag noch einmal anzeigen.',
  'quote-not-found': 'Diesen Gesamtbetrag kennen wir nicht mehr. Es wurde nichts bestellt. Bitte lassen Sie ihn sich noch einmal anzeigen.',
  'quote-used': 'Das haben Sie schon bestellt. Sie finden es unter „Ihre Bestellungen“.',
  'idempotency-key-reused': 'Diese Bestellung wurde geändert, während sie aufgegeben wurde. Es wurde nichts weiter bestellt. Bitte lassen Sie sich den Gesamtbetrag noch einmal anzeigen.',
  'unknown-product': 'Etwas in Ihrem Warenkorb ist nicht mehr erhältlich. Bitte entfernen Sie es, um fortzufahren.',
  'country-not-served': 'In dieses Land liefern wir noch nicht.',
  'address-differs-from-quote': 'Der Gesamtbetrag galt für ein anderes Land. Bitte lassen Sie ihn sich noch einmal anzeigen.',
  'invalid-body': 'Im Formular passt etwas noch nicht.',
  'invalid-parameter': 'Mit dieser Adresse kann der Shop nichts anfangen. Bitte prüfen Sie sie oder gehen Sie zurück zum Shop.',
  'invalid-cursor': 'Diese Liste hat sich geändert. Bitte laden Sie die Seite neu.',
  'product-not-found': 'Dieses Produkt führen wir nicht.',
  'order-not-found': 'Eine solche Bestellung haben Sie nicht. Falls Sie noch ein anderes Konto haben, melden Sie sich bitte damit an.',
  'too-late-to-cancel': 'Diese Bestellung lässt sich nicht mehr stornieren. Hat der Paketdienst sie schon, können Sie die Annahme verweigern oder sie zurückschicken.',
  'not-signed-in': 'Ihre Sitzung ist abgelaufen. Bitte melden Sie sich noch einmal an.',
  'search-away': 'Die Suche ist gerade nicht verfügbar. Alles andere funktioniert. Bitte versuchen Sie es gleich noch einmal.',
  'try-again': 'Im Shop ist gerade sehr viel los. Bitte versuchen Sie es gleich noch einmal.',
  'not-an-operator': 'Diese Seite ist für die, die den Shop betreiben. Falls Sie seit Ihrer Anmeldung dazugehören, melden Sie sich bitte ab und wieder an.',
  'report-gone': 'Diese Antwort galt nur eine Weile und ist abgelaufen. Bitte fragen Sie noch einmal.',
  'analytics-away': 'Redshift, wo das gezählt wird, ist gerade nicht erreichbar. Verloren geht dabei nichts. Bitte versuchen Sie es gleich noch einmal.',
  'internal-error': 'Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es gleich noch einmal.',
};

export const problems: typeof English.problems = {
  noAnswer: 'Der Shop antwortet nicht. Bitte prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  signedOut: 'Ihre Sitzung ist abgelaufen. Bitte melden Sie sich noch einmal an.',
  tooLarge: 'Das ist mehr, als der Shop auf einmal annimmt. Bitte kürzen Sie es und versuchen Sie es noch einmal.',
  tooFast: 'Das war etwas zu schnell. Bitte versuchen Sie es gleich noch einmal.',
  tooFastSeconds: (seconds) => `Das war etwas zu schnell. Bitte versuchen Sie es in ${seconds} Sekunden noch einmal.`,
  tooFastMinute: 'Das war etwas zu schnell. Bitte versuchen Sie es in einer Minute noch einmal.',
  ours: 'Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es gleich noch einmal.',
  refused: 'Das konnte der Shop nicht ausführen. Bitte versuchen Sie es auf andere Weise oder später.',
  request: (id) => `Anfrage ${id}`,
};

export const fields: typeof English.fields = {
  name: 'Name',
  line1: 'Straße und Hausnummer',
  line2: 'Wohnung, Etage, Firma',
  postalCode: 'Postleitzahl',
  city: 'Ort',
  region: 'Region',
  country: 'Land',
  shippingCountry: 'Land',
  email: 'E-Mail',
  quantity: 'Menge',
};
