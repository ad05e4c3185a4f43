// What reaches Salesforce, in the order of the conversation.
import type { Json, Members } from '../model/json';
import { cut, isMembers, list, own, shown, webAddress } from '../model/json';
import { Body } from '../parts/Body';
import { texts, type View } from './model';
import { useSaid, useWords } from './words';

export function Behind({ view }: { view: View }) {
  const modules = view.entries.filter((entry) => 'module' in entry);
  const agents = view.entries.findLast((entry) => 'agents' in entry);
  const words = useWords();
  const said = useSaid();
  const notes = view.entries.filter((entry) => entry.flow === true).map((entry) => said(entry, 'note'));
  return (
    <section class="behind" aria-labelledby="behind-heading">
      <h2 id="behind-heading">{words.salesforce}</h2>
      {modules.length === 0 && <p class="help">{words.nothingYet}</p>}
      <ol class="cards">
        {modules.map((module, at) => (
          <li key={at}>
            <h3>{said(module, 'module')}</h3>
            {module.talk === true ? <Person agents={agents} calls={view.calls} notes={notes} /> : <Module module={module} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The terminal's arrow before a status. */
const arrow = (line: string): string => line.replace(/ -> (?=[^>]*$)/, ' → ');

function Module({ module }: { module: Members }) {
  const words = useWords();
  const said = useSaid();
  return (
    <>
      <details>
        <summary>{words.plan}</summary>
        <ul class="lines">
          {texts(module.plan).map((line, at) => (
            <li key={at}>{line}</li>
          ))}
        </ul>
      </details>
      <h4>{words.requests}</h4>
      <ol class="requests">
        {list(module.requests).map((request, at) => (
          <li key={at}>
            <Request request={request} />
          </li>
        ))}
      </ol>
      <h4>{words.results}</h4>
      {list(module.results).map((result, at) => (
        <Result key={at} result={result} isInOrg={list(module.inOrg).length > 0} />
      ))}
      {list(module.findings).map((finding, at) => (
        <p key={at} class="help">
          <code>{shown(finding.code)}</code> {said(finding, 'finding')}
        </p>
      ))}
      {list(module.inOrg).map((record, at) => (
        <Record key={at} record={record} />
      ))}
    </>
  );
}

function Request({ request }: { request: Members }) {
  const words = useWords();
  return (
    <details>
      <summary>
        <code>
          {shown(request.method)} {shown(request.path)} → {request.status === null ? words.noAnswer : shown(request.status)}
        </code>{' '}
        <small>{words.milliseconds(Number(request.milliseconds))}</small>
        {texts(request.parts).map((part, at) => (
          <code key={at} class="part">
            {cut(arrow(part))}
          </code>
        ))}
      </summary>
      <Body title={words.request} body={request.request} words={words} />
      <Body title={words.answered} body={request.response} words={words} />
    </details>
  );
}

function Result({ result, isInOrg }: { result: Members; isInOrg: boolean }) {
  const words = useWords();
  const said = useSaid();
  const error = result.error === null ? null : (result.error as Members);
  const candidates = texts(result.candidates);
  return (
    <div class="result">
      <p>
        <span class={`chip ${shown(result.result)}`}>{own(words.result, shown(result.result)) ?? shown(result.result)}</span> {shown(result.record)} {typeof result.id === 'string' && <code>{result.id}</code>}{' '}
        {!isInOrg && webAddress(result.url) !== undefined && (
          <a href={webAddress(result.url)} target="_blank" rel="noopener noreferrer">
            {words.openRecord}
          </a>
        )}
      </p>
      {error && (
        <>
          <p class="bad">
            <code>{shown(error.code)}</code> {said(error, 'text')}
          </p>
          {isMembers(error.visitor) && (
            <figure>
              <figcaption>{words.visitorReads}</figcaption>
              <blockquote>{said(error.visitor, 'text')}</blockquote>
            </figure>
          )}
        </>
      )}
      {candidates.length > 0 && (
        <p>
          {words.candidates}: {candidates.join(', ')}
        </p>
      )}
    </div>
  );
}

function Record({ record }: { record: Members }) {
  const words = useWords();
  const fields = Array.isArray(record.fields) ? (record.fields as Json[][]) : [];
  return (
    <table>
      <caption>{words.holds(shown(record.object))}</caption>
      <thead class="hidden">
        <tr>
          <th scope="col">{words.field}</th>
          <th scope="col">{words.value}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(([name, value]) => (
          <tr key={shown(name)}>
            <th scope="row">{shown(name)}</th>
            <td>{value === null || value === undefined || value === '' ? words.empty : cut(shown(value))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Person({ agents, calls, notes }: { agents: Members | undefined; calls: [string, number][]; notes: string[] }) {
  const words = useWords();
  const said = useSaid();
  return (
    <>
      {agents && <p class="agents">{said(agents, 'agents')}</p>}
      {agents && typeof agents.page === 'string' && (
        <p>
          <a class="button" href={agents.page} target="_blank" rel="noopener noreferrer">
            {words.agentsPage}
          </a>
        </p>
      )}
      <h4>{words.calls}</h4>
      <p class="help">{words.callsHelp}</p>
      <ol class="requests">
        {calls.map(([call, count]) => (
          <li key={call}>
            <code>{arrow(call)}</code> <small>{words.times(count)}</small>
          </li>
        ))}
      </ol>
      {notes.length > 0 && <h4>{words.results}</h4>}
      {notes.map((note) => (
        <p key={note} class="agents">
          {note}
        </p>
      ))}
    </>
  );
}
