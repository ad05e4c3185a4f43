// One setting, drawn by its schema: what stands behind "More", of a row, of a record and of the document.
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { at, type Finding } from '../model/findings';
import { isMembers, type Json, members, own, parse, shown, withMember } from '../model/json';
import { alternatives, choices, emptyOf, names as namesOf, type Schema } from '../model/schema';
import { Combobox, type Listed } from './Combobox';
import { Findings } from './Findings';
import * as lists from './lists';
import { usePage } from './page';

interface Props {
  schema: Schema;
  /** JSON pointer: where the findings are. */
  path: string;
  value: Json | undefined;
  onValue(value: Json | undefined): void;
  /** The object and field that lists are of. */
  object?: string;
  field?: string;
  label?: string;
}

export function Field(props: Props) {
  const { followed } = usePage();
  const id = useId();
  const { schema } = props;
  // Those of a row stand under the row, and those of a setting inside of this one stand there.
  const all = props.schema.type === 'object' ? followed.findings.filter((finding) => finding.path === props.path) : at(followed.findings, props.path);
  const findings = props.path.startsWith('/mappings/') ? [] : all;
  const label = props.label ?? schema.title ?? props.path.split('/').at(-1) ?? '';
  const isGroup = schema.type === 'object' || schema.type === 'array';
  const help = schema.description !== undefined && <p class="help" id={`${id}-help`}>{schema.description}</p>;
  const described = [schema.description && `${id}-help`, findings.length > 0 && `${id}-findings`].filter(Boolean).join(' ') || undefined;
  const inner = <Control {...props} label={label} id={id} described={described} findings={findings} />;
  return isGroup ? (
    <fieldset class="field wide">
      <legend>{label}</legend>
      {help}
      {inner}
      <Findings id={`${id}-findings`} findings={findings} />
    </fieldset>
  ) : (
    <div class={Array.isArray(props.value) ? 'field wide' : 'field'}>
      <label for={id}>{label}</label>
      {inner}
      {help}
      <Findings id={`${id}-findings`} findings={findings} />
    </div>
  );
}

interface ControlProps extends Props {
  id: string;
  label: string;
  described: string | undefined;
  findings: Finding[];
  /** One of a list, which has no label of its own. */
  isEntry?: boolean;
}

function Control(props: ControlProps) {
  const { schema, value, onValue, id, label, described, findings } = props;
  const { words } = usePage();
  const load = useLoad(props);
  const given = { id, 'aria-describedby': described, 'aria-invalid': findings.some((finding) => finding.severity === 'error') || undefined };
  const several = alternatives(schema);
  if (several) return <Alternatives {...props} {...several} />;
  const of = choices(schema);
  if (of) {
    const chosen = of.findIndex((choice) => choice.value === value);
    return (
      <select {...given} value={String(chosen)} onChange={(event) => onValue(of[Number(event.currentTarget.value)]?.value)}>
        <option value="-1">{schema['x-placeholder'] ?? words.none}</option>
        {of.map((choice, at) => (
          <option key={at} value={String(at)}>
            {choice.title}
          </option>
        ))}
      </select>
    );
  }
  if (schema.type === 'boolean') {
    return <input type="checkbox" {...given} checked={value === true} onChange={(event) => onValue(event.currentTarget.checked || undefined)} />;
  }
  if (schema.type === 'integer' || schema.type === 'number') {
    const read = (text: string): Json | undefined => (text.trim() === '' ? undefined : Number.isFinite(Number(text)) ? Number(text) : text);
    return <input type="text" inputMode="decimal" {...given} placeholder={schema['x-placeholder']} value={shown(value)} onInput={(event) => onValue(read(event.currentTarget.value))} />;
  }
  if (schema.type === 'string') {
    const text = shown(value);
    const change = (typed: string) => onValue(typed === '' ? undefined : typed);
    if (load) return <Combobox {...(!props.isEntry && { inputId: id })} label={label} value={text} placeholder={schema['x-placeholder']} onValue={change} load={load} describedBy={described} invalid={given['aria-invalid'] === true} />;
    if ((schema.maxLength ?? 0) > 200) return <textarea {...given} rows={2} value={text} onInput={(event) => change(event.currentTarget.value)} />;
    return <input type="text" {...given} aria-label={props.isEntry ? label : undefined} placeholder={schema['x-placeholder']} value={text} onInput={(event) => change(event.currentTarget.value)} />;
  }
  const items = schema.items;
  const ofItems = items && choices(items);
  if (schema.type === 'array' && ofItems) {
    const chosen = Array.isArray(value) ? value : [];
    return (
      <div class="choices">
        {ofItems.map((choice, at) => (
          <label key={at}>
            <input
              type="checkbox"
              checked={chosen.includes(choice.value)}
              onChange={(event) => {
                const next = event.currentTarget.checked ? [...chosen, choice.value] : chosen.filter((one) => one !== choice.value);
                onValue(next.length > 0 ? next : undefined);
              }}
            />
            {choice.title}
          </label>
        ))}
      </div>
    );
  }
  if (schema.type === 'array' && (items?.type === 'string' || items?.type === 'array')) return <Items {...props} items={items} />;
  if (schema.type === 'object' && (schema.properties || typeof schema.additionalProperties === 'object')) return <Group {...props} />;
  return <AsJson {...props} />;
}

