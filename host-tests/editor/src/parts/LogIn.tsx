// The log-in to a real org: the person opens the org's own page in another tab, and the server gets the callback and the tokens.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { call, Problem } from '../api';
import { type Members, own, shown } from '../model/json';
import { Text } from './Findings';
import { type Org, usePage } from './page';

/** What is known of a log-in: nothing, that it goes on, or how it ended. */
type State = Members | null;

export function LogIn({ domain }: { domain: string }) {
  const { words, org, onOrg, callback } = usePage();
  const id = useId();
  const [clientId, setClientId] = useState('');
  const [secret, setSecret] = useState('');
  const [state, setState] = useState<State>(null);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);
  if (callback === null) return null;
  const isWaiting = state?.status === 'waiting';

  const failed = (error: unknown) => {
    const { code, message } = error instanceof Problem ? error : { code: '', message: String(error) };
    setState({ status: 'failed', message: own(words.problem, code) ?? message, remedy: '' });
  };
  const begin = async () => {
    current.current?.abort();
    const abort = new AbortController();
    current.current = abort;
    try {
      let next = await call('log-in', { domain, clientId, clientSecret: secret }, abort.signal);
      setState(next);
      while (next.status === 'waiting') {
        next = await call('logged-in', {}, abort.signal);
        if (next.status !== 'waiting') setState(next);
      }
      // It is in the server's memory now, or of no use.
      setSecret('');
      if (next.status === 'success') onOrg(next.org as unknown as Org);
    } catch (error) {
      if (!abort.signal.aborted) failed(error);
    }
  };
  const cancel = () => {
    current.current?.abort();
    setState(null);
    call('logged-in', { cancel: true }).catch(failed);
  };

  return (
    <details class="log-in">
      <summary>{words.logIn}</summary>
      <p class="help">{words.logInHelp}</p>
      <p class="help">{words.callback(shown(state?.callback ?? callback))}</p>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          void begin();
        }}
      >
        <div class="field">
          <label for={`${id}-id`}>{words.clientId}</label>
          <input id={`${id}-id`} type="text" autocomplete="off" spellcheck={false} value={clientId} onInput={(event) => setClientId(event.currentTarget.value)} />
        </div>
        <div class="field">
          <label for={`${id}-secret`}>{words.clientSecret}</label>
          <input id={`${id}-secret`} type="password" autocomplete="off" value={secret} onInput={(event) => setSecret(event.currentTarget.value)} />
        </div>
        <p class="tools">
          <button type="submit" disabled={isWaiting || domain === '' || clientId.trim() === ''}>
            {words.beginLogIn}
          </button>
          {isWaiting && (
            <button type="button" onClick={cancel}>
              {words.cancel}
            </button>
          )}
        </p>
      </form>
      <div role="status">{said()}</div>
    </details>
  );

  function said() {
    if (state === null) return null;
    if (state.status === 'waiting') {
      const url = address(shown(state.url));
      return (
        <>
          {url !== undefined && (
            <p>
              <a href={url} target="_blank" rel="noopener noreferrer">
                {words.openLogIn}
              </a>
            </p>
          )}
          <p>{words.waiting}</p>
        </>
      );
    }
    if (state.status === 'success') {
      return (
        <>
          <p>
            <code class="good">{JSON.stringify({ status: 'success' })}</code>
          </p>
          {org.connection !== null && (
            <p>
              {words.connected(org.connection)} <code>chat-host edit --connection {org.connection}</code>
            </p>
          )}
        </>
      );
    }
    const text = state.status === 'none' ? words.logInEnded : (own(words.oauth, shown(state.code)) ?? `${shown(state.message)} ${shown(state.remedy)}`);
    return (
      <p class="bad">
        <Text text={text} />
      </p>
    );
  }
}

/** The org's page; over `--route` it can be a simulator's, without https. */
function address(text: string): string | undefined {
  const url = URL.parse(text);
  return url !== null && ['https:', 'http:'].includes(url.protocol) ? url.href : undefined;
}
