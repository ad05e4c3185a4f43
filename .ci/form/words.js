// What an engine adds in the author's language: the words of the libraries, and what a row is called.
import localizeDe from 'ajv-i18n/localize/de';
import localizeEn from 'ajv-i18n/localize/en';

export const WORDS = {
  en: { more: 'More settings', add: 'Add', remove: 'Remove', up: 'Move up', down: 'Move down', submit: 'Submit', empty: 'New row', required: 'Please fill this in.' },
  de: { more: 'Weitere Einstellungen', add: 'Hinzufügen', remove: 'Entfernen', up: 'Nach oben', down: 'Nach unten', submit: 'Absenden', empty: 'Neue Zeile', required: 'Bitte ausfüllen.' },
};

/** `customer_email → Contact.Email`; where a field is read, the other way round. */
export function rowLabel(row, words) {
  const { source, target, object, field } = row ?? {};
  const value = Object.values(source ?? target ?? {})[0];
  const place = [object, field].filter(Boolean).join('.');
  const ends = [value, place].filter((end) => end !== undefined && end !== '').map(String);
  if (ends.length === 0) return words.empty;
  return (target ? ends.reverse() : ends).join(' → ');
}

/** Ajv's errors in the author's language. A pattern says nothing to an author: the setting's own help tells what is expected. */
export function localize(language) {
  const inLanguage = language === 'de' ? localizeDe : localizeEn;
  return (errors) => {
    inLanguage(errors);
    for (const error of errors ?? []) {
      const help = error.parentSchema?.description;
      if (help && ['pattern', 'not'].includes(error.keyword)) error.message = help;
      if (error.keyword === 'required') error.message = WORDS[language].required;
    }
  };
}
