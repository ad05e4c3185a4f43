// The conversation as a tab has it: what the server has told, and what the visitor said and the server has not kept yet.
import { type Json, list, type Members, members, parse, shown } from '../model/json';
import { asLanguage, type Language } from '../words/languages';

/** What the visitor can do now. */
export type Awaits = { question: number } | { talk: true } | { ending: true } | { again: true } | null;

export interface View {
  version: number;
  conversation: string;
  entries: Members[];
  awaits: Awaits;
  typing: boolean;
  calls: [string, number][];
  org: Members;
  kept: boolean;
  /** That of the command. */
  language: Language | null;
}

export const EMPTY: View = { version: 0, conversation: '', entries: [], awaits: null, typing: false, calls: [], org: {}, kept: false, language: null };

/** A view with what came in after it. */
export function grown(before: View, answer: Members): View {
  const news = list(answer.entries);
  const isSame = answer.conversation === before.conversation;
  return {
    version: Number(answer.version),
    conversation: shown(answer.conversation),
    entries: isSame ? [...before.entries.slice(0, Number(answer.from)), ...news] : news,
    awaits: (answer.awaits ?? null) as Awaits,
    typing: answer.typing === true,
    calls: (answer.calls ?? []) as [string, number][],
    org: members(answer.org),
    kept: answer.kept === true,
    language: asLanguage(answer.language),
  };
}

/** What the visitor says: a text, an option, or a wish for a person or the end. */
export type Said = { text: string } | { option: string; message: string; label: string } | { person: true } | { end: true };

export interface Input {
  key: string;
  conversation: string;
  question?: number;
  said: Said;
}

export const textOf = (said: Said): string => ('text' in said ? said.text : 'label' in said ? said.label : 'person' in said ? 'person' : '');

/** The options that the visitor can choose from now: of the newest message, as long as nothing is said to it. */
export function offer(entries: Members[]): { message: string; options: Members[] } | null {
  const last = entries.findLast((entry) => 'person' in entry || 'key' in entry);
  const options = list(last?.options);
  return last && options.length > 0 ? { message: shown(last.id), options } : null;
}

export const texts = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(shown) : []);

/** The server is gone, or another one is there that does not know this browser. */
export class Gone extends Error {}

export async function ask(path: string, asked?: object): Promise<Members> {
  const sent: RequestInit = asked === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asked) };
  const response = await fetch(path, sent).catch(() => {
    throw new Gone();
  });
  if (response.status === 401 || response.status === 403) throw new Gone();
  // The server can end in the middle of its answer.
  const text = await response.text().catch(() => {
    throw new Gone();
  });
  const answer = members(parse(text));
  if (!response.ok) throw new Error(shown(members(answer.error).message) || String(response.status));
  return answer;
}
