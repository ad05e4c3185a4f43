// What the page begins with, and what a tab keeps for when it is loaded again.
import { asLanguage, type Language } from '../words/languages';
import { isMembers, type Members, members, parse } from './json';
import { type Draft, draft as toDraft, EMPTY } from './settings';

const KEPT = 'salesforce-module-editor';

export interface Begun {
  language: Language;
  base: string | null;
  text: string | null;
  draft: Draft;
}

/** What the page begins with: what this tab had, the file, or an empty form. */
export function begin(start: Members): Begun {
  const file = members(start.file).text;
  const base = typeof file === 'string' ? file : null;
  const language = asLanguage(start.language);
  const before = kept();
  // A file that has changed since is what the author wants to see.
  if (before?.base === base) return before;
  const begun = { language: before?.language ?? language, base, text: null } as const;
  if (base === null) return { ...begun, draft: empty(start) };
  try {
    const settings = parse(base);
    if (isMembers(settings)) return { ...begun, draft: toDraft(settings, members(start.variables)) };
  } catch {
    // No JSON: shown as the text that it is, with what the component says of it.
  }
  return { ...begun, text: base, draft: empty(start) };
}

export function empty(start: Members): Draft {
  const { domain } = members(start.org);
  return toDraft({ ...EMPTY, ...(typeof domain === 'string' && { deploymentDomain: domain }) }, members(start.variables));
}

function kept(): Begun | null {
  try {
    const { language, base, text, settings, variables } = members(parse(sessionStorage.getItem(KEPT) ?? 'null'));
    if (!isMembers(settings)) return null;
    const draft = toDraft(settings, members(variables));
    return { language: asLanguage(language), base: typeof base === 'string' ? base : null, text: typeof text === 'string' ? text : null, draft };
  } catch {
    return null;
  }
}

export function keep(what: Omit<Begun, 'draft'> & Omit<Draft, 'keys'>) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(what));
  } catch {
    // Full, or switched off: then a reload begins anew.
  }
}

export function download(text: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = 'settings.json';
  link.click();
  URL.revokeObjectURL(link.href);
}
