// The settings document, as far as the page changes it. What is right is the component's to say.
import { cut, type Json, type Members, members, own, shown, withMember } from './json';

/** A document with a key for each row: rows move, and what is open or has the focus moves along. */
export interface Draft {
  settings: Members;
  keys: number[];
  variables: Members;
}

let lastKey = 0;
export const nextKey = (): number => ++lastKey;

export const rows = (settings: Members): Members[] => (Array.isArray(settings.mappings) ? settings.mappings.map(members) : []);

export const draft = (settings: Members, variables: Members): Draft => ({ settings, variables, keys: rows(settings).map(nextKey) });

export const EMPTY: Members = { mode: 'sobject-write', mappings: [{}] };

/** Whether nothing but mode and domain is filled in. */
export const isBlank = (settings: Members): boolean =>
  Object.keys(settings).every((name) => ['mode', 'deploymentDomain', 'mappings'].includes(name)) && rows(settings).every((row) => Object.keys(row).length === 0);

/** With what a new document of a mode has, in the place of what is blank. */
export function withStart(of: Draft, start: Members): Draft {
  const { deploymentDomain } = of.settings;
  const settings = withMember(start, 'deploymentDomain', deploymentDomain);
  return JSON.stringify(rows(settings)) === JSON.stringify(rows(of.settings)) && 'mappings' in settings === 'mappings' in of.settings ? of : draft(settings, of.variables);
}

const withRows = (of: Draft, mappings: Members[], keys: number[]): Draft => ({ ...of, settings: { ...of.settings, mappings }, keys });

export const withRow = (of: Draft, at: number, row: Members): Draft => withRows(of, rows(of.settings).with(at, row), of.keys);

/** A new row goes on with the record of the row before. */
export function addRow(of: Draft, at: number): Draft {
  const all = rows(of.settings);
  const object = all[at - 1]?.object;
  return withRows(of, all.toSpliced(at, 0, object === undefined ? {} : { object }), of.keys.toSpliced(at, 0, nextKey()));
}

export const removeRow = (of: Draft, at: number): Draft => withRows(of, rows(of.settings).toSpliced(at, 1), of.keys.toSpliced(at, 1));

export function moveRow(of: Draft, from: number, to: number): Draft {
  const all = rows(of.settings);
  const [row, key] = [all[from], of.keys[from]];
  if (row === undefined || key === undefined || to < 0 || to >= all.length) return of;
  return withRows(of, all.toSpliced(from, 1).toSpliced(to, 0, row), of.keys.toSpliced(from, 1).toSpliced(to, 0, key));
}

/** Names of the records that the rows write or read, in their order. */
export const records = (settings: Members): string[] => [...new Set(rows(settings).map((row) => row.object).filter(isText))];

export const recordOf = (settings: Members, name: string): Members => members(own(members(settings.objects), name));

export function withRecord(of: Draft, name: string, record: Members): Draft {
  const objects = withMember(members(of.settings.objects), name, Object.keys(record).length > 0 ? record : undefined);
  return { ...of, settings: withMember(of.settings, 'objects', Object.keys(objects).length > 0 ? objects : undefined) };
}

/** The SObject whose fields a row can name. */
export function sobjectOf(settings: Members, row: Members): string {
  const name = isText(row.object) ? row.object : '';
  const { sobject, lookIn } = recordOf(settings, name);
  const [only] = list(row.onlyFor);
  return [sobject, only, list(lookIn)[0], name].find(isText) ?? '';
}

const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

export const isText = (value: Json | undefined): value is string => typeof value === 'string' && value !== '';

/** What a variable is for. */
export interface Use {
  kind: 'value' | 'part' | 'file' | 'once';
  /** A field, or a record. */
  place: string;
  isKey: boolean;
}

/** As far as rows and records say it. */
export function uses(settings: Members, variable: string): Use[] {
  const ofRow = (row: Members): Use[] => {
    const { variable: value, transcript, template, file } = members(row.source);
    const isKey = row.useToFindExisting === true || row.useToFindExisting === 'only';
    const place = [row.object, row.field ?? row.attribute].filter(isText).join('.');
    if (file === variable) return [{ kind: 'file', place: shown(row.object), isKey: false }];
    if (value === variable || transcript === variable) return [{ kind: 'value', place, isKey }];
    return isText(template) && template.includes(`{${variable}}`) ? [{ kind: 'part', place, isKey }] : [];
  };
  const ofRecord = ([place, record]: [string, Json]): Use[] => (members(members(record).idempotency).variable === variable ? [{ kind: 'once', place, isKey: false }] : []);
  return [...rows(settings).flatMap(ofRow), ...Object.entries(members(settings.objects)).flatMap(ofRecord)].filter((use) => use.place !== '');
}

/** Whether a row takes a file from the variable. */
export const takesFile = (settings: Members, variable: string): boolean => rows(settings).some((row) => members(row.source).file === variable);

/** The variables that the rows name; those in templates, and further ones, `describe` knows. */
export const namedVariables = (settings: Members): string[] =>
  rows(settings).flatMap((row) => Object.entries(members(row.source)).filter(([kind]) => ['variable', 'file', 'transcript'].includes(kind)).map(([, name]) => name)).filter(isText);

/** `customer_email → Contact.Email` */
export function title(row: Members): string {
  const source = Object.values(members(row.source))[0] ?? members(row.target).variable;
  const target = [row.object, row.field ?? row.attribute].filter(isText).join('.');
  return [shown(source), target].filter((part) => part !== '').map(cut).join(' → ');
}
