// The form: what the module does, the org, the rows, the records, and the rest.
import { type Json, own, shown, withMember } from '../model/json';
import { names, rowSchema, type Schema } from '../model/schema';
import { recordOf, records, rows, sobjectOf, withRecord } from '../model/settings';
import { Domain } from './Domain';
import { Field } from './Field';
import { Findings } from './Findings';
import { usePage } from './page';
import { Row } from './Row';

/** What has a place of its own. */
const PLACED = ['mode', 'deploymentDomain', 'mappings', 'objects'];

export function Settings({ modes, addFresh }: { modes: string[]; addFresh(at: number, isRead?: boolean): void }) {
  const { draft, change, form, words, followed } = usePage();
  const { settings } = draft;
  const all = rows(settings);
  const set = (name: string, value: Json | undefined) => change(name, (before) => ({ ...before, settings: withMember(before.settings, name, value) }));
  const rest = names(form).filter((name) => !PLACED.includes(name));
  const isAdvanced = (name: string) => form.properties?.[name]?.['x-advanced'] === true;
  const field = (name: string) => <Field key={name} schema={form.properties![name]!} path={`/${name}`} value={own(settings, name)} onValue={(value) => set(name, value)} />;
  const basic = rest.filter((name) => !isAdvanced(name));
  const title = (name: string) => rowSchema(form, all[0] ?? {}).properties?.[name]?.title;
  const reads = form.properties?.mappings?.items?.oneOf !== undefined;
  return (
    <section aria-labelledby="settings-heading" class="settings">
      <h2 id="settings-heading">{words.settings}</h2>
      <div class="field">
        <label for="mode">{words.modeLabel}</label>
        <select id="mode" value={shown(settings.mode)} onChange={(event) => set('mode', event.currentTarget.value)}>
          {!modes.includes(shown(settings.mode)) && <option value={shown(settings.mode)}>{shown(settings.mode) || words.none}</option>}
          {modes.map((mode) => (
            <option key={mode} value={mode}>
              {own(words.mode, mode) ?? mode}
            </option>
          ))}
        </select>
      </div>
      <Domain />
      {basic.length > 0 && <div class="fields">{basic.map(field)}</div>}
      {form.properties?.mappings && (
        <section aria-labelledby="rows-heading">
          <h3 id="rows-heading">{words.rows}</h3>
          <div class="cells head" aria-hidden="true">
            <span />
            <span>{title('target') ?? title('source')}</span>
            {['attribute', 'object', 'field', 'useToFindExisting'].map((name) => title(name) !== undefined && <span key={name}>{title(name)}</span>)}
          </div>
          <ol class="rows">
            {all.map((row, place) => (
              <Row key={draft.keys[place]} rowKey={draft.keys[place] ?? place} row={row} number={place + 1} of={all.length} />
            ))}
          </ol>
          <Findings id="rows-findings" findings={followed.findings.filter((finding) => finding.path === '/mappings')} />
          <p class="tools">
            <button type="button" onClick={() => addFresh(all.length)}>
              {words.addRow}
            </button>
            {reads && (
              <button type="button" onClick={() => addFresh(all.length, true)}>
                {words.addReadRow}
              </button>
            )}
          </p>
        </section>
      )}
      {form.properties?.objects && <Records schema={form.properties.objects} />}
      {rest.some(isAdvanced) && (
        <details>
          <summary>{words.further}</summary>
          <div class="fields">{rest.filter(isAdvanced).map(field)}</div>
        </details>
      )}
    </section>
  );
}

/** The settings of each record that the rows name. */
function Records({ schema }: { schema: Schema }) {
  const { draft, change, words, followed } = usePage();
  const all = records(draft.settings);
  if (all.length === 0) return null;
  return (
    <details>
      <summary>{words.records}</summary>
      {all.map((name) => {
        const of = own(schema.properties, name);
        if (!of) return null;
        const record = recordOf(draft.settings, name);
        return (
          <fieldset key={name}>
            <legend>{name}</legend>
            <Findings id={`record-${name}-findings`} findings={followed.findings.filter((finding) => finding.path === `/objects/${name}`)} />
            <div class="fields">
              {names(of).map((member) => (
                <Field
                  key={member}
                  schema={of.properties![member]!}
                  path={`/objects/${name}/${member}`}
                  value={own(record, member)}
                  onValue={(value) => change(`${name}/${member}`, (before) => withRecord(before, name, withMember(recordOf(before.settings, name), member, value)))}
                  object={sobjectOf(draft.settings, { object: name })}
                />
              ))}
            </div>
          </fieldset>
        );
      })}
    </details>
  );
}

