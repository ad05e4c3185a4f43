// wit/ → src/generated/types.ts: the answers as JSON has them, and what a caller passes, with the WIT's own documentation.
//
// The WIT stays the one manual. What JSON has otherwise than the WIT is in the tables below, and a name there that the WIT does
// not have ends the build.
import { mkdir, readFile, writeFile } from 'node:fs/promises';

const wit = (name) => new URL(`../../../wit/${name}.wit`, import.meta.url);
const target = new URL('../src/generated/', import.meta.url);

/** Members that JSON does not have: the host gives `log` to `onLog`. */
const LEFT_OUT = {
  outcome: ['log'],
  'many-outcome': ['log'],
  'run-plan': ['log', 'requests-at-least', 'requests-at-most'],
  'run-preview': ['log'],
};
/** Members that JSON has only where they say something. */
const SOMETIMES = {
  outcome: ['files', 'correlation', 'response'],
  'run-plan': ['files', 'request', 'error'],
  'run-preview': ['files', 'error'],
  'planned-record': ['look-in'],
  'planned-field': ['only-finds'],
  'planned-link': ['key', 'only-finds'],
};
/** Members of another type than the WIT's. */
const OTHER_TYPES = {
  'outcome.variables': 'JsonObject',
  'tool.variables': 'JsonObject',
  'tool.results': 'JsonObject',
  'module-manifest.settings-schema': 'JsonObject',
  'settings-form.schema': 'JsonObject',
  'settings-form.ui-schema': 'JsonObject',
  'settings-form.data': 'JsonObject',
  'http-request.body': 'Json',
  // The document itself, byte for byte: it is to be stored.
  'prepared.settings': 'string | null',
  'conversation.variables': 'Document',
  'earlier-conversation.variables': 'Document',
};
/** Members that JSON describes otherwise. */
const OTHER_DOCS = { 'http-request.body': ['`null` where there is none, as with GET and DELETE.'] };
const ADDED = { 'run-plan': '  /** HTTP requests of a run that ends `done`, where nothing goes wrong on the way. */\n  requests: { atLeast: number; atMost: number };\n' };
/** Passed in, not handed out. */
const INPUTS = ['attached-file', 'conversation', 'earlier-conversation', 'object-query', 'field-query', 'chosen-option', 'sent-file'];
/** What a caller may leave out beside the options of the WIT. */
const DEFAULTS = {
  'object-query': ['deployment-domain', 'search', 'limit', 'all'],
  'field-query': ['deployment-domain', 'search', 'limit', 'all', 'values'],
};
/**
 * `session` is `Session` of this package; what a token answer gives goes into a connection. Of a chat, JSON has other shapes than the WIT:
 * src/handover/types.ts has them.
 */
const SKIPPED = [
  'session', 'tokens', 'oauth-error',
  'chat', 'offer', 'incoming-message', 'chat-event', 'progress', 'handed', 'received', 'outgoing-message',
];

