// The page's own words. Those of the conversation come from the flow, the module and the person.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Members } from '../model/json';
import type { Language } from '../words/languages';

const en = {
  language: 'Language',
  title: 'A conversation and its Salesforce',
  conversation: 'The conversation',
  conversationHelp: 'You are the visitor.',
  salesforce: 'What reaches Salesforce',
  nothingYet: 'Nothing yet: the first module runs after three answers.',
  bot: 'Bot',
  you: 'You',
  notSent: 'not sent',
  waiting: 'on its way',
  late: (text: string) => `This came too late and was not sent: “${text}”`,
  types: 'The person types …',
  works: 'A moment …',
  looks: 'A person is looked for …',
  answer: 'Your answer',
  answerHelp: 'An empty answer leaves the question unanswered.',
  message: 'Your message',
  choices: 'What you can choose',
  send: 'Send',
  person: 'Talk to a person',
  end: 'End the chat',
  ending: 'The chat is being ended …',
  again: 'Begin again',
  agentsPage: 'Be the agent: open their page',
  plan: 'Plan',
  requests: 'Requests',
  noAnswer: 'no answer',
  request: 'Request',
  answered: 'Answer',
  noBody: 'no body',
  milliseconds: (count: number) => `${count} ms`,
  shortened: 'shortened',
  results: 'What happened',
  visitorReads: 'The visitor reads',
  candidates: 'Candidates',
  openRecord: 'open it',
  holds: (object: string) => `${object} holds now`,
  field: 'Field',
  value: 'Value',
  empty: 'empty',
  calls: 'Requests to the messaging host',
  callsHelp: 'Without their bodies: these hold the tokens of the chat.',
  times: (count: number) => (count === 1 ? 'once' : `${count} times`),
  gone: (isKept: boolean) =>
    `chat-host does not answer. Start it again${isKept ? ' with the same options' : ''}. If it prints another port than this one, open that address.`,
  file: 'File',
  cannotShow: (kind: string) => `sends something that cannot be shown here: ${kind}`,
  result: { created: 'created', updated: 'updated', unchanged: 'unchanged', found: 'found', skipped: 'skipped', ambiguous: 'ambiguous', failed: 'failed', unknown: 'unknown' } as Record<string, string>,
};

export type Words = typeof en;

const de: Words = {
  language: 'Sprache',
  title: 'Ein Gespräch und sein Salesforce',
  conversation: 'Das Gespräch',
  conversationHelp: 'Sie sind der Besucher.',
  salesforce: 'Was Salesforce erreicht',
  nothingYet: 'Noch nichts: Das erste Modul läuft nach drei Antworten.',
  bot: 'Bot',
  you: 'Sie',
  notSent: 'nicht gesendet',
  waiting: 'unterwegs',
  late: (text) => `Das kam zu spät und wurde nicht gesendet: „${text}“`,
  types: 'Die Person schreibt …',
  works: 'Einen Moment …',
  looks: 'Eine Person wird gesucht …',
  answer: 'Ihre Antwort',
  answerHelp: 'Eine leere Antwort lässt die Frage offen.',
  message: 'Ihre Nachricht',
  choices: 'Was Sie wählen können',
  send: 'Senden',
  person: 'Mit einer Person sprechen',
  end: 'Gespräch beenden',
  ending: 'Das Gespräch wird beendet …',
  again: 'Von vorn beginnen',
  agentsPage: 'Selbst die Person sein: ihre Seite öffnen',
  plan: 'Plan',
  requests: 'Anfragen',
  noAnswer: 'keine Antwort',
  request: 'Anfrage',
  answered: 'Antwort',
  noBody: 'ohne Inhalt',
  milliseconds: (count) => `${count} ms`,
  shortened: 'gekürzt',
  results: 'Was geschehen ist',
  visitorReads: 'Der Besucher liest',
  candidates: 'Kandidaten',
  openRecord: 'öffnen',
  holds: (object) => `${object} enthält jetzt`,
  field: 'Feld',
  value: 'Wert',
  empty: 'leer',
  calls: 'Anfragen an den Messaging-Host',
  callsHelp: 'Ohne ihren Inhalt, in dem die Tokens des Gesprächs stehen.',
  times: (count) => (count === 1 ? 'einmal' : `${count}-mal`),
  gone: (isKept) =>
    `chat-host antwortet nicht. Starten Sie es noch einmal${isKept ? ' mit denselben Optionen' : ''}. Nennt es einen anderen Port als diesen, so öffnen Sie jene Adresse.`,
  file: 'Datei',
  cannotShow: (kind) => `schickt etwas, das hier nicht gezeigt werden kann: ${kind}`,
  result: { created: 'angelegt', updated: 'geändert', unchanged: 'unverändert', found: 'gefunden', skipped: 'übersprungen', ambiguous: 'mehrdeutig', failed: 'gescheitert', unknown: 'unbekannt' },
};

const WORDS: Record<Language, Words> = { en, de };

export const LanguageContext = createContext<Language>('en');

export const useWords = (): Words => WORDS[useContext(LanguageContext)];

/** What an entry says, in the language of the page: this member is English, and `de` is beside it where the host has it in German, too. */
export function useSaid(): (entry: Members, name: string) => string {
  const language = useContext(LanguageContext);
  return (entry, name) => String((language === 'de' ? entry.de : undefined) ?? entry[name] ?? '');
}
