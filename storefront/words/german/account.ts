import { LOCALES } from '../../../contracts/language';
import type * as English from '../english/account';
import { counting } from '../formats';

const counted = counting(LOCALES.de);

export const account: typeof English.account = {
  signInFirst: 'Melden Sie sich an, um Ihr Konto zu sehen, oder legen Sie eines an.',
  makeOne: 'Konto anlegen',
  forgotPassword: 'Passwort vergessen',
  signedIn: 'Angemeldet',
  email: 'E-Mail',
  customerNumber: 'Kundennummer',
  signOutHere: 'Hier abmelden',
  password: 'Passwort',
  passwordByCode: 'Wir schicken einen Code an Ihre E-Mail-Adresse. Damit legen Sie ein neues Passwort fest.',
  changePassword: 'Passwort ändern',
  everywhere: 'Auf allen Geräten',
  everywhereMeans:
    'Hier werden Sie sofort abgemeldet, überall sonst innerhalb einer Stunde: So lange bleibt angemeldet, wer es schon ist. In einem Browser, in dem das Passwort während der letzten Stunde eingegeben wurde, ist eine neue Anmeldung ohne Passwort möglich: Melden Sie sich auch dort ab. Wenn jemand anderes das Passwort kennen könnte, ändern Sie es.',
  signOutEverywhere: 'Überall abmelden',
  data: 'Ihre Daten',
  dataMeans:
    'Eine Datei mit Ihrem Profil, allen Ihren Bestellungen, dem, was unsere Empfehlungen von Ihnen wissen, und dem, was dieser Browser für den Shop speichert. Einzelne Besuche sind nicht darin: Schreiben Sie uns, dann suchen wir sie anhand Ihrer Kundennummer heraus.',
  download: 'Daten herunterladen',
  gathering: (orders) => `Wird zusammengestellt: bisher ${counted(orders, 'Bestellung', 'Bestellungen')} …`,
  downloaded: 'Ihr Browser hat die Datei.',
  recording: 'Was wir von Ihren Besuchen erfassen',
  recordingMeans:
    'Welche Produkte Sie sich ansehen, in den Warenkorb legen und kaufen, und wonach Sie suchen. So wissen wir, was beliebt ist und was wir Ihnen zeigen können. Gespeichert wird das unter einer Nummer, die dieser Browser gezogen hat, und unter Ihrem Konto, solange Sie angemeldet sind.',
  browserRefuses: 'Ihr Browser bittet darum, Sie nicht zu verfolgen („Do Not Track“ oder „Global Privacy Control“). Es wird nichts erfasst, gleich was hier gewählt ist.',
  youMayRecord: 'Meine Besuche in diesem Browser dürfen erfasst werden',
  choiceIsKept: 'Ihre Wahl wird in diesem Browser gespeichert.',
  nothingRecorded: 'Es wird nichts mehr erfasst. Was noch gesendet werden sollte, Ihre Nummer und was Sie sich zuletzt angesehen haben, ist aus diesem Browser entfernt.',
  recorded: 'Wir erfassen, was Sie sich hier ansehen, um Ihnen Passendes zu zeigen.',
  recordedByNobody: 'Von Ihrem Besuch wird nichts erfasst: Sie haben darum gebeten.',
  browserRefused: 'Ihr Browser bittet darum, Sie nicht zu verfolgen. Von Ihrem Besuch wird nichts erfasst.',
  moreAboutIt: 'Mehr dazu',
  changeThat: 'Ändern',
};
