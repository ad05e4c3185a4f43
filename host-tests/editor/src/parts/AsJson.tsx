// A setting that is entered as JSON.
import { useState } from 'preact/hooks';
import { isMembers, parse } from '../model/json';
import type { ControlProps } from './Field';
import { usePage } from './page';

/** What no field is made for: the JSON itself. */
export function AsJson({ value, onValue, id, described, label }: ControlProps) {
  const { words } = usePage();
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (value === undefined ? '' : isMembers(value) || Array.isArray(value) ? JSON.stringify(value, null, 1) : JSON.stringify(value));
  return (
    <div>
      <textarea
        id={id}
        rows={2}
        class="code"
        aria-label={label}
        aria-describedby={described}
        aria-invalid={typed !== null || undefined}
        placeholder={words.jsonValue}
        spellcheck={false}
        value={text}
        onInput={(event) => {
          const text = event.currentTarget.value;
          try {
            onValue(text.trim() === '' ? undefined : parse(text));
            setTyped(null);
          } catch {
            setTyped(text);
          }
        }}
      />
      {typed !== null && <p class="note">{words.badJson}</p>}
    </div>
  );
}
