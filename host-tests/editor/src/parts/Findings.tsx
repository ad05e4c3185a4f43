// Remarks at the place that they are about, with a button where the remedy is a change.
import { apply, type Finding, type Remedy, remedies, words as inWords } from '../model/findings';
import { members, shown } from '../model/json';
import { choices, type Schema, titleAt } from '../model/schema';
import { draft as toDraft, rows } from '../model/settings';
import { usePage } from './page';

export function Findings({ id, findings }: { id: string; findings: Finding[] }) {
  const { words, language } = usePage();
  if (findings.length === 0) return null;
  return (
    <ul class="findings" id={id}>
      {findings.map((finding) => {
        const { message, remedy } = inWords(finding, language);
        return (
          <li key={`${finding.code} ${finding.path}`} class={finding.severity}>
            <p>
              <strong>{words.severity[finding.severity]}</strong> <Text text={`${message} ${remedy}`} />
            </p>
            <Buttons finding={finding} />
          </li>
        );
      })}
    </ul>
  );
}

function Buttons({ finding }: { finding: Finding }) {
  const { change, words, form } = usePage();
  const all = remedies(finding);
  if (all.length === 0) return null;
  const carryOut = (remedy: Remedy) =>
    change('', (before) => {
      const settings = members(apply(before.settings, remedy));
      return rows(settings).length === before.keys.length ? { ...before, settings } : toDraft(settings, before.variables);
    });
  return (
    <p class="remedies">
      {all.map((remedy) => (
        <button type="button" class="small" key={remedy.path} onClick={() => carryOut(remedy)}>
          {remedy.path === finding.path && typeof remedy.value === 'string' && !choicesAt(form, remedy.path) ? words.use(remedy.value) : words.set(...label(form, remedy))}
        </button>
      ))}
    </p>
  );
}

/** Setting and value in the words of the form. */
function label(form: Schema, { path, value }: Remedy): [string, string] {
  const name = path.split('/').at(-1) ?? '';
  const values = (Array.isArray(value) ? value : [value]).map((one) => choicesAt(form, path)?.find((choice) => choice.value === one)?.title ?? shown(one));
  return [titleAt(form, path) ?? name, values.join(', ')];
}

function choicesAt(form: Schema, path: string) {
  const name = path.split('/').at(-1) ?? '';
  const items = form.properties?.mappings?.items;
  const schema = items?.properties?.[name] ?? items?.oneOf?.find((one) => one.properties?.[name])?.properties?.[name];
  return schema && (choices(schema) ?? (schema.items ? choices(schema.items) : undefined));
}

/** The component's texts have names and values between backticks. */
export function Text({ text }: { text: string }) {
  return <>{text.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))}</>;
}
