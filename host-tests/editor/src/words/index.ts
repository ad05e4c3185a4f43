import { de } from './de';
import { en, type Words } from './en';
import type { Language } from './languages';

export const WORDS: Record<Language, Words> = { en, de };
export type { Words };
export { type Language, LANGUAGES } from './languages';
