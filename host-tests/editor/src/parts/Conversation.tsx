// The sample conversation: the variables that a run takes, and values to try it with.
import { useId, useState } from 'preact/hooks';
import { cut, type Json, members, own, parse, shown, withMember } from '../model/json';
import { takesFile, uses } from '../model/settings';
import { Remove } from './Compound';
import { Files, isChosen } from './Files';
import { usePage } from './page';

export function Conversation({ used }: { used: string[] }) {
  const { draft, change, words, language, followed } = usePage();
  const [name, setName] = useState('');
  const id = useId();
  const all = [...new Set([...used, ...Object.keys(draft.variables)])];
  const described = members(members(followed.tool?.variables).properties);
  const about = (variable: string) => {
    const said = uses(draft.settings, variable).map(({ kind, place, isKey }) => `${words.use[kind](place)}${isKey ? `; ${words.findsRecord}` : ''}`);
    if (said.length > 0) return said.join(', ');
    // Of what stands elsewhere, the component has a description for language models, which is English.
    const description = shown(members(own(described, variable)).description);
    // A place by itself, as of a preset, is a name and no words.
    return language === 'en' || /^\w+\.[\w.]+$/.test(description) ? description : '';
  };
  const set = (variable: string, value: Json | undefined) => change(`variable ${variable}`, (before) => ({ ...before, variables: withMember(before.variables, variable, value) }));
  return (
    <section aria-labelledby="conversation-heading">
      <h2 id="conversation-heading">{words.conversation}</h2>
      <p class="help">{words.conversationHelp}</p>
      <ul class="variables">
        {all.map((variable) => (
          <li key={variable}>
            <Value variable={variable} value={own(draft.variables, variable)} about={about(variable)} onValue={(value) => set(variable, value)} />
            {!used.includes(variable) && <Remove label={`${words.remove}: ${variable}`} onClick={() => set(variable, undefined)} />}
          </li>
        ))}
      </ul>
      <form
        class="entry"
        onSubmit={(event) => {
          event.preventDefault();
          const entered = name.trim();
          if (entered !== '' && !Object.hasOwn(draft.variables, entered)) set(entered, '');
          setName('');
        }}
      >
        <label for={id} class="hidden">
          {words.variableName}
        </label>
        <input id={id} type="text" placeholder={words.variableName} autocomplete="off" spellcheck={false} value={name} onInput={(event) => setName(event.currentTarget.value)} />
        <button type="submit" class="small" disabled={name.trim() === ''}>
          {words.addVariable}
        </button>
      </form>
    </section>
  );
}

/** A text is edited as it is; a list or an object, such as a transcript, as JSON. */
function Value({ variable, value, about, onValue }: { variable: string; value: Json | undefined; about: string; onValue(value: Json | undefined): void }) {
  const { words, draft } = usePage();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const isText = value === undefined || typeof value === 'string';
  // A file that is base64 in the variables, as of `--variables`, stays as it is.
  if (isChosen(value) || (takesFile(draft.settings, variable) && (value === undefined || value === ''))) return <Files variable={variable} value={value} about={about} onValue={onValue} />;
  const text = typed ?? (isText ? shown(value) : JSON.stringify(value, null, 1));
  return (
    <div class="field">
      <label for={id}>
        <code>{cut(variable)}</code>
      </label>
      <textarea
        id={id}
        rows={text.includes('\n') ? 3 : 1}
        aria-describedby={`${id}-about`}
        aria-invalid={typed !== null || undefined}
        value={text}
        onInput={(event) => {
          const entered = event.currentTarget.value;
          if (isText) return onValue(entered);
          try {
            onValue(parse(entered));
            setTyped(null);
          } catch {
            setTyped(entered);
          }
        }}
      />
      <p class="help" id={`${id}-about`}>
        {about} {!isText && words.notText} {typed !== null && words.badJson}
      </p>
    </div>
  );
}
