// The page as a whole: follows the conversation, and brings to it what the visitor says.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Behind } from './Behind';
import { LanguageChoice } from '../parts/LanguageChoice';
import { asLanguage, type Language } from '../words/languages';
import { ask, EMPTY, Gone, grown, type Input, type Said, textOf, type View } from './model';
import { Talk } from './Talk';
import { LanguageContext, useSaid, useWords } from './words';

/** Before a server that is gone is asked again. */
const PAUSE = 1000;
/** Where a tab keeps what the server has not taken yet, for when it is loaded again. */
const KEPT = 'salesforce-module-chat';
/** Where it keeps the language that was chosen. */
const LANGUAGE = 'salesforce-module-language';

const pause = () => new Promise((done) => setTimeout(done, PAUSE));

export function Chat() {
  const [view, setView] = useState<View>(EMPTY);
  const [waiting, setWaiting] = useState<Input[]>(kept);
  const [isGone, setGone] = useState(false);
  const [problem, setProblem] = useState('');
  /** What the visitor said to something that was over by then. */
  const [late, setLate] = useState<string[]>([]);
  const [chosen, setChosen] = useState<Language | null>(keptLanguage);
  const latest = useRef<Input[]>(waiting);
  const isSending = useRef(false);
  latest.current = waiting;

  useEffect(() => {
    let isOpen = true;
    void follow((next) => isOpen && setView(next), setGone, setProblem, () => isOpen);
    return () => void (isOpen = false);
  }, []);

  useEffect(() => keep(waiting), [waiting]);

  // One after the other, each until the server has it: its key makes it one thing, however often it is sent.
  useEffect(() => {
    if (isSending.current || waiting.length === 0) return;
    isSending.current = true;
    void (async () => {
      for (let input = latest.current[0]; input; input = latest.current[0]) {
        const { said, ...rest } = input;
        try {
          const answer = await ask('/api/say', { ...rest, ...said });
          setProblem('');
          const text = textOf(said);
          if (answer.taken !== true && text !== '') setLate((before) => [...before, text]);
        } catch (error) {
          if (error instanceof Gone) {
            setGone(true);
            await pause();
            continue;
          }
          setProblem(String(error));
        }
        const left = latest.current.filter((one) => one !== input);
        latest.current = left;
        setWaiting(left);
      }
      isSending.current = false;
    })();
  }, [waiting]);

  const say = (said: Said) => {
    const question = view.awaits && 'question' in view.awaits ? { question: view.awaits.question } : {};
    setLate([]);
    setWaiting((before) => [...before, { key: crypto.randomUUID(), conversation: view.conversation, ...question, said }]);
  };
  const again = () =>
    void ask('/api/again', { conversation: view.conversation })
      .then(() => setProblem(''))
      .catch((error: unknown) => (error instanceof Gone ? setGone(true) : setProblem(String(error))));

  const language = chosen ?? view.language ?? 'en';
  const choose = (next: Language) => {
    setChosen(next);
    store(LANGUAGE, next);
  };
  return (
    <LanguageContext.Provider value={language}>
      <Head view={view} language={language} onLanguage={choose} isGone={isGone} problem={problem} />
      <main>
        <Talk view={view} waiting={waiting} late={late} onSay={say} onAgain={again} />
        <Behind view={view} />
      </main>
    </LanguageContext.Provider>
  );
}

interface HeadProps {
  view: View;
  language: Language;
  onLanguage(language: Language): void;
  isGone: boolean;
  problem: string;
}

function Head({ view, language, onLanguage, isGone, problem }: HeadProps) {
  const words = useWords();
  const said = useSaid();
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = words.title;
  }, [language]);
  return (
    <>
      <header>
        <h1>{words.title}</h1>
        <div class="tools">
          <p class="note">{said(view.org, 'told')}</p>
          <LanguageChoice label={words.language} language={language} onLanguage={onLanguage} />
        </div>
      </header>
      <div role="alert">
        {isGone && <p class="banner bad">{words.gone(view.kept)}</p>}
        {problem !== '' && <p class="banner bad">{problem}</p>}
      </div>
    </>
  );
}

/** As long as the page is open: each answer is what is new, or nothing new after a while. */
async function follow(onView: (view: View) => void, onGone: (isGone: boolean) => void, onProblem: (problem: string) => void, isOpen: () => boolean) {
  let view = EMPTY;
  let hasFailed = false;
  while (isOpen()) {
    try {
      // A host that was started again counts anew.
      const answer = await ask(`/api/follow?conversation=${view.conversation}&entries=${view.entries.length}&version=${view.version}`);
      view = grown(view, answer);
      onView(view);
      onGone(false);
      // One of something that was said stays until the next is taken.
      if (hasFailed) onProblem('');
      hasFailed = false;
    } catch (error) {
      if (error instanceof Gone) {
        onGone(true);
        // It tells all that it knows.
        view = { ...view, version: 0 };
      } else {
        onProblem(String(error));
        hasFailed = true;
      }
      await pause();
    }
  }
}

function kept(): Input[] {
  try {
    const inputs: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(inputs) ? (inputs as Input[]) : [];
  } catch {
    return [];
  }
}

function keptLanguage(): Language | null {
  try {
    const language = sessionStorage.getItem(LANGUAGE);
    return language === null ? null : asLanguage(language);
  } catch {
    return null;
  }
}

const keep = (inputs: Input[]) => store(KEPT, inputs.length === 0 ? null : JSON.stringify(inputs));

function store(name: string, text: string | null) {
  try {
    if (text === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
  } catch {
    // Full, or switched off: then it goes with the tab.
  }
}
