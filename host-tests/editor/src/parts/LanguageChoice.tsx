// The choice of the page's language.
import { LANGUAGES, type Language } from '../words/languages';

export function LanguageChoice({ label, language, onLanguage }: { label: string; language: Language; onLanguage(language: Language): void }) {
  return (
    <select aria-label={label} value={language} onChange={(event) => onLanguage(event.currentTarget.value as Language)}>
      {Object.entries(LANGUAGES).map(([code, name]) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  );
}
