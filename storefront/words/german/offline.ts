import type * as English from '../english/offline';

export const offline: typeof English.offline = {
  notice: 'Sie sind offline. Was Sie sich angesehen haben, ist noch da, und Ihr Warenkorb bleibt erhalten.',
  unsaved: 'Ihr Browser speichert nichts für diesen Shop. Ihr Warenkorb bleibt, bis Sie diese Seite schließen oder neu laden.',
  notNow: {
    signIn: 'Zum Anmelden brauchen Sie eine Verbindung. Bitte versuchen Sie es noch einmal, sobald Sie wieder online sind.',
    signInAway: 'Das Anmelden geht gerade nicht: Entweder antwortet die Anmeldeseite nicht, oder Ihr Browser speichert nichts für diesen Shop. Bitte versuchen Sie es gleich noch einmal.',
  },
  refusal: 'Sie sind offline, und dafür brauchen Sie eine Verbindung. Ihr Warenkorb bleibt erhalten. Bitte versuchen Sie es noch einmal, sobald Sie wieder online sind.',
  takesLong: 'Das dauert länger als sonst. Wir versuchen es weiter.',
};
