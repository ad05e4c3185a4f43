// The sample conversation: the variables that a run takes, and values to try it with.
import { useId, useState } from 'preact/hooks';
import { type Json, type Members, parse, shown, withMember } from '../model/json';
import { en } from '../words/en';
import { usePage } from './page';
import { Remove } from './Field';

export function Conversation({ used }: { used: string[] }) {
  const { draft, change, words, followed } = usePage();
  const [name, setName] = useState('');
  const id = useId();
  const all = [...new Set([...used, ...Object.keys(draft.variables)])];
  const described = (followed.tool?.variables as Members | undefined)?.properties as Members | undefined;
  // Written for a language model, in English.
  const inWords = (description: string) => description.replaceAll(en.findsRecord, words.findsRecord);
  const set = (variable: string, value: Json | undefined) => change(`variable ${variable}`, (before) => ({ ...before, variables: withMember(before.variables, variable, value) }));
  return (
    <section aria-labelledby="conversation-heading">
      <h2 id="conversation-heading">{words.conversation}</h2>
      <p class="help">{words.conversationHelp}</p>
      <ul class="variables">
        {all.map((variable) => (
          <li key={variable}>
            <Value variable={variable} value={draft.variables[variable]} about={inWords(shown((described?.[variable] as Members | undefined)?.description))} onValue={(value) => set(variable, value)} />
            {!used.includes(variable) && <Remove label={`${words.remove}: ${variable}`} onClick={() => set(variable, undefined)} />}
          </li>
        ))}
      </ul>
      <form
        class="entry"
        onSubmit={(event) => {
          event.preventDefault();
          const entered = name.trim();
          if (entered !== '' && !(entered in draft.variables)) set(entered, '');
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
function Value({ variable, value, about, onValue }: { variable: string; value: Json | undefined; about: string; onValue(value: Json): void }) {
  const { words } = usePage();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const isText = value === undefined || typeof value === 'string';
  const text = typed ?? (isText ? shown(value) : JSON.stringify(value, null, 1));
  return (
    <div class="field">
      <label for={id}>
        <code>{variable}</code>
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
