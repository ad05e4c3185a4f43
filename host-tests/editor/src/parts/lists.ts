// What the drop-downs list: the org's objects and fields, which the component searches, and the flow's variables.
import { call } from '../api';
import { type Finding, words as inWords } from '../model/findings';
import { type Json, type Members, members } from '../model/json';
import { isText, records } from '../model/settings';
import type { Language, Words } from '../words';
import type { Listed, Option } from './Combobox';

const VALUES_OF_A_PICKLIST = 200;

export interface Where {
  settings: Members;
  language: Language;
  words: Words;
}

const asked = (settings: Members) => ({
  domain: isText(settings.deploymentDomain) ? settings.deploymentDomain : '',
  apiVersion: isText(settings.apiVersion) ? settings.apiVersion : undefined,
  all: settings.mode === 'sobject-read',
});

const entries = (answer: Members, name: string): Members[] => (Array.isArray(answer[name]) ? (answer[name] as Json[]).map(members) : []);

function listed(answer: Members, options: Option[], language: Language): Listed {
  const total = typeof answer.total === 'number' ? answer.total : options.length;
  const [finding] = (answer.findings ?? []) as unknown as Finding[];
  const said = finding && inWords(finding, language);
  const problem = said && options.length === 0 ? `${said.message} ${said.remedy}` : undefined;
  return { options, more: Math.max(0, total - options.length), ...(problem !== undefined && { problem }) };
}

export async function objects({ settings, language }: Where, search: string, signal: AbortSignal): Promise<Listed> {
  const answer = await call('objects', { ...asked(settings), search }, signal);
  const found = entries(answer, 'objects').map((object): Option => ({ value: String(object.name), label: String(object.label) }));
  // Records with a name of their own are no objects of the org, and can be chosen all the same.
  const own = records(settings).filter((name) => name.toLowerCase().includes(search.toLowerCase()) && !found.some((object) => object.value === name) && members(members(settings.objects)[name]).lookIn);
  return listed(answer, [...own.map((value) => ({ value })), ...found], language);
}

export async function fields({ settings, language, words }: Where, object: string, search: string, signal: AbortSignal): Promise<Listed> {
  if (object === '') return { options: [], more: 0 };
  const answer = await call('fields', { ...asked(settings), object, search }, signal);
  const hint = (field: Members) => {
    const length = typeof field.length === 'number' ? `(${field.length})` : '';
    const key = field.key === 'native' || field.key === 'native-with-view-all-data' ? words.isKey : '';
    return [`${field.type}${length}`, field.required === true ? words.required : '', key].filter(Boolean).join(', ');
  };
  const found = entries(answer, 'fields').map((field): Option => ({ value: String(field.name), label: String(field.label), hint: hint(field) }));
  return listed(answer, found, language);
}

/** The values of a field's picklist. */
export async function picklist({ settings, language }: Where, object: string, field: string, search: string, signal: AbortSignal): Promise<Listed> {
  if (object === '' || field === '') return { options: [], more: 0 };
  const answer = await call('fields', { ...asked(settings), object, search: field, limit: 10, values: VALUES_OF_A_PICKLIST }, signal);
  const found = entries(answer, 'fields').find((one) => one.name === field);
  return listed({}, matching(entries(found ?? {}, 'values').map((one) => ({ value: String(one.value), label: String(one.label) })), search), language);
}

export async function recordTypes({ settings, language }: Where, object: string, search: string, signal: AbortSignal): Promise<Listed> {
  if (object === '') return { options: [], more: 0 };
  const answer = await call('fields', { ...asked(settings), object, search: '', limit: 1 }, signal);
  return listed({}, matching(entries(answer, 'recordTypes').map((one) => ({ value: String(one.developerName), label: String(one.label) })), search), language);
}

export const names = (all: string[]) => (search: string): Promise<Listed> =>
  Promise.resolve({ options: matching(all.map((value) => ({ value })), search), more: 0 });

const matching = (all: Option[], search: string): Option[] => {
  const text = search.trim().toLowerCase();
  return all.filter(({ value, label }) => value.toLowerCase().includes(text) || (label ?? '').toLowerCase().includes(text)).slice(0, VALUES_OF_A_PICKLIST);
};

