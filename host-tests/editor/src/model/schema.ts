// The form that the component gives: a JSON Schema with a title and a help text for each setting, in the author's language.
import { type Json, type Members, members, own } from './json';

export interface Schema {
  type?: string | string[];
  title?: string;
  description?: string;
  enum?: Json[];
  const?: Json;
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  required?: string[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  'x-order'?: string[];
  'x-advanced'?: boolean;
  'x-placeholder'?: string;
  'x-options'?: 'objects' | 'fields' | 'record-types' | 'picklist-values' | 'variables';
}

export interface Choice {
  value: Json;
  title: string;
}

/** The choices of a setting that is nothing else. */
export function choices(schema: Schema): Choice[] | undefined {
  const all = schema.oneOf?.map((one) => ({ value: one.enum?.[0], title: one.title ?? String(one.enum?.[0]) }));
  return all?.every((one): one is Choice => one.value !== undefined) ? (all as Choice[]) : undefined;
}

/** One kind of value of a setting that takes several: its fixed values, or one that is entered. */
export interface Alternative {
  schema: Schema;
  title: string;
}

/** The kinds of value of a setting that takes others beside its choices, such as groups of keys or an id. */
export function alternatives(schema: Schema): { fixed: Choice[]; entered: Alternative[] } | undefined {
  if (schema.oneOf === undefined || choices(schema)) return undefined;
  const fixed = schema.oneOf.flatMap((one) => choices(one) ?? []);
  const entered = schema.oneOf.filter((one) => !choices(one)).map((one) => ({ schema: one, title: one.title ?? '' }));
  return entered.every(({ schema }) => schema.type === 'string' || schema.type === 'array') ? { fixed, entered } : undefined;
}

export const allChoices = (schema: Schema): Choice[] | undefined => choices(schema) ?? alternatives(schema)?.fixed;

/** What an entered value begins with. */
export function emptyOf(schema: Schema): Json {
  return schema.type === 'array' ? [emptyOf(schema.items ?? {})] : '';
}

/** Names of an object's settings, in the order of the form. */
export function names(schema: Schema): string[] {
  const all = Object.keys(schema.properties ?? {});
  const order = schema['x-order'] ?? [];
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return all.sort((a, b) => place(a) - place(b));
}

/** The kind of row that this one is: a row that reads has a target. */
export function rowSchema(form: Schema, row: Members): Schema {
  const items = form.properties?.mappings?.items ?? {};
  if (!items.oneOf) return items;
  return items.oneOf.find((one) => one.required?.includes('target') === 'target' in row) ?? items.oneOf[0] ?? {};
}

/** The kind of source that a row has: of those with this key, the one that takes a value of this type. */
export function sourceKind(sources: Schema[], source: Members): number {
  const [key, value] = Object.entries(source)[0] ?? [];
  if (key === undefined) return 0;
  const ofKey = sources.map((one, at) => ({ at, schema: one.properties?.[key] })).filter((one) => one.schema !== undefined);
  return (ofKey.find(({ schema }) => takes(schema!, value)) ?? ofKey[0])?.at ?? 0;
}

function takes(schema: Schema, value: Json | undefined): boolean {
  const type = Array.isArray(value) ? 'array' : typeof value === 'object' ? 'number' : typeof value;
  return schema.type === type;
}

/** What a kind of source begins with. */
export function emptySource(schema: Schema): Members {
  const [key, value] = Object.entries(schema.properties ?? {})[0] ?? ['variable', {}];
  const empty: Record<string, Json> = { string: '', number: 0, boolean: true, array: [] };
  return { [key]: empty[String(value.type)] ?? '' };
}

/** The setting to which a JSON pointer leads in a form. */
export function schemaAt(form: Schema, pointer: string): Schema | undefined {
  let at: Schema | undefined = form;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const next: Schema | undefined = own(at?.properties, name) ?? (/^\d+$/.test(name) ? at?.items : undefined);
    at = next ?? (typeof at?.additionalProperties === 'object' ? at.additionalProperties : at?.oneOf?.map((one) => own(one.properties, name)).find((one) => one !== undefined));
  }
  return at;
}

export const asSchema = (value: Json | undefined): Schema => members(value) as unknown as Schema;
