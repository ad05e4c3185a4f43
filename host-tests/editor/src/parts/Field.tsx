// One setting, drawn by its schema: what stands behind "More", of a row, of a record and of the document.
import { useId } from 'preact/hooks';
import { at, type Finding } from '../model/findings';
import { type Json, shown } from '../model/json';
import { alternatives, choices, type Schema } from '../model/schema';
import { AsJson } from './AsJson';
import { Combobox, type Listed } from './Combobox';
import { Alternatives, Group, Items } from './Compound';
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

export interface ControlProps extends Props {
  id: string;
  label: string;
  described: string | undefined;
  findings: Finding[];
  /** One of a list, which has no label of its own. */
  isEntry?: boolean;
}

export function Control(props: ControlProps) {
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
