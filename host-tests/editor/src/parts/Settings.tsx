// The form: what the module does, the org, the rows, the records, and the rest.
import { useEffect, useId, useState } from 'preact/hooks';
import { call, Problem } from '../api';
import { at, type Finding, words as inWords } from '../model/findings';
import { type Json, type Members, shown, withMember } from '../model/json';
import { names, rowSchema, type Schema } from '../model/schema';
import { recordOf, records, rows, sobjectOf, withRecord } from '../model/settings';
import { Field } from './Field';
import { Findings, Text } from './Findings';
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
  const field = (name: string) => <Field key={name} schema={form.properties![name]!} path={`/${name}`} value={settings[name]} onValue={(value) => set(name, value)} />;
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
              {words.mode[mode] ?? mode}
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

function Domain() {
  const { draft, change, form, words, followed, org, language } = usePage();
  const id = useId();
  const [answer, setAnswer] = useState<Members | 'asking' | null>(null);
  const domain = shown(draft.settings.deploymentDomain);
  const schema = form.properties?.deploymentDomain ?? {};
  // An empty page is not a mistake yet.
  const findings = domain === '' ? [] : at(followed.findings, '/deploymentDomain');
  useEffect(() => setAnswer(null), [domain]);
  const authenticate = async () => {
    setAnswer('asking');
    try {
      setAnswer(await call('authenticate', { domain }));
    } catch (error) {
      const { code, message } = error instanceof Problem ? error : { code: '', message: String(error) };
      setAnswer({ status: 'failed', message: words.problem[code] ?? message });
    }
  };
  return (
    <div class="field domain">
      <label for={id}>{schema.title ?? 'deploymentDomain'}</label>
      <div class="entry">
        <input
          id={id}
          type="text"
          inputMode="url"
          autocomplete="off"
          spellcheck={false}
          placeholder={schema['x-placeholder']}
          aria-describedby={`${id}-help ${id}-findings`}
          aria-invalid={findings.length > 0 || undefined}
          value={domain}
          onInput={(event) => {
            const entered = event.currentTarget.value;
            change('deploymentDomain', (before) => ({ ...before, settings: withMember(before.settings, 'deploymentDomain', entered === '' ? undefined : entered) }));
          }}
        />
        <button type="button" class="main" disabled={domain === '' || answer === 'asking'} onClick={authenticate}>
          {words.authenticate}
        </button>
      </div>
      <p class="help" id={`${id}-help`}>
        {org.simulated ? words.simulated : words.realOrg(org.domain ?? '')}
      </p>
      <Findings id={`${id}-findings`} findings={findings} />
      <output>{said()}</output>
    </div>
  );

  function said() {
    if (answer === null) return null;
    if (answer === 'asking') return words.authenticating;
    if (answer.status === 'success') return <code class="good">{JSON.stringify({ status: 'success' })}</code>;
    const [finding] = (answer.findings ?? []) as unknown as Finding[];
    const text = finding ? inWords(finding, language) : { message: shown(answer.message), remedy: shown(answer.remedy) };
    return (
      <span class="bad">
        <Text text={`${text.message} ${text.remedy}`} />
      </span>
    );
  }
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
        const of = schema.properties?.[name];
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
                  value={record[member]}
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

