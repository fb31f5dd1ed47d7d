import { choice, useLanguage } from './language';

/** Each in its own words, which who speaks no other can read. */
const LANGUAGES = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
] as const;

/** The languages to choose from. */
export function LanguageSwitch() {
  const { code: current, words } = useLanguage();
  return (
    <div class="languages" role="group" aria-label={words.shop.language}>
      {LANGUAGES.map(({ code, name }) => (
        <button key={code} type="button" lang={code} aria-pressed={code === current} onClick={() => choice.write(code)}>
          {name}
        </button>
      ))}
    </div>
  );
}
