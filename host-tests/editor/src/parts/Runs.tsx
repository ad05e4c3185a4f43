// The last runs: those that need a look first, each to be opened again.
import { useEffect, useState } from 'preact/hooks';
import { call } from '../api';
import { type Json, list, type Members, members, own, shown, webAddress } from '../model/json';
import { Text } from './Findings';
import { administrator } from './Plan';
import { usePage } from './page';

interface Props {
  /** Counts the runs of this page: after each the list is another one. */
  count: number;
  onOpen(run: Members): void;
  /** Makes the run again, with its own settings and values. */
  onAgain(id: string): void;
  isBusy: boolean;
  onProblem(error: unknown): void;
}

export function Runs({ count, onOpen, onAgain, isBusy, onProblem }: Props) {
  const { words, language } = usePage();
  const [runs, setRuns] = useState<Members[]>([]);
  const [onlyInbox, setOnlyInbox] = useState(false);
  const load = () => call('runs', {}).then((answer) => setRuns(list(answer.runs)), onProblem);
  useEffect(() => void load(), [count]);
  const open = (run: Members) => call('runs', { id: run.id }).then((answer) => onOpen(members(answer.run)), onProblem);
  const inbox = runs.filter(needsLook);
  const shownRuns = onlyInbox ? inbox : runs;
  if (runs.length === 0) return null;
  return (
    <details class="runs">
      <summary>
        {words.runs} ({runs.length})
      </summary>
      <p class="tools">
        <label class="check">
          <input type="checkbox" checked={onlyInbox} onChange={(event) => setOnlyInbox(event.currentTarget.checked)} />
          {words.inbox(inbox.length)}
        </label>
        <button type="button" class="small" onClick={() => call('runs', { forget: true }).then(load, onProblem)}>
          {words.forget}
        </button>
      </p>
      <ol class="cards">
        {shownRuns.map((run) => (
          <li key={shown(run.id)}>
            <h3>
              <time dateTime={shown(run.at)}>{new Date(shown(run.at)).toLocaleString(language)}</time> <span class={`chip ${chip(run)}`}>{own(words.runStatus, shown(run.status)) ?? shown(run.status)}</span>
            </h3>
            <p class="help">
              {[run.simulated === true ? words.simulator : shown(run.domain), shown(run.correlation ?? '')].filter(Boolean).join(', ')}
              {run.hasValues === true ? '' : `, ${words.withoutValues}`}
            </p>
            {list(run.records).map((record) => (
              <p key={shown(record.name)}>
                {shown(record.name)}: {own(words.recordResult, shown(record.result)) ?? shown(record.result)}{' '}
                {webAddress(record.url) !== undefined && run.simulated !== true ? (
                  <a href={webAddress(record.url)} target="_blank" rel="noopener noreferrer">
                    {shown(record.id)}
                  </a>
                ) : (
                  <code>{shown(record.id ?? '')}</code>
                )}
              </p>
            ))}
            {errors(run).map((error, at) => (
              <p key={at} class="bad">
                <Text text={administrator(error, language)} />
              </p>
            ))}
            {typeof run.repeatedBy === 'string' ? <p>{words.repeated}</p> : needsLook(run) && <p>{words.advice[advice(run)]}</p>}
            <p class="tools">
              {run.canRunAgain === true && (
                <button type="button" class="small" disabled={isBusy} aria-label={`${words.runAgain}: ${new Date(shown(run.at)).toLocaleString(language)}`} onClick={() => onAgain(shown(run.id))}>
                  {words.runAgain}
                </button>
              )}
              <button type="button" class="small" aria-label={`${words.openRun}: ${new Date(shown(run.at)).toLocaleString(language)}`} onClick={() => void open(run)}>
                {words.openRun}
              </button>
            </p>
          </li>
        ))}
      </ol>
    </details>
  );
}

const errors = (run: Members): Json[] => [run.error, ...list(run.records).map((record) => record.error)].filter((error): error is Json => error !== null && error !== undefined);

/** One that was made again is in the list by that. */
const needsLook = (run: Members): boolean => run.status !== 'done' && typeof run.repeatedBy !== 'string';

const chip = (run: Members): string => ({ done: 'created', ambiguous: 'ambiguous' })[shown(run.status)] ?? 'failed';

/** What the component says about running again: the gravest of it. */
function advice(run: Members): string {
  if (run.status === 'begun') return run.canRunAgain === true ? 'idempotent' : 'verify';
  if (run.status === 'ambiguous' || run.status === 'deferred' || run.status === 'session-expired') return shown(run.status);
  const all = errors(run).map((error) => shown(members(error).retry));
  const gravest = ['verify', 'never', 'renew-session', 'later'].find((one) => all.includes(one)) ?? 'never';
  return gravest === 'verify' && run.canRunAgain === true ? 'idempotent' : gravest;
}
