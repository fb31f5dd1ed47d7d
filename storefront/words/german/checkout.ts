import type * as English from '../english/checkout';

export const basket: typeof English.basket = {
  title: 'Ihr Warenkorb',
  empty: 'Ihr Warenkorb ist leer',
  lookAround: 'Im Shop stöbern',
  noLongerSold: 'Nicht mehr erhältlich. Bitte entfernen Sie es, um fortzufahren.',
  priceChanged: (now, before) => `Jetzt ${now}. Als Sie es hinzugefügt haben, waren es ${before}.`,
  remove: 'Entfernen',
  removeThis: (name) => `${name} entfernen`,
  showTotal: 'Gesamtbetrag anzeigen',
};

export const offer: typeof English.offer = {
  title: 'Gesamtbetrag',
  whatItCosts: 'Was der Warenkorb kostet',
  keptUntil: (date) => `Diese Preise gelten bis ${date}.`,
  pricesChanged: 'Seit Sie den Warenkorb gefüllt haben, haben sich Preise geändert:',
  toOrder: 'Um zu bestellen, melden Sie sich bitte an oder legen Sie ein Konto an. Ihr Warenkorb bleibt erhalten.',
  signInToOrder: 'Anmelden und bestellen',
  makeAccount: 'Konto anlegen',
};

export const totals: typeof English.totals = {
  product: 'Produkt',
  quantity: 'Menge',
  price: 'Preis',
  goods: 'Warenwert',
  shipping: 'Versand',
  tax: (percent) => `MwSt. (${percent})`,
  total: 'Gesamtbetrag',
};

export const address: typeof English.address = {
  title: 'Wohin dürfen wir liefern?',
  choose: 'Bitte wählen …',
};

export const payment: typeof English.payment = {
  payment: 'Zahlung',
  title: 'Wie möchten Sie zahlen?',
  loading: 'Das Kartenformular wird geladen …',
  missing:
    'Das Kartenformular kann nicht geladen werden, deshalb können Sie gerade nicht bestellen. Bitte prüfen Sie Ihre Verbindung und ob etwas in Ihrem Browser Stripe blockiert. Stripe nimmt die Zahlung für uns entgegen.',
  notChecked: 'Ihre Karte konnte nicht geprüft werden. Es wurde nichts bestellt. Bitte versuchen Sie es gleich noch einmal.',
  // These words are the law's: https://www.gesetze-im-internet.de/bgb/__312j.html
  orderFor: (price) => `Zahlungspflichtig bestellen: ${price}`,
  whenCharged: 'Ihre Bank reserviert den Betrag jetzt. Ihre Karte wird erst belastet, wenn der Paketdienst Ihre Bestellung angenommen hat.',
};

export const placing: typeof English.placing = {
  title: 'Ihre Bestellung wird aufgegeben',
  oneMoment: 'Einen Moment …',
};