const pascal = (name) => camel(`-${name}`);
const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** Records and enums of a file. Of WIT it knows what these files use. */
function parse(text, file) {
  const items = [];
  let docs = [];
  let open = null;
  for (const [index, line] of text.split('\n').entries()) {
    const trimmed = line.trim();
    const where = () => `${file}:${index + 1}: \`${trimmed}\` is not understood`;
    if (trimmed.startsWith('///')) docs.push(trimmed.slice(3).replace(/^ /, ''));
    else if (open && trimmed === '}') open = null;
    else if (open?.kind === 'variant') docs = [];
    else if (open?.kind === 'record' || open?.kind === 'enum') {
      if (trimmed === '') continue;
      const member = /^%?([a-z0-9-]+)(?:: (.+))?,$/.exec(trimmed);
      if (!member || (member[2] === undefined) !== (open.kind === 'enum')) throw new Error(where());
      open.members.push({ name: member[1], type: member[2], docs: docs.splice(0) });
    } else {
      const opened = /^(record|enum|variant) ([a-z-]+) \{$/.exec(trimmed);
      const whole = /^enum ([a-z-]+) \{ (.+) \}$/.exec(trimmed);
      if (whole) {
        const members = whole[2].split(', ').map((name) => ({ name, docs: [] }));
        items.push({ kind: 'enum', name: whole[1], docs: docs.splice(0), members });
      } else if (opened) items.push((open = { kind: opened[1], name: opened[2], docs: docs.splice(0), members: [] }));
      else if (trimmed !== '') {
        if (!/^(package|interface|use|type|\}|.* func\()/.test(trimmed)) throw new Error(where());
        docs = [];
      }
    }
  }
  return items;
}

function comment(docs, indent = '') {
  if (docs.length === 0) return '';
  if (docs.length === 1) return `${indent}/** ${docs[0]} */\n`;
  return `${indent}/**\n${docs.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}

const PRIMITIVES = { string: 'string', bool: 'boolean', u16: 'number', u32: 'number', json: 'Json', 'list<u8>': 'Uint8Array' };

function typeOf(type, records) {
  if (PRIMITIVES[type]) return PRIMITIVES[type];
  const option = /^option<(.+)>$/.exec(type);
  if (option) return `${typeOf(option[1], records)} | null`;
  const list = /^list<(.+)>$/.exec(type);
  if (list) {
    const of = records.get(list[1]);
    // What is there once in each language is a map of languages.
    if (of?.members[0]?.name === 'language') return `Record<string, ${of.members.length === 2 ? 'string' : pascal(list[1])}>`;
    return `${typeOf(list[1], records)}[]`;
  }
  if (!records.has(type)) throw new Error(`the type ${type} is not understood`);
  return pascal(type);
}

function written(item, records) {
  if (item.kind === 'enum') {
    const cases = item.members.map((member) => `${comment(member.docs, '  ')}  | '${member.name}'`);
    return `${comment(item.docs)}export type ${pascal(item.name)} =\n${cases.join('\n')};\n`;
  }
  const input = INPUTS.includes(item.name);
  const members = item.members
    .filter(({ name }) => name !== 'language' && !LEFT_OUT[item.name]?.includes(name))
    .map(({ name, type, docs }) => {
      const sometimes = SOMETIMES[item.name]?.includes(name) ?? false;
      const optional = sometimes || (input && (type.startsWith('option<') || DEFAULTS[item.name]?.includes(name)));
      let ts = OTHER_TYPES[`${item.name}.${name}`] ?? typeOf(type, records);
      if (sometimes && item.name !== 'run-plan') ts = ts.replace(/ \| null$/, '');
      return `${comment(OTHER_DOCS[`${item.name}.${name}`] ?? docs, '  ')}  ${camel(name)}${optional ? '?' : ''}: ${ts};\n`;
    });
  return `${comment(item.docs)}export interface ${pascal(item.name)} {\n${members.join('')}${ADDED[item.name] ?? ''}}\n`;
}

/** Each name in the tables is one of the WIT's. */
function check(records) {
  const member = (record, name) => {
    if (!records.get(record)?.members.some((one) => one.name === name)) throw new Error(`the WIT has no ${record}.${name}`);
  };
  for (const table of [LEFT_OUT, SOMETIMES, DEFAULTS])
    for (const [record, names] of Object.entries(table)) names.forEach((name) => member(record, name));
  for (const path of Object.keys({ ...OTHER_TYPES, ...OTHER_DOCS })) member(...path.split('.'));
}

const items = [];
for (const file of ['types', 'oauth', 'handover']) items.push(...parse(await readFile(wit(file), 'utf8'), `wit/${file}.wit`));
const records = new Map(items.map((item) => [item.name, item]));
check(records);
const used = items.filter(({ kind, name }) => kind !== 'variant' && !SKIPPED.includes(name) && name !== 'problem-text');
await mkdir(target, { recursive: true });
await writeFile(
  new URL('types.ts', target),
  `// Written by build/types.mjs from wit/: change it there.
/** A value of JSON. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
/** An object of JSON. */
export interface JsonObject {
  [name: string]: Json;
}
/** A JSON document: as text, in which numbers keep all their digits, or as the object that it is the text of. */
export type Document = string | object;

${used.map((item) => written(item, records)).join('\n')}`,
);