/** The list of a setting's drop-down, where it has one. */
function useLoad({ schema, object = '', field = '' }: Props): ((search: string, signal: AbortSignal) => Promise<Listed>) | undefined {
  const { draft, language, words, variables } = usePage();
  const where = { settings: draft.settings, language, words };
  switch (schema['x-options']) {
    case 'objects':
      return (search, signal) => lists.objects(where, search, signal);
    case 'fields':
      return (search, signal) => lists.fields(where, object, search, signal);
    case 'record-types':
      return (search, signal) => lists.recordTypes(where, object, search, signal);
    case 'picklist-values':
      return (search, signal) => lists.picklist(where, object, field, search, signal);
    case 'variables':
      return lists.names(variables);
    default:
      return undefined;
  }
}

/** One of several choices, or a value that is entered below them. */
function Alternatives({ fixed, entered, ...props }: ControlProps & NonNullable<ReturnType<typeof alternatives>>) {
  const { words } = usePage();
  const { schema, value, onValue, id, label, described } = props;
  const chosen = fixed.findIndex((choice) => choice.value === value);
  const kind = chosen >= 0 || value === undefined ? -1 : entered.findIndex((one) => (one.schema.type === 'array') === Array.isArray(value));
  const choose = (at: number) => {
    const one = entered[at - fixed.length];
    onValue(one ? emptyOf(one.schema) : fixed[at]?.value);
  };
  const one = entered[kind];
  return (
    <div class="list">
      <select id={id} aria-describedby={described} aria-invalid={props.findings.some((finding) => finding.severity === 'error') || undefined} value={String(one ? fixed.length + kind : chosen)} onChange={(event) => choose(Number(event.currentTarget.value))}>
        <option value="-1">{schema['x-placeholder'] ?? words.none}</option>
        {[...fixed, ...entered].map((choice, at) => (
          <option key={at} value={String(at)}>
            {choice.title}
          </option>
        ))}
      </select>
      {one && <Control {...props} isEntry schema={one.schema} id={`${id}-entered`} label={`${label}: ${one.title}`} onValue={(next) => onValue(next ?? emptyOf(one.schema))} />}
    </div>
  );
}

/** A list of texts, or of such lists. */
function Items({ items, ...props }: ControlProps & { items: Schema }) {
  const { words } = usePage();
  const all = Array.isArray(props.value) ? props.value : [];
  const set = (next: Json[]) => props.onValue(next.length > 0 ? next : undefined);
  return (
    <div class="list" {...(props.isEntry && { role: 'group', 'aria-label': props.label })}>
      {all.map((item, at) => (
        <div class="entry" key={at}>
          <Control {...props} isEntry schema={items} id={`${props.id}-${at}`} label={`${props.label}: ${words.entry(at + 1)}`} value={item} onValue={(next) => set(all.with(at, next ?? emptyOf(items)))} />
          <Remove label={`${words.remove}: ${props.label}, ${words.entry(at + 1)}`} onClick={() => set(all.toSpliced(at, 1))} />
        </div>
      ))}
      <button type="button" class="small" onClick={() => set([...all, emptyOf(items)])}>
        {words.add}
      </button>
    </div>
  );
}

/** Settings inside of one, and those that the author names. */
function Group({ schema, path, value, onValue, object, field }: ControlProps) {
  const { words } = usePage();
  const [name, setName] = useState('');
  const id = useId();
  const of = members(value);
  const known = namesOf(schema);
  const set = (key: string, next: Json | undefined) => {
    const all = withMember(of, key, next);
    onValue(Object.keys(all).length > 0 ? all : undefined);
  };
  const rest = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  const given = { ...(object !== undefined && { object }), ...(field !== undefined && { field }) };
  return (
    <div class="fields">
      {known.map((key) => (
        <Field key={key} {...given} schema={schema.properties![key]!} path={`${path}/${key}`} value={own(of, key)} onValue={(next) => set(key, next)} />
      ))}
      {rest &&
        Object.keys(of)
          .filter((key) => !known.includes(key))
          .map((key) => (
            <Field key={key} {...given} schema={{ type: 'string', ...rest }} label={key} path={`${path}/${key}`} value={of[key]} onValue={(next) => set(key, next)} />
          ))}
      {rest && (
        <div class="entry">
          <label for={id}>{words.name}</label>
          <input id={id} type="text" value={name} onInput={(event) => setName(event.currentTarget.value)} />
          <button
            type="button"
            class="small"
            disabled={name.trim() === '' || Object.hasOwn(of, name.trim())}
            onClick={() => {
              set(name.trim(), '');
              setName('');
            }}
          >
            {words.add}
          </button>
        </div>
      )}
    </div>
  );
}

/** What no field is made for: the JSON itself. */
function AsJson({ value, onValue, id, described, label }: ControlProps) {
  const { words } = usePage();
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (value === undefined ? '' : isMembers(value) || Array.isArray(value) ? JSON.stringify(value, null, 1) : JSON.stringify(value));
  return (
    <div>
      <textarea
        id={id}
        rows={2}
        class="code"
        aria-label={label}
        aria-describedby={described}
        aria-invalid={typed !== null || undefined}
        placeholder={words.jsonValue}
        spellcheck={false}
        value={text}
        onInput={(event) => {
          const text = event.currentTarget.value;
          try {
            onValue(text.trim() === '' ? undefined : parse(text));
            setTyped(null);
          } catch {
            setTyped(text);
          }
        }}
      />
      {typed !== null && <p class="note">{words.badJson}</p>}
    </div>
  );
}

export function Remove({ label, onClick }: { label: string; onClick(): void }): ComponentChildren {
  return (
    <button type="button" class="icon" aria-label={label} title={label} onClick={onClick}>
      ✕
    </button>
  );
}

