/** The languages that customers are spoken to in. Without a validator, since the pages need it before anything else. */
export const LANGUAGES = ['en', 'de'] as const;
export type LanguageCode = (typeof LANGUAGES)[number];

/** Each as it is written where most of its customers read it. */
export const LOCALES: Readonly<Record<LanguageCode, string>> = { en: 'en-IE', de: 'de-DE' };
