import type { LanguageCode } from '../../contracts/language';
import { choice, useLanguage } from './language';

interface Choice {
  readonly code: LanguageCode;
  readonly name: string;
  /** Says that its words are not there; English, in the first chunk, always is. */
  readonly missing?: string;
}

/** Each in its own words, which who speaks no other can read. */
const LANGUAGES: readonly Choice[] = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch', missing: 'Die deutschen Texte können gerade nicht geladen werden. Bitte laden Sie die Seite gleich noch einmal.' },
];

/** The languages to choose from. @param missing the one that was chosen and is not there */
export function LanguageSwitch({ missing }: { missing: LanguageCode | undefined }) {
  const { code: current, words } = useLanguage();
  const lacking = LANGUAGES.find(({ code }) => code === missing);
  return (
    <>
      {/* Above the buttons: below them it would be beneath the end of the screen. */}
      {lacking && (
        <div class="note bad" role="alert">
          <p lang={lacking.code}>{lacking.missing}</p>
          <p>{words.shop.languageMissing(lacking.name)}</p>
          <button type="button" onClick={() => location.reload()}>
            {words.shop.loadAgain}
          </button>
        </div>
      )}
      <div class="languages" role="group" aria-label={words.shop.language}>
        {LANGUAGES.map(({ code, name }) => (
          <button key={code} type="button" lang={code} aria-pressed={code === current} onClick={() => choice.write(code)}>
            {name}
          </button>
        ))}
      </div>
    </>
  );
}
