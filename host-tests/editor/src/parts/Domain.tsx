// The org: its domain, corrected while typing, whether it can be reached, and the log-in.
import { useEffect, useId, useState } from 'preact/hooks';
import { call, Problem } from '../api';
import { at, type Finding, words as inWords } from '../model/findings';
import { type Members, own, shown, withMember } from '../model/json';
import { Findings, Text } from './Findings';
import { LogIn } from './LogIn';
import { usePage } from './page';

export function Domain() {
  const { draft, change, form, words, followed, org, language } = usePage();
  const id = useId();
  const [answer, setAnswer] = useState<Members | 'asking' | null>(null);
  const domain = shown(draft.settings.deploymentDomain);
  const schema = form.properties?.deploymentDomain ?? {};
  // An empty page is not a mistake yet.
  const findings = domain === '' ? [] : at(followed.findings, '/deploymentDomain');
  useEffect(() => setAnswer(null), [domain, org]);
  const authenticate = async () => {
    setAnswer('asking');
    try {
      setAnswer(await call('authenticate', { domain }));
    } catch (error) {
      const { code, message } = error instanceof Problem ? error : { code: '', message: String(error) };
      setAnswer({ status: 'failed', message: own(words.problem, code) ?? message });
    }
  };
  return (
    <div class="field domain">
      <label for={id}>{schema.title ?? 'deploymentDomain'}</label>
      <div class="entry">
        <input
          id={id}
          type="text"
          inputMode="url"
          autocomplete="off"
          spellcheck={false}
          placeholder={schema['x-placeholder']}
          aria-describedby={`${id}-help ${id}-findings`}
          aria-invalid={findings.length > 0 || undefined}
          value={domain}
          onInput={(event) => {
            const entered = event.currentTarget.value;
            change('deploymentDomain', (before) => ({ ...before, settings: withMember(before.settings, 'deploymentDomain', entered === '' ? undefined : entered) }));
          }}
        />
        <button type="button" class="main" disabled={domain === '' || answer === 'asking'} onClick={authenticate}>
          {words.authenticate}
        </button>
      </div>
      <p class="help" id={`${id}-help`}>
        {org.simulated ? words.simulated : words.realOrg(org.domain ?? '')}
      </p>
      <Findings id={`${id}-findings`} findings={findings} />
      <output>{said()}</output>
      <LogIn domain={domain} />
    </div>
  );

  function said() {
    if (answer === null) return null;
    if (answer === 'asking') return words.authenticating;
    if (answer.status === 'success') return <code class="good">{JSON.stringify({ status: 'success' })}</code>;
    const [finding] = (answer.findings ?? []) as unknown as Finding[];
    const text = finding ? inWords(finding, language) : { message: shown(answer.message), remedy: shown(answer.remedy) };
    return (
      <span class="bad">
        <Text text={`${text.message} ${text.remedy}`} />
      </span>
    );
  }
}
