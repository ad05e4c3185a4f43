// The languages of the pages.
export type Language = 'en' | 'de';
export const LANGUAGES: Record<Language, string> = { en: 'English', de: 'Deutsch' };

export const asLanguage = (value: unknown): Language => (value === 'de' ? 'de' : 'en');
