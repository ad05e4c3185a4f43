// What a caller passes, as the module takes it. What is of the wrong kind is said with the argument's name, never with its value.

import { SalesforceHostError } from './errors.js';
import type {
  AttachedFile,
  Conversation,
  Document,
  EarlierConversation,
  FieldQuery,
  ObjectQuery,
} from './generated/types.js';
import { MAX_HANDED_OVER } from './limits.js';

/** As those of `chat-host objects` and `chat-host fields`. */
const DEFAULT_LIMIT = 50;
const DEFAULT_VALUES = 10;
const MAX_U32 = 2 ** 32 - 1;

export function wrong(name: string, expected: string): SalesforceHostError {
  return new SalesforceHostError('host', `${name} must be ${expected}.`);
}

/** A document as text. The text of an object is that of `JSON.stringify`; a text is taken as it is, right or wrong. */
export function document(name: string, value: Document): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    try {
      const text: string | undefined = JSON.stringify(value);
      if (text !== undefined) return text;
    } catch {
      // A circle, a bigint, or a `toJSON` that throws: its error may repeat a value.
    }
  }
  throw wrong(name, 'JSON: an object without circles and bigints, or a text');
}

export function text(name: string, value: unknown): string {
  if (typeof value !== 'string') throw wrong(name, 'a text');
  return value;
}

export function optionalText(name: string, value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : text(name, value);
}

export function optionalTexts(name: string, value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  return list(name, value).map((one, index) => text(`${name}[${index}]`, one));
}

/** The files, without the content of those that there is no room for: the module says so of each, and runs. */
export function files(value: unknown, variables: string): unknown[] {
  let left = MAX_HANDED_OVER - Buffer.byteLength(variables);
  return list('files', value).map((file, index) => {
    const name = `files[${index}]`;
    const { variable, name: called, mediaType, content } = object(name, file) as Partial<AttachedFile>;
    if (content !== undefined && content !== null && !(content instanceof Uint8Array)) {
      throw wrong(`${name}.content`, 'a Uint8Array, such as a Buffer, or null where it is too large');
    }
    const size = content?.byteLength ?? 0;
    const fits = size <= left;
    if (fits) left -= size;
    return {
      variable: text(`${name}.variable`, variable),
      name: text(`${name}.name`, called),
      mediaType: optionalText(`${name}.mediaType`, mediaType),
      // A copy: the caller's memory may be a part of something larger, all of which would go to the thread.
      content: content && fits ? new Uint8Array(content) : undefined,
    };
  });
}

export function conversations(value: unknown): { variables: string; inDoubtFor?: number; correlation?: string }[] {
  return list('conversations', value).map((conversation, index) => {
    const name = `conversations[${index}]`;
    const { variables, inDoubtFor, correlation } = object(name, conversation) as Partial<Conversation>;
    return {
      variables: document(`${name}.variables`, variables as Document),
      inDoubtFor: optionalNumber(`${name}.inDoubtFor`, inDoubtFor) as number,
      correlation: optionalText(`${name}.correlation`, correlation) as string,
    };
  });
}

export function earlier(value: unknown): { variables: string; inDoubtFor?: number; records?: string[] }[] {
  return list('earlier', value ?? []).map((conversation, index) => {
    const name = `earlier[${index}]`;
    const { variables, inDoubtFor, records } = object(name, conversation) as Partial<EarlierConversation>;
    return {
      variables: document(`${name}.variables`, variables as Document),
      inDoubtFor: optionalNumber(`${name}.inDoubtFor`, inDoubtFor) as number,
      records: optionalTexts(`${name}.records`, records) as string[],
    };
  });
}

export function objectQuery(value: unknown, domain: string): Record<string, unknown> {
  const query = object('query', value) as Partial<ObjectQuery>;
  return {
    deploymentDomain: text('query.deploymentDomain', query.deploymentDomain ?? domain),
    apiVersion: optionalText('query.apiVersion', query.apiVersion),
    search: text('query.search', query.search ?? ''),
    limit: number('query.limit', query.limit ?? DEFAULT_LIMIT),
    all: flag('query.all', query.all ?? false),
  };
}

export function fieldQuery(value: unknown, domain: string): Record<string, unknown> {
  const query = object('query', value) as Partial<FieldQuery>;
  return {
    ...objectQuery(query, domain),
    object: text('query.object', query.object),
    values: number('query.values', query.values ?? DEFAULT_VALUES),
  };
}

export function object(name: string, value: unknown): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(name, 'an object');
  return value;
}

function list(name: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw wrong(name, 'a list');
  return value;
}

function number(name: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > MAX_U32) {
    throw wrong(name, `a whole number from 0 to ${MAX_U32}`);
  }
  return value;
}

/** Whole seconds. */
export function seconds(name: string, value: unknown): number {
  return number(name, value);
}

function optionalNumber(name: string, value: unknown): number | undefined {
  return value === undefined || value === null ? undefined : number(name, value);
}

function flag(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw wrong(name, 'true or false');
  return value;
}
