// The component's remarks, and where on the page they belong.
import type { Json } from './json';
import type { Language } from '../words';

export interface Finding {
  severity: 'error' | 'warning' | 'info';
  code: string;
  /** JSON pointer. */
  path: string;
  message: string;
  remedy: string;
  texts: Partial<Record<Language, { message: string; remedy: string }>>;
}

export const at = (findings: Finding[], path: string): Finding[] => findings.filter((finding) => finding.path === path || finding.path.startsWith(`${path}/`));

export const words = (finding: Finding, language: Language): { message: string; remedy: string } => finding.texts[language] ?? finding;

/** A change of the settings that a remedy names. */
export interface Remedy {
  path: string;
  value: Json;
}

/** The module writes a setting behind its title, as it stands in the JSON: (JSON: "whenBlank": "fail"). */
const JSON_OF_A_SETTING = /\(JSON: "(\w+)": ([^()]+)\)/g;
/** Remedies that are one name or host to enter. */
const ENTER = new Set(['bad-domain', 'unknown-variable', 'unknown-object', 'unknown-field', 'two-spellings']);

/** What can be done about a finding with one click. */
export function remedies(finding: Finding): Remedy[] {
  const row = /^\/mappings\/\d+/.exec(finding.path)?.[0] ?? /^\/objects\/[^/]+/.exec(finding.path)?.[0] ?? '';
  const found: Remedy[] = [];
  for (const [, name, value] of finding.remedy.matchAll(JSON_OF_A_SETTING)) {
    try {
      found.push({ path: `${row}/${name}`, value: JSON.parse(value!) as Json });
    } catch {
      // Words such as `…` stand for a value that the author has to choose.
    }
  }
  const [only, ...others] = [...finding.remedy.matchAll(/`([^`]+)`/g)].map(([, text]) => text!);
  if (ENTER.has(finding.code) && only !== undefined && others.length === 0) found.push({ path: finding.path, value: only });
  return found;
}

/** The document with the value at that place. */
export function apply(document: Json, { path, value }: Remedy): Json {
  const [, part, ...rest] = path.split('/');
  // Hints that are silenced are added to those that are.
  if (part === undefined) return Array.isArray(document) && Array.isArray(value) ? [...new Set([...document, ...value])] : value;
  const inner = { path: ['', ...rest].join('/'), value };
  const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
  if (Array.isArray(document)) {
    const place = Number(name);
    return document.map((item, at) => (at === place ? apply(item, inner) : item));
  }
  const of = typeof document === 'object' && document !== null ? document : {};
  return { ...of, [name]: apply(of[name] ?? null, inner) };
}
