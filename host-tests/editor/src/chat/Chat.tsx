// The page as a whole: follows the conversation, and brings to it what the visitor says.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Behind } from './Behind';
import { ask, EMPTY, Gone, grown, type Input, type Said, textOf, type View } from './model';
import { Talk } from './Talk';
import { words } from './words';

/** Before a server that is gone is asked again. */
const PAUSE = 1000;
/** Where a tab keeps what the server has not taken yet, for when it is loaded again. */
const KEPT = 'salesforce-module-chat';

const pause = () => new Promise((done) => setTimeout(done, PAUSE));

export function Chat() {
  const [view, setView] = useState<View>(EMPTY);
  const [waiting, setWaiting] = useState<Input[]>(kept);
  const [isGone, setGone] = useState(false);
  const [problem, setProblem] = useState('');
  /** What the visitor said to something that was over by then. */
  const [late, setLate] = useState<string[]>([]);
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

  return (
    <>
      <header>
        <h1>{words.title}</h1>
        <p class="note">{view.org}</p>
      </header>
      <div role="alert">
        {isGone && <p class="banner bad">{words.gone(view.kept)}</p>}
        {problem !== '' && <p class="banner bad">{problem}</p>}
      </div>
      <main>
        <Talk view={view} waiting={waiting} late={late} onSay={say} onAgain={again} />
        <Behind view={view} />
      </main>
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

function keep(inputs: Input[]) {
  try {
    if (inputs.length === 0) sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, JSON.stringify(inputs));
  } catch {
    // Full, or switched off: then what is on its way goes with the tab.
  }
}
