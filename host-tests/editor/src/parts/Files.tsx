// Files of the sample conversation. Their content goes to the server, which keeps it in memory; the variables hold a reference to each.
import { useId, useState } from 'preact/hooks';
import { call, Problem } from '../api';
import { isMembers, type Json, members, shown } from '../model/json';
import { Remove } from './Compound';
import { usePage } from './page';

/** Source: docs/editor.md; the server judges it. */
const MAX_BYTES = 4 << 20;

const isReference = (value: Json | undefined): boolean => isMembers(value) && typeof value.chosenFile === 'string';

/** Whether a value is files that were chosen here. */
export const isChosen = (value: Json | undefined): boolean => isReference(value) || (Array.isArray(value) && value.length > 0 && value.every(isReference));

interface Props {
  variable: string;
  value: Json | undefined;
  about: string;
  onValue(value: Json | undefined): void;
}

export function Files({ variable, value, about, onValue }: Props) {
  const { words } = usePage();
  const id = useId();
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const chosen = Array.isArray(value) ? value : isReference(value) ? [value as Json] : [];
  const set = (all: Json[]) => onValue(all.length === 0 ? undefined : all.length === 1 ? all[0] : all);
  const add = async (files: File[]) => {
    setBusy(true);
    setProblem('');
    const added: Json[] = [];
    try {
      for (const file of files) {
        if (file.size > MAX_BYTES) throw new Problem('file-too-large', '');
        added.push(await call('choose-file', { name: file.name, mediaType: file.type, base64: await base64(file) }));
      }
    } catch (error) {
      setProblem(error instanceof Problem ? (words.problem[error.code] ?? error.message) : String(error));
    }
    setBusy(false);
    if (added.length > 0) set([...chosen, ...added]);
  };
  return (
    <div class="field">
      <span class="label" id={`${id}-label`}>
        <code>{variable}</code>
      </span>
      <ul class="chosen" aria-labelledby={`${id}-label`}>
        {chosen.map(members).map((file, at) => (
          <li key={shown(file.chosenFile)} class="entry">
            <span>
              {shown(file.name)} <small>{words.bytes(Number(file.bytes))}</small>
            </span>
            <Remove label={`${words.remove}: ${shown(file.name)}`} onClick={() => set(chosen.toSpliced(at, 1))} />
          </li>
        ))}
      </ul>
      <label class="button small">
        {isBusy ? words.working : words.chooseFile}
        <input
          type="file"
          multiple
          class="hidden"
          disabled={isBusy}
          aria-label={`${words.chooseFile}: ${variable}`}
          aria-describedby={`${id}-about`}
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])];
            event.currentTarget.value = '';
            if (files.length > 0) void add(files);
          }}
        />
      </label>
      {problem !== '' && (
        <p role="alert" class="bad">
          {problem}
        </p>
      )}
      <p class="help" id={`${id}-about`}>
        {about}. {words.fileHelp}
      </p>
    </div>
  );
}

function base64(file: File): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}
