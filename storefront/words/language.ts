import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { type LanguageCode, LOCALES } from '../../contracts/language';
import { stored } from '../stored';
import { english, type Words } from './english';
import type { Formats } from './formats';

export interface Language extends Formats {
  readonly code: LanguageCode;
  readonly words: Words;
}

/** What is written into the catalogue, and what the API says of a request, is English in every language of the shop. */
export const ENGLISH_DATA: LanguageCode = 'en';

/** The language that the customer has chosen; none before they have. */
export const choice = stored<LanguageCode | null>(() => localStorage, 'shop.language', (value) => (isCode(value) ? value : null));

const isCode = (text: unknown): text is LanguageCode => typeof text === 'string' && Object.hasOwn(LOCALES, text);

/** The one that was chosen, else the first of the browser's that the shop speaks, else English. */
export function languageCode(chosen = choice.read(), browser: readonly string[] = navigator.languages): LanguageCode {
  return chosen ?? browser.map((tag) => tag.split('-')[0]?.toLowerCase()).find(isCode) ?? 'en';
}

/** How long the words of a language may take, in milliseconds: nobody is to wait for them before they can shop. */
const PATIENCE = 10_000;

/** Loads a language, which whoever reads English need not. Without an answer there is English. */
export async function languageOf(code: LanguageCode): Promise<Language> {
  if (code === 'en') return english;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Language>((resolve) => (timer = setTimeout(resolve, PATIENCE, english)));
  try {
    return await Promise.race([import('./german').then(({ german }) => german), late]);
  } catch {
    return english;
  } finally {
    clearTimeout(timer);
  }
}

export const LanguageContext = createContext<Language>(english);

/** Words and formats of the language that this part of the page is in. */
export const useLanguage = (): Language => useContext(LanguageContext);

/**
 * The chosen language, from now on, and the one that should be it and cannot be loaded. What was `loaded` first stays until
 * another one is there.
 */
export function useChosenLanguage(loaded: Language): { language: Language; missing: LanguageCode | undefined } {
  const [chosen] = choice.use();
  const [{ language, answered }, setLanguage] = useState<{ language: Language; answered?: LanguageCode }>({ language: loaded });
  const wanted = languageCode(chosen);
  useEffect(() => {
    let current = true;
    const load = async () => {
      const next = await languageOf(wanted);
      if (current) setLanguage({ language: next, answered: wanted });
    };
    void load();
    return () => {
      current = false;
    };
  }, [wanted]);
  useEffect(() => {
    document.documentElement.lang = language.code;
  }, [language.code]);
  return { language, missing: answered === wanted && language.code !== wanted ? wanted : undefined };
}
