// Settings that are made of others: one of several kinds, lists, and groups.
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { type Json, members, own, withMember } from '../model/json';
import { alternatives, emptyOf, names as namesOf, type Schema } from '../model/schema';
import { Control, type ControlProps, Field } from './Field';
import { usePage } from './page';

/** One of several choices, or a value that is entered below them. */
export function Alternatives({ fixed, entered, ...props }: ControlProps & NonNullable<ReturnType<typeof alternatives>>) {
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
export function Items({ items, ...props }: ControlProps & { items: Schema }) {
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
export function Group({ schema, path, value, onValue, object, field }: ControlProps) {
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

export function Remove({ label, onClick }: { label: string; onClick(): void }): ComponentChildren {
  return (
    <button type="button" class="icon" aria-label={label} title={label} onClick={onClick}>
      ✕
    </button>
  );
}

