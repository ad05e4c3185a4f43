// Title, files, presets, undo, and the language.
import type { Members } from '../model/json';
import type { Language } from '../words';
import { LanguageChoice } from './LanguageChoice';
import { usePage } from './page';

interface Props {
  presets: Members[];
  onPreset(preset: Members): void;
  onNew(): void;
  onOpen(file: File): void;
  onSave(): void;
  fileName: string | null;
  canUndo: boolean;
  canRedo: boolean;
  onUndo(): void;
  onRedo(): void;
  isJson: boolean;
  onJson(isJson: boolean): void;
  onLanguage(language: Language): void;
}

export function Header(props: Props) {
  const { words, language } = usePage();
  return (
    <header>
      <h1>{words.heading}</h1>
      <div class="tools">
        <select
          aria-label={words.presets}
          value=""
          onChange={(event) => {
            const preset = props.presets[Number(event.currentTarget.value)];
            event.currentTarget.value = '';
            if (preset) props.onPreset(preset);
          }}
        >
          <option value="">{words.presets}</option>
          {props.presets.map((preset, at) => (
            <option key={at} value={String(at)}>
              {words.preset[String(preset.name)] ?? String(preset.name)}
            </option>
          ))}
        </select>
        <button type="button" onClick={props.onNew}>
          {words.newOne}
        </button>
        <label class="button">
          {words.open}
          <input
            type="file"
            class="hidden"
            accept=".json,application/json"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              event.currentTarget.value = '';
              if (file) props.onOpen(file);
            }}
          />
        </label>
        <button type="button" onClick={props.onSave}>
          {props.fileName === null ? words.download : words.save}
        </button>
        <button type="button" disabled={!props.canUndo} onClick={props.onUndo}>
          {words.undo}
        </button>
        <button type="button" disabled={!props.canRedo} onClick={props.onRedo}>
          {words.redo}
        </button>
        <button type="button" aria-pressed={props.isJson} onClick={() => props.onJson(!props.isJson)}>
          {words.asJson}
        </button>
        <LanguageChoice label={words.language} language={language} onLanguage={props.onLanguage} />
      </div>
    </header>
  );
}
