// The page as a whole: its state, and the calls that follow it.
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { call, isAbort, Problem } from '../api';
import * as history from '../model/history';
import { begin, download, empty, keep } from '../model/begin';
import { isMembers, type Members, members, own, parse, print, shown } from '../model/json';
import { addRow, type Draft, draft as toDraft, namedVariables, records, withRow } from '../model/settings';
import { type Language, WORDS } from '../words';
import { useFollowed, useForm } from './answers';
import { Confirm } from './Confirm';
import { Text } from './Findings';
import { Header } from './Header';
import { JsonView } from './JsonView';
import { useLeftRows, useUndoKeys } from './keys';
import { type Org, type Page, PageContext } from './page';
import { type Result, Results } from './Results';
import { Runs } from './Runs';
import { Settings } from './Settings';
import { type Keeping, Side } from './Side';
import { tellTabs, useOtherTabs } from './tabs';

export function App({ start }: { start: Members }) {
  const [org, setOrg] = useState(members(start.org) as unknown as Org);
  const file = isMembers(start.file) ? start.file : null;
  const [begun] = useState(() => begin(start));
  const [language, setLanguage] = useState<Language>(begun.language);
  const [steps, setSteps] = useState(() => history.begin(begun.draft));
  const draft = steps.now;
  const { settings, variables } = draft;
  /** What is being typed as JSON and is none yet. */
  const [text, setText] = useState(begun.text);
  const [isJson, setJson] = useState(begun.text !== null);
  /** What stands in the file, as far as this tab knows: "Save" replaces nothing else. */
  const [base, setBase] = useState(begun.base);
  const [fresh, setFresh] = useState<ReadonlySet<number>>(() => new Set(draft.keys.filter((_, at) => Object.keys(members((settings.mappings as Members[])[at])).length === 0)));
  const [notice, setNotice] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [result, setResult] = useState<Result | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [kept, setKept] = useState<Keeping>({ correlation: '', keepValues: false });
  const [count, setCount] = useState(0);
  /** A run that waits for the answer to the question. */
  const [question, setQuestion] = useState<{ domain: string; asked: object } | null>(null);
  const live = useRef<HTMLDivElement>(null);
  const words = WORDS[language];
  const mode = shown(settings.mode);
  const names = records(settings);

  const change = useCallback((what: string, next: (draft: Draft) => Draft) => setSteps((before) => history.change(before, what, next(before.now), Date.now())), []);
  const replace = (next: Draft) => {
    change('', () => next);
    setText(null);
    setResult(null);
    setFresh(new Set());
  };
  const failed = (error: unknown) => {
    if (!isAbort(error)) setProblem(error instanceof Problem ? error : new Problem('host-error', String(error)));
  };

  /** The org is another one, since somebody has logged in: here, or in another tab. */
  const learn = (next: Org) => {
    setOrg(next);
    setCount((before) => before + 1);
  };
  useOtherTabs(learn);

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = words.heading;
  }, [language]);

  useEffect(() => keep({ language, base, text, settings, variables }), [language, base, text, settings, variables]);

  const form = useForm(mode, language, names, change, failed);
  const followed = useFollowed(draft, text, learn, () => setProblem(null), failed);

  useUndoKeys((isRedo) => {
    setText(null);
    setSteps(isRedo ? history.redo : history.undo);
  });
  useLeftRows(draft, setFresh);

  const carryOut = (kind: Result['kind']) => {
    setFresh(new Set());
    return ask(kind, { settings: text ?? JSON.stringify(settings), variables: JSON.stringify(variables), ...kept });
  };

  const ask = async (kind: Result['kind'], asked: object) => {
    setBusy(true);
    setQuestion(null);
    try {
      const answer = await call(kind, asked);
      if (answer.confirm !== undefined) {
        setQuestion({ domain: shown(answer.confirm), asked });
        return;
      }
      setResult({ kind, answer });
      setProblem(null);
      requestAnimationFrame(() => document.getElementById('result-heading')?.focus());
    } catch (error) {
      failed(error);
    } finally {
      setBusy(false);
      if (kind === 'run') setCount((before) => before + 1);
    }
  };

  const save = async () => {
    const document = `${text ?? print(settings)}\n`;
    try {
      const { saved } = await call('save', { text: document, base });
      if (saved === 'no-file') return download(document);
      if (saved === 'done') setBase(document);
      setNotice((saved === 'done' ? words.saved : words.changed)(shown(file?.name)));
    } catch (error) {
      failed(error);
    }
  };

  const open = async (chosen: File) => {
    const document = await chosen.text();
    try {
      const parsed = parse(document);
      if (!isMembers(parsed)) throw new Error();
      replace(toDraft(parsed, variables));
      setNotice('');
    } catch {
      setNotice(words.notJson);
    }
  };

  const used = useMemo(() => {
    const described = Object.keys(members(members(followed.tool?.variables).properties));
    return [...new Set([...namedVariables(settings), ...described])];
  }, [settings, followed.tool]);

  const page: Page = {
    draft,
    change,
    language,
    words,
    form,
    followed,
    org,
    onOrg: (next) => {
      learn(next);
      tellTabs(next);
      setProblem(null);
    },
    callback: typeof start.callback === 'string' ? start.callback : null,
    fresh,
    say: (said) => {
      if (live.current) live.current.textContent = said;
    },
    variables: [...new Set([...used, ...Object.keys(variables)])],
  };

  const addFresh = (place: number, isRead = false) => {
    let next = addRow(draft, place);
    if (isRead) next = withRow(next, place, { ...(next.settings.mappings as Members[])[place], target: { variable: '' } });
    change('', () => next);
    setFresh((before) => new Set([...before, next.keys[place] ?? 0]));
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.row:last-child .source select, .row:last-child .source input')?.focus());
  };

  return (
    <PageContext.Provider value={page}>
      <Header
        presets={(start.presets as Members[]) ?? []}
        onPreset={(preset) => replace(toDraft({ ...members(preset.settings), ...(org.domain !== null && { deploymentDomain: org.domain }) }, members(preset.variables)))}
        onNew={() => replace(empty({ org: { domain: org.domain } }))}
        onOpen={open}
        onSave={save}
        fileName={file === null ? null : shown(file.name)}
        canUndo={steps.past.length > 0}
        canRedo={steps.future.length > 0}
        onUndo={() => setSteps(history.undo)}
        onRedo={() => setSteps(history.redo)}
        isJson={isJson}
        onJson={setJson}
        onLanguage={setLanguage}
      />
      <div class="hidden" aria-live="polite" ref={live} />
      {problem && (
        <p role="alert" class="bad banner">
          <Text text={own(words.problem, problem.code) ?? problem.message} />
        </p>
      )}
      {notice !== '' && <p role="status" class="banner">{notice}</p>}
      <main>
        <div>
          {isJson ? <JsonView text={text ?? print(settings)} onText={onText} /> : <Settings modes={(start.modes as string[]) ?? []} addFresh={addFresh} />}
          {result && (
            <Results
              result={result}
              onPrepared={(prepared) => {
                change('', (before) => ({ ...before, settings: prepared }));
                setResult(null);
                setNotice(words.isPrepared);
              }}
            />
          )}
          {start.runs === true && <Runs count={count} onProblem={failed} onOpen={reopen} onAgain={(again) => void ask('run', { again })} isBusy={isBusy} />}
        </div>
        <Side
          used={used}
          mode={mode}
          isJson={isJson}
          isBusy={isBusy}
          keeping={start.runs === true ? kept : null}
          onKeeping={setKept}
          onCarryOut={(kind) => void carryOut(kind)}
        />
      </main>
      {question !== null && <Confirm domain={question.domain} onAnswer={(isYes) => (isYes ? void ask('run', { ...question.asked, confirmed: question.domain }) : setQuestion(null))} />}
    </PageContext.Provider>
  );

  /** A run's settings; its values where they were kept, and otherwise the names of its variables. */
  function reopen(run: Members) {
    const names = Array.isArray(run.names) ? run.names.map(shown) : [];
    const values = isMembers(run.values) ? run.values : Object.fromEntries(names.map((name) => [name, own(variables, name) ?? '']));
    replace(toDraft(isMembers(run.settings) ? run.settings : settings, values));
    setNotice(words.opened);
    scrollTo({ top: 0 });
  }

  function onText(entered: string) {
    try {
      const parsed = parse(entered);
      if (isMembers(parsed)) {
        change('json', (before) => toDraft(parsed, before.variables));
        setText(print(parsed) === entered ? null : entered);
        return;
      }
    } catch {
      // Not yet: the component says where it goes wrong.
    }
    setText(entered);
  }
}
