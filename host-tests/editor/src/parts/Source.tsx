// Where a row's value comes from: what kind it is, and which.
import { cut, type Json, type Members, own as ownOf, shown } from '../model/json';
import { emptySource, type Schema, sourceKind } from '../model/schema';
import { records } from '../model/settings';
import { Combobox, type Listed } from './Combobox';
import * as lists from './lists';
import { usePage } from './page';

interface Props {
  sources: Schema[];
  source: Members;
  onSource(source: Members): void;
  own: string;
  object: string;
  field: string;
  label: string;
  invalid: boolean;
  describedBy: string | undefined;
}

export function Source({ sources, source, onSource, own, object, field, label, invalid, describedBy }: Props) {
  const { words, draft, language, variables } = usePage();
  const kind = sourceKind(sources, source);
  const schema = sources[kind];
  const [key, inner] = Object.entries(schema?.properties ?? {})[0] ?? ['variable', {} as Schema];
  const value = ownOf(source, key);
  const set = (next: Json) => onSource({ [key]: next });
  const where = { settings: draft.settings, language, words };
  const loads: Record<string, (search: string, signal: AbortSignal) => Promise<Listed>> = {
    variables: lists.names(variables),
    'picklist-values': (search, signal) => lists.picklist(where, object, field, search, signal),
    records: lists.names(records(draft.settings).filter((name) => name !== own)),
  };
  const load = loads[key === 'record' ? 'records' : (inner['x-options'] ?? '')];
  const variable = key === 'variable' && typeof value === 'string' ? value : undefined;
  return (
    <div class="source">
      <select aria-label={`${words.sourceKind}, ${label}`} value={String(kind)} onChange={(event) => onSource(emptySource(sources[Number(event.currentTarget.value)] ?? {}))}>
        {sources.map((one, at) => (
          <option key={at} value={String(at)}>
            {one.title}
          </option>
        ))}
      </select>
      {control()}
      {variable !== undefined && ownOf(draft.variables, variable) !== undefined && (
        <p class="sample">
          <span class="hidden">{words.sample}: </span>
          {cut(shown(ownOf(draft.variables, variable)))}
        </p>
      )}
    </div>
  );

  function control() {
    const name = `${inner.title ?? words.value}, ${label}`;
    const given = { 'aria-label': name, 'aria-invalid': invalid || undefined, 'aria-describedby': describedBy };
    if (inner.type === 'boolean') return <input type="checkbox" {...given} checked={value === true} onChange={(event) => set(event.currentTarget.checked)} />;
    if (inner.type === 'number') {
      const read = (text: string): Json => (text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text);
      return <input type="text" inputMode="decimal" {...given} value={shown(value)} onChange={(event) => set(read(event.currentTarget.value))} />;
    }
    if (inner.type === 'array') {
      const lines = Array.isArray(value) ? value.map(shown).join('\n') : '';
      return <textarea rows={2} {...given} value={lines} onChange={(event) => set(event.currentTarget.value.split('\n').filter((line) => line.trim() !== ''))} />;
    }
    if (load) return <Combobox label={name} value={shown(value)} placeholder={inner['x-placeholder']} onValue={set} load={load} invalid={invalid} describedBy={describedBy} />;
    if (key === 'template') return <textarea rows={1} {...given} value={shown(value)} onInput={(event) => set(event.currentTarget.value)} />;
    return <input type="text" {...given} value={shown(value)} onInput={(event) => set(event.currentTarget.value)} />;
  }
}
