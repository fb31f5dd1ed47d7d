/** The languages of the shop, each as it is written where most of its customers read it. */
export const LOCALES = { en: 'en-IE', de: 'de-DE' } as const;

export type LanguageCode = keyof typeof LOCALES;
