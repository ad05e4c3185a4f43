// Preview and run: what came of them, what the visitor can be told, and each request with its answer.
import type { ComponentChildren } from 'preact';
import type { Finding } from '../model/findings';
import { cut, isMembers, type Json, list, type Members, members, own, shown, webAddress } from '../model/json';
import { Body } from './Body';
import { Findings, Text } from './Findings';
import { administrator, heading } from './Plan';
import { usePage } from './page';

/** An answer of `prepare`, `preview` or `run`. */
export interface Result {
  kind: 'prepare' | 'preview' | 'run';
  answer: Members;
}

export function Results({ result, onPrepared }: { result: Result; onPrepared(settings: Members): void }) {
  const { words } = usePage();
  const headings = { prepare: words.prepared, preview: words.previewed, run: words.result };
  const { kind, answer } = result;
  const status = typeof answer.status === 'string' ? answer.status : undefined;
  const variables = members(answer.variables);
  return (
    <section aria-labelledby="result-heading" class="result">
      <h2 id="result-heading" tabIndex={-1}>
        {headings[kind]}
      </h2>
      <p class={status === 'done' ? 'good' : 'bad'}>{status === undefined ? words.refused : kind === 'prepare' && status === 'done' ? words.preparedFine : (own(words.status, status) ?? status)}</p>
      {isMembers(answer.settings) && (
        <>
          <p>
            <button type="button" onClick={() => onPrepared(members(answer.settings))}>
              {words.usePrepared}
            </button>
          </p>
          <p class="help">{words.usePreparedHelp}</p>
        </>
      )}
      <ul class="cards">
        {list(answer.records).map((record) => (
          <Record key={shown(record.name)} record={record} result={result} />
        ))}
      </ul>
      <Files files={list(answer.files)} />
      {'error' in members(answer.response) && members(answer.response).error !== null && <Said error={members(answer.response).error} />}
      {Object.keys(variables).length > 0 && (
        <>
          <h3>{words.flowGets}</h3>
          <Table head={[words.variableName, words.value]} rows={Object.entries(variables).map(([name, value]) => [name, show(value)])} />
        </>
      )}
      <Findings id="result-findings" findings={(answer.findings ?? []) as unknown as Finding[]} />
      <Exchanges exchanges={list(answer.exchanges)} />
    </section>
  );
}

/** What was attached, or would be. */
function Files({ files }: { files: Members[] }) {
  const { words } = usePage();
  if (files.length === 0) return null;
  return (
    <>
      <h3>{words.files}</h3>
      <ul>
        {files.map((file, at) => (
          <li key={at}>
            {shown(file.record)}: {cut(shown(file.name ?? file.variable))} {typeof file.result === 'string' ? <span class={`chip ${file.result}`}>{own(words.recordResult, file.result) ?? file.result}</span> : <small>{words.bytes(Number(file.size ?? 0))}</small>}
            {file.error !== null && file.error !== undefined && <Said error={file.error} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function Record({ record, result }: { record: Members; result: Result }) {
  const { words, org } = usePage();
  const outcome = shown(record.result ?? record.decision);
  const said = own(result.kind === 'run' ? words.recordResult : words.decision, outcome) ?? outcome;
  const changes = list(result.answer.changes).find((change) => change.record === record.name);
  const stored = list(result.answer.stored).find((one) => one.name === record.name);
  const url = webAddress(record.url);
  const candidates = Array.isArray(record.candidates) ? record.candidates.map(shown) : [];
  return (
    <li>
      <h3>
        {heading(record)} <span class={`chip ${outcome}`}>{said}</span>
      </h3>
      {typeof record.id === 'string' && (
        <p>
          <code>{record.id}</code>{' '}
          {!org.simulated && url !== undefined && (
            <a href={url} target="_blank" rel="noopener noreferrer">
              {words.openRecord}
            </a>
          )}
        </p>
      )}
      {candidates.length > 0 && <p>{candidates.join(', ')}</p>}
      {record.error !== null && record.error !== undefined && <Said error={record.error} problems={list(record.problems)} />}
      {changes && (
        <Table
          caption={words.changes(shown(record.name))}
          head={[words.field, words.before, words.after]}
          rows={list(changes.fields).map((field) => [shown(field.field), 'old' in field ? show(field.old) : words.isNew, show(field.new)])}
        />
      )}
      {stored && (
        <details open>
          <summary>{words.holds(shown(record.name))}</summary>
          <Table
            head={[words.field, words.value]}
            rows={Object.entries(members(stored.record))
              .filter(([name, value]) => name !== 'attributes' && value !== null)
              .map(([name, value]) => [name, show(value)])}
          />
        </details>
      )}
    </li>
  );

  function show(value: Json | undefined): string {
    return value === null || value === undefined || value === '' ? words.empty : cut(shown(value));
  }
}

function show(value: Json): string {
  return cut(shown(value));
}

/** An error: for the visitor, and for who looks after it. */
function Said({ error, problems = [] }: { error: Json | undefined; problems?: Members[] }) {
  const { words, language } = usePage();
  const visitor = shown(members(members(members(error).texts)[language]).visitor);
  const asked = problems.map((problem) => shown(members(problem.texts)[language]));
  return (
    <>
      <p class="bad">
        <code>{shown(members(error).code)}</code> <Text text={administrator(error, language)} />
      </p>
      {visitor !== '' && (
        <figure class="bubble">
          <figcaption>{words.visitorReads}</figcaption>
          <blockquote>{[visitor, ...asked].join(' ')}</blockquote>
        </figure>
      )}
    </>
  );
}

function Exchanges({ exchanges }: { exchanges: Members[] }) {
  const { words } = usePage();
  if (exchanges.length === 0) return null;
  return (
    <details class="exchanges">
      <summary>{words.exchanges(exchanges.length)}</summary>
      <ol>
        {exchanges.map((exchange, at) => (
          <li key={at}>
            <h4>
              <code>
                {shown(exchange.method)} {shown(exchange.path)}
              </code>{' '}
              → {exchange.status === null ? words.noAnswer : shown(exchange.status)}, {words.milliseconds(Number(exchange.milliseconds))}
            </h4>
            <Body title={words.request} body={exchange.request} words={words} />
            <Body title={words.answer} body={exchange.response} words={words} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function Table({ caption, head, rows }: { caption?: string; head: string[]; rows: ComponentChildren[][] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption ?? head.join(', ')}>
      <table>
        {caption !== undefined && <caption>{caption}</caption>}
        <thead>
          <tr>
            {head.map((name) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, at) => (
            <tr key={at}>
              {cells.map((cell, column) => (column === 0 ? <th scope="row" key={column}>{cell}</th> : <td key={column}>{cell}</td>))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
