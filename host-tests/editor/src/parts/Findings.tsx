// Remarks at the place that they are about, with a button where the remedy is a change.
import { apply, type Change, type Finding, words as inWords } from '../model/findings';
import { cut, members, shown } from '../model/json';
import { allChoices, choices, type Schema, schemaAt } from '../model/schema';
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
  const all = finding.changes ?? [];
  if (all.length === 0) return null;
  const carryOut = (one: Change) =>
    change('', (before) => {
      const settings = members(apply(before.settings, one));
      return rows(settings).length === before.keys.length ? { ...before, settings } : toDraft(settings, before.variables);
    });
  return (
    <p class="remedies">
      {all.map((one) => (
        <button type="button" class="small" key={JSON.stringify(one)} onClick={() => carryOut(one)}>
          {one.path === finding.path && typeof one.value === 'string' && !choicesAt(form, one.path) ? words.useName(cut(one.value)) : words.set(...label(form, one))}
        </button>
      ))}
    </p>
  );
}

/** Setting and value in the words of the form. */
function label(form: Schema, { path, value }: Change): [string, string] {
  const name = path.split('/').at(-1) ?? '';
  const values = (Array.isArray(value) ? value : [value]).map((one) => choicesAt(form, path)?.find((choice) => choice.value === one)?.title ?? shown(one));
  return [schemaAt(form, path)?.title ?? name, values.join(', ')];
}

function choicesAt(form: Schema, path: string) {
  const schema = schemaAt(form, path);
  return schema && (allChoices(schema) ?? (schema.items ? choices(schema.items) : undefined));
}

/** The component's texts have names and values between backticks. */
export function Text({ text }: { text: string }) {
  return <>{text.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))}</>;
}
