import { de } from './de';
import { en, type Words } from './en';

export type Language = 'en' | 'de';
export const LANGUAGES: Record<Language, string> = { en: 'English', de: 'Deutsch' };
export const WORDS: Record<Language, Words> = { en, de };
export type { Words };
