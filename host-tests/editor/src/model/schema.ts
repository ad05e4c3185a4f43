// The form that the component gives: a JSON Schema with a title and a help text for each setting, in the author's language.
import { type Json, type Members, members } from './json';

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

/** Where a JSON pointer leads to in a form: the titles on the way, of which the last is the setting's. */
export function titleAt(form: Schema, pointer: string): string | undefined {
  let at: Schema | undefined = form;
  for (const part of pointer.split('/').slice(1)) {
    const next: Schema | undefined = at?.properties?.[part] ?? (/^\d+$/.test(part) ? at?.items : undefined);
    at = next ?? (typeof at?.additionalProperties === 'object' ? at.additionalProperties : at?.oneOf?.find((one) => one.properties?.[part])?.properties?.[part]);
  }
  return at?.title;
}

export const asSchema = (value: Json | undefined): Schema => members(value) as unknown as Schema;
