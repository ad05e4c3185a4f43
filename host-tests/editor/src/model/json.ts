// JSON that keeps each number as it is spelt: `12345678901234567890` and `1.10` are values of fields, not of JavaScript.

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Members = { [name: string]: Json };

type Raw = { rawJSON(text: string): unknown; isRawJSON(value: unknown): boolean };
const raw = JSON as unknown as Partial<Raw>;

export function parse(text: string): Json {
  const keep = (_: string, value: unknown, context?: { source?: string }): unknown => {
    const source = context?.source;
    return typeof value === 'number' && source !== undefined && source !== String(value) && raw.rawJSON ? raw.rawJSON(source) : value;
  };
  return JSON.parse(text, keep as (key: string, value: unknown) => unknown) as Json;
}

export const print = (value: Json): string => JSON.stringify(value, null, 2);

export const isMembers = (value: Json | undefined): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !raw.isRawJSON?.(value);

export const members = (value: Json | undefined): Members => (isMembers(value) ? value : {});

/** The objects of a list; none where there is no list. */
export const list = (value: Json | undefined): Members[] => (Array.isArray(value) ? value.map(members) : []);

/** What an object has of its own: `constructor` and `__proto__` are names like any other in what people and orgs write. */
export const own = <T>(of: { [name: string]: T } | undefined, name: string): T | undefined => (of !== undefined && Object.hasOwn(of, name) ? of[name] : undefined);

/** A value as a person reads it: a text as it is, all else as JSON. */
export const shown = (value: Json | undefined): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** An address of a record, and nothing that a browser would carry out. */
export function webAddress(value: Json | undefined): string | undefined {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  return url?.protocol === 'https:' ? url.href : undefined;
}

/** Without the member where there is no value. */
export function withMember(of: Members, name: string, value: Json | undefined): Members {
  if (value !== undefined) return { ...of, [name]: value };
  const { [name]: _, ...rest } = of;
  return rest;
}

const MAX_SHOWN = 300;

/** The beginning of a long text: what is drawn of a value that has no end. */
export const cut = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
