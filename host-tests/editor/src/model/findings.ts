// The component's remarks, and where on the page they belong.
import { type Json, members, own } from './json';
import type { Language } from '../words';

export interface Finding {
  severity: 'error' | 'warning' | 'info';
  code: string;
  /** JSON pointer. */
  path: string;
  message: string;
  remedy: string;
  texts: Partial<Record<Language, { message: string; remedy: string }>>;
  /** What can be done about it with one click. */
  changes?: Change[];
}

export const at = (findings: Finding[], path: string): Finding[] => findings.filter((finding) => finding.path === path || finding.path.startsWith(`${path}/`));

export const words = (finding: Finding, language: Language): { message: string; remedy: string } => finding.texts[language] ?? finding;

/** A change of the settings that mends it: of each, the component has said that it does. */
export interface Change {
  /** JSON pointer. */
  path: string;
  value: Json;
}

/** The document with the value at that place. */
export function apply(document: Json, { path, value }: Change): Json {
  const [, part, ...rest] = path.split('/');
  // Hints that are silenced are added to those that are.
  if (part === undefined) return Array.isArray(document) && Array.isArray(value) ? [...new Set([...document, ...value])] : value;
  const inner = { path: ['', ...rest].join('/'), value };
  const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
  if (Array.isArray(document)) {
    const place = Number(name);
    return document.map((item, at) => (at === place ? apply(item, inner) : item));
  }
  const of = members(document);
  return { ...of, [name]: apply(own(of, name) ?? null, inner) };
}
