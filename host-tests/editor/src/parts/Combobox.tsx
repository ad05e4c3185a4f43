// A text field with a list, as in WAI-ARIA's pattern "editable combobox with list autocomplete". What is typed stays, whether the list has
// it or not.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { isAbort } from '../api';
import { cut } from '../model/json';
import { usePage } from './page';

export interface Option {
  value: string;
  label?: string;
  hint?: string;
}

export interface Listed {
  options: Option[];
  /** How many there are beside these. */
  more: number;
  /** Why there is no list. */
  problem?: string;
}

interface Props {
  /** Of the text field, where a label of the page names it. */
  inputId?: string;
  label: string;
  value: string;
  placeholder?: string | undefined;
  onValue(value: string): void;
  load(search: string, signal: AbortSignal): Promise<Listed>;
  invalid?: boolean;
  describedBy?: string | undefined;
}

const NONE: Listed = { options: [], more: 0 };

export function Combobox({ inputId, label, value, placeholder, onValue, load, invalid, describedBy }: Props) {
  const { words, say } = usePage();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [search, setSearch] = useState<string | null>(null);
  const [listed, setListed] = useState<Listed | null>(null);
  const [active, setActive] = useState(-1);
  const list = useRef<HTMLUListElement>(null);

  useEffect(() => {
    if (!isOpen) return;
    const abort = new AbortController();
    load(search ?? '', abort.signal).then(
      (found) => {
        setListed(found);
        setActive(search === null ? found.options.findIndex((option) => option.value === value) : -1);
        say(found.problem ?? words.results(found.options.length + found.more));
      },
      (error: unknown) => {
        if (!isAbort(error)) setListed({ ...NONE, problem: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => abort.abort();
  }, [isOpen, search]);

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const options = listed?.options ?? [];
  const open = (text: string | null) => {
    setSearch(text);
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const choose = (option: Option) => {
    onValue(option.value);
    close();
  };
  const leave = () => {
    // API names have no case, but one spelling.
    const same = isOpen && options.find((option) => option.value !== value && option.value.toLowerCase() === value.trim().toLowerCase());
    if (same) onValue(same.value);
    close();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const move = (to: number) => {
      event.preventDefault();
      if (options.length > 0) setActive((to + options.length) % options.length);
    };
    if (event.key === 'ArrowDown' && !event.altKey) {
      if (isOpen) move(active + 1);
      else {
        event.preventDefault();
        open(null);
      }
    } else if (event.key === 'ArrowUp' && !event.altKey && isOpen) move(active < 0 ? -1 : active - 1);
    else if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      const option = options[active];
      if (option) choose(option);
      else leave();
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      close();
    }
  };

  return (
    <div class="combobox">
      <input
        id={inputId}
        role="combobox"
        type="text"
        autocomplete="off"
        spellcheck={false}
        aria-label={inputId === undefined ? label : undefined}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-activedescendant={isOpen && active >= 0 ? `${id}-${active}` : undefined}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        placeholder={placeholder}
        value={value}
        onInput={(event) => {
          onValue(event.currentTarget.value);
          open(event.currentTarget.value);
        }}
        onClick={() => !isOpen && open(null)}
        onKeyDown={onKeyDown}
        onBlur={leave}
      />
      <div class="popup" hidden={!isOpen}>
        <ul role="listbox" id={`${id}-list`} aria-label={label} ref={list}>
          {isOpen &&
            options.map((option, at) => (
              <li
                role="option"
                key={option.value}
                id={`${id}-${at}`}
                aria-selected={at === active}
                onPointerDown={(event) => {
                  event.preventDefault();
                  choose(option);
                }}
              >
                <span>{cut(option.label ?? option.value)}</span>
                {option.label !== undefined && option.label !== option.value && <code>{cut(option.value)}</code>}
                {option.hint !== undefined && option.hint !== '' && <small>{option.hint}</small>}
              </li>
            ))}
        </ul>
        {isOpen && <p class="note">{note()}</p>}
      </div>
    </div>
  );

  function note() {
    if (listed === null) return words.loading;
    if (listed.problem !== undefined) return listed.problem;
    if (listed.options.length === 0) return words.nothingFound;
    return listed.more > 0 ? words.moreResults(listed.more) : words.results(listed.options.length);
  }
}
