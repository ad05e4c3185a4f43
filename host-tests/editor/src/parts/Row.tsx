// One row of the mapping: value → object → field, whether it finds the record, and the rest behind "More".
import { useId, useState } from 'preact/hooks';
import { at } from '../model/findings';
import { type Json, type Members, members, shown, withMember } from '../model/json';
import { choices, names, rowSchema } from '../model/schema';
import { moveRow, removeRow, sobjectOf, title, withRow } from '../model/settings';
import { Combobox } from './Combobox';
import { Remove } from './Compound';
import { Field } from './Field';
import { Findings } from './Findings';
import * as lists from './lists';
import { usePage } from './page';
import { Source } from './Source';

/** What the row itself shows. */
const SHOWN = ['source', 'target', 'object', 'field', 'attribute', 'useToFindExisting'];

export function Row({ row, number, of, rowKey }: { row: Members; number: number; of: number; rowKey: number }) {
  const { form, draft, change, words, language, followed, fresh, say, variables } = usePage();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [isGrabbed, setGrabbed] = useState(false);
  const place = number - 1;
  const path = `/mappings/${place}`;
  const schema = rowSchema(form, row);
  const name = words.rowOf(number, title(row));
  const object = sobjectOf(draft.settings, row);
  const findings = fresh.has(rowKey) ? [] : at(followed.findings, path);
  const where = { settings: draft.settings, language, words };
  const set = (member: string, value: Json | undefined) => change(`${rowKey}/${member}`, (before) => withRow(before, place, withMember(row, member, value)));
  const move = (to: number) => {
    if (to < 0 || to >= of) return;
    change('', (before) => moveRow(before, place, to));
    say(words.moved(to + 1));
  };
  const remove = () => {
    change('', (before) => removeRow(before, place));
    say(words.removed(name));
  };
  const about = (member: string) => ({
    invalid: findings.some((finding) => finding.severity === 'error' && (finding.path === `${path}/${member}` || finding.path.startsWith(`${path}/${member}/`))),
    describedBy: findings.length > 0 ? `${id}-findings` : undefined,
  });
  const text = (member: string, load: Parameters<typeof Combobox>[0]['load']) =>
    schema.properties?.[member] && (
      <Combobox
        label={`${schema.properties[member].title}, ${words.rowOf(number, '')}`}
        value={shown(row[member])}
        placeholder={schema.properties[member]['x-placeholder']}
        onValue={(value) => set(member, value === '' ? undefined : value)}
        load={load}
        {...about(member)}
      />
    );
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    move(event.key === 'ArrowUp' ? place - 1 : place + 1);
  };
  const key = schema.properties?.useToFindExisting;
  const keyChoices = key ? (choices(key) ?? []) : [];
  return (
    <li
      class="row"
      aria-label={name}
      onKeyDown={onKeyDown}
      data-key={rowKey}
      draggable={isGrabbed}
      onDragStart={(event) => event.dataTransfer?.setData('text/x-row', String(place))}
      onDragOver={(event) => event.dataTransfer?.types.includes('text/x-row') && event.preventDefault()}
      onDrop={(event) => {
        const from = event.dataTransfer?.getData('text/x-row');
        if (!from) return;
        event.preventDefault();
        change('', (before) => moveRow(before, Number(from), place));
        say(words.moved(number));
      }}
      onDragEnd={() => setGrabbed(false)}
    >
      <div class="cells">
        <span class="number grip" title={words.keysHelp} onPointerDown={() => setGrabbed(true)} onPointerUp={() => setGrabbed(false)}>
          {number}
        </span>
        {schema.properties?.target ? (
          <div class="source">
            <Combobox
              label={`${schema.properties.target.title}, ${words.rowOf(number, '')}`}
              value={shown(members(row.target).variable)}
              onValue={(variable) => set('target', { variable })}
              load={lists.names(variables)}
              {...about('target')}
            />
          </div>
        ) : (
          <Source
            sources={schema.properties?.source?.oneOf ?? []}
            source={members(row.source)}
            onSource={(source) => set('source', source)}
            own={shown(row.object)}
            object={object}
            field={shown(row.field)}
            label={words.rowOf(number, '')}
            {...about('source')}
          />
        )}
        {schema.properties?.attribute && (
          <input type="text" aria-label={`${schema.properties.attribute.title}, ${words.rowOf(number, '')}`} value={shown(row.attribute)} onInput={(event) => set('attribute', event.currentTarget.value || undefined)} />
        )}
        {text('object', (search, signal) => lists.objects(where, search, signal))}
        {text('field', (search, signal) => lists.fields(where, object, search, signal))}
        {key && (
          <label class="key">
            <input
              type="checkbox"
              checked={row.useToFindExisting === true || row.useToFindExisting === 'only'}
              onChange={(event) => set('useToFindExisting', event.currentTarget.checked ? (keyChoices.find((choice) => choice.value === true)?.value ?? true) : undefined)}
            />
            <span class="words">
              {key.title}
              <span class="hidden">, {words.rowOf(number, '')}</span>
            </span>
          </label>
        )}
        <div class="buttons">
          <button type="button" class="icon" aria-label={`${words.up}: ${name}`} title={words.up} disabled={place === 0} onClick={() => move(place - 1)}>
            ↑
          </button>
          <button type="button" class="icon" aria-label={`${words.down}: ${name}`} title={words.down} disabled={number === of} onClick={() => move(place + 1)}>
            ↓
          </button>
          <Remove label={`${words.remove}: ${name}`} onClick={remove} />
          <button type="button" class="small" aria-expanded={isOpen} aria-controls={`${id}-more`} aria-label={`${words.more}: ${name}`} onClick={() => setOpen(!isOpen)}>
            {words.more}
          </button>
        </div>
      </div>
      <Findings id={`${id}-findings`} findings={findings} />
      <div id={`${id}-more`} hidden={!isOpen}>
        {isOpen && (
          <div class="fields">
            {key && keyChoices.length > 2 && <Field schema={key} path={`${path}/useToFindExisting`} value={row.useToFindExisting} onValue={(value) => set('useToFindExisting', value === false ? undefined : value)} />}
            {names(schema)
              .filter((member) => !SHOWN.includes(member))
              .map((member) => (
                <Field key={member} schema={schema.properties![member]!} path={`${path}/${member}`} value={row[member]} onValue={(value) => set(member, value)} object={object} field={shown(row.field)} />
              ))}
          </div>
        )}
      </div>
    </li>
  );
}
