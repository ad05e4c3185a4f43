// What the visitor sees: bubbles, choices, and where to answer.
import { useEffect, useRef, useState } from 'preact/hooks';
import { cut, list, type Members, shown } from '../model/json';
import { type Awaits, type Input, offer, type Said, textOf, type View } from './model';
import { useSaid, useWords, type Words } from './words';

interface Props {
  view: View;
  waiting: Input[];
  late: string[];
  onSay(said: Said): void;
  onAgain(): void;
}

export function Talk({ view, waiting, late, onSay, onAgain }: Props) {
  const words = useWords();
  const log = useRef<HTMLDivElement>(null);
  const { entries, awaits, typing } = view;
  // What is shown already is not shown twice while its answer is on the way.
  const coming = waiting.filter((input) => textOf(input.said) !== '' && !entries.some((entry) => entry.key === input.key));
  useEffect(() => log.current?.scrollTo({ top: log.current.scrollHeight }), [entries.length, coming.length, typing]);
  const failed = new Set(entries.map((entry) => entry.notSent).filter((key) => key !== undefined));
  return (
    <section class="talk" aria-labelledby="talk-heading">
      <h2 id="talk-heading">{words.conversation}</h2>
      <p class="help">{words.conversationHelp}</p>
      <div class="log" role="log" aria-live="polite" aria-labelledby="talk-heading" tabIndex={0} ref={log}>
        {entries.map((entry, at) => (
          <Entry key={at} entry={entry} isFailed={entry.key !== undefined && failed.has(entry.key)} />
        ))}
        {coming.map((input) => (
          <Bubble key={input.key} side="own" name={words.you} text={textOf(input.said)} mark={words.waiting} />
        ))}
      </div>
      <p class="help state" aria-live="polite">
        {state(view, words)}
      </p>
      {late.map((text, at) => (
        <p key={at} class="bad" role="alert">
          {words.late(cut(text))}
        </p>
      ))}
      <Answer awaits={awaits} entries={entries} isBusy={waiting.length > 0} isChosen={waiting.some(({ said }) => 'option' in said)} onSay={onSay} onAgain={onAgain} />
    </section>
  );
}

/** What the visitor waits for. */
function state({ awaits, typing, entries }: View, words: Words): string {
  if (typing) return words.types;
  if (awaits === null) return words.works;
  if ('ending' in awaits) return words.ending;
  const begun = entries.findLastIndex((entry) => 'agents' in entry);
  return 'talk' in awaits && !entries.slice(begun).some((entry) => entry.joined === true) ? words.looks : '';
}

function Entry({ entry, isFailed }: { entry: Members; isFailed: boolean }) {
  const words = useWords();
  const said = useSaid();
  if (typeof entry.bot === 'string') return <Bubble side="other" name={words.bot} text={said(entry, 'bot')} />;
  if (typeof entry.visitor === 'string') return <Bubble side="own" name={words.you} text={entry.visitor} mark={isFailed ? words.notSent : ''} />;
  if (typeof entry.note === 'string' && entry.flow !== true) return <p class="event">{said(entry, 'note')}</p>;
  if (typeof entry.person !== 'string') return null;
  return (
    <>
      {typeof entry.text === 'string' && <Bubble side="other person" name={entry.person} text={entry.text} />}
      {list(entry.files).map((file, at) => (
        <p key={at} class="bubble other person">
          <span class="name">{entry.person}</span>
          <Shared file={file} />
        </p>
      ))}
      {typeof entry.unsupported === 'string' && <p class="event">{`${entry.person} ${words.cannotShow(entry.unsupported)}`}</p>}
    </>
  );
}

function Bubble({ side, name, text, mark = '' }: { side: string; name: string; text: string; mark?: string }) {
  return (
    <p class={`bubble ${side}`}>
      <span class="name">
        {name}
        {mark !== '' && <em>{` (${mark})`}</em>}
      </span>
      <span class="text">{text === '' ? '–' : text}</span>
    </p>
  );
}

/** A file of the person's. Its address came over the network, so only one of the web is a link. */
function Shared({ file }: { file: Members }) {
  const words = useWords();
  const address = shown(file.address);
  const name = shown(file.name) || words.file;
  if (!/^https?:\/\//i.test(address)) return <span class="text">{name}</span>;
  return (
    <a class="text" href={address} target="_blank" rel="noopener noreferrer">
      {name}
    </a>
  );
}

interface AnswerProps {
  awaits: Awaits;
  entries: Members[];
  isBusy: boolean;
  /** A choice is on its way. */
  isChosen: boolean;
  onSay(said: Said): void;
  onAgain(): void;
}

function Answer({ awaits, entries, isBusy, isChosen, onSay, onAgain }: AnswerProps) {
  const words = useWords();
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const isQuestion = awaits !== null && 'question' in awaits;
  const isTalk = awaits !== null && 'talk' in awaits;
  const isOver = awaits !== null && 'again' in awaits;
  const offered = isTalk && !isChosen ? offer(entries) : null;
  const again = useRef<HTMLButtonElement>(null);
  const isFirst = useRef(true);
  // What had the focus may be gone by now: the keyboard goes on at what the visitor can do next.
  useEffect(() => {
    if (!isFirst.current && document.activeElement === document.body) (again.current ?? field.current)?.focus();
    isFirst.current = awaits === null && isFirst.current;
  }, [isQuestion, isTalk, isOver, offered?.message]);
  // A question takes one answer; a person takes as many messages as there are.
  const canSend = isTalk || (isQuestion && !isBusy);
  const send = (event: Event) => {
    event.preventDefault();
    if (!canSend || (isTalk && text.trim() === '')) return;
    onSay({ text });
    setText('');
    field.current?.focus();
  };
  if (isOver) {
    return (
      <p class="tools">
        <button type="button" class="main" ref={again} onClick={onAgain}>
          {words.again}
        </button>
      </p>
    );
  }
  return (
    <form onSubmit={send}>
      {offered && (
        <div class="tools" role="group" aria-label={words.choices}>
          {offered.options.map((option) => (
            <button type="button" key={shown(option.id)} onClick={() => onSay({ option: shown(option.id), message: offered.message, label: shown(option.label) })}>
              {cut(shown(option.label))}
            </button>
          ))}
        </div>
      )}
      <label for="answer">{isTalk ? words.message : words.answer}</label>
      <div class="entry">
        <input
          id="answer"
          ref={field}
          autocomplete="off"
          value={text}
          readOnly={awaits !== null && 'ending' in awaits}
          aria-describedby={isQuestion ? 'answer-help' : undefined}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button class="main" aria-disabled={!canSend}>
          {words.send}
        </button>
      </div>
      {isQuestion && (
        <p class="help" id="answer-help">
          {words.answerHelp}
        </p>
      )}
      <p class="tools">
        {isQuestion && (
          <button type="button" onClick={() => !isBusy && onSay({ person: true })}>
            {words.person}
          </button>
        )}
        {isTalk && (
          <button type="button" onClick={() => onSay({ end: true })}>
            {words.end}
          </button>
        )}
      </p>
    </form>
  );
}
