// Beside the settings: the conversation that they are tried with, the plan, the remarks, and what can be done.
import type { Finding } from '../model/findings';
import { Conversation } from './Conversation';
import { Findings } from './Findings';
import { usePage } from './page';
import { Plan } from './Plan';
import type { Result } from './Results';

/** How a run is kept. */
export interface Keeping {
  correlation: string;
  keepValues: boolean;
}

interface Props {
  used: string[];
  mode: string;
  isJson: boolean;
  isBusy: boolean;
  /** None where runs are not kept. */
  keeping: Keeping | null;
  onKeeping(keeping: Keeping): void;
  onCarryOut(kind: Result['kind']): void;
}

export function Side({ used, mode, isJson, isBusy, keeping, onKeeping, onCarryOut }: Props) {
  const { words, form, followed, fresh, draft } = usePage();
  const { settings } = draft;
  return (
    <div class="side">
      <Conversation used={used} />
      <Plan />
      <section aria-label={words.remarks}>
        <p role="status" class="counted">
          {counted(followed.findings.filter((finding) => !isPremature(finding.path)))}
        </p>
        {isJson && <Findings id="all-findings" findings={followed.findings} />}
        {!isJson && <Findings id="other-findings" findings={followed.findings.filter((finding) => isElsewhere(finding.path) && !isPremature(finding.path))} />}
        {keeping !== null && (
          <>
            <div class="field">
              <label for="correlation">{words.correlation}</label>
              <input id="correlation" type="text" maxLength={200} value={keeping.correlation} onInput={(event) => onKeeping({ ...keeping, correlation: event.currentTarget.value })} />
            </div>
            <label class="check" title={words.keepValuesHelp}>
              <input type="checkbox" checked={keeping.keepValues} onChange={(event) => onKeeping({ ...keeping, keepValues: event.currentTarget.checked })} />
              {words.keepValues}
            </label>
          </>
        )}
        <p class="tools">
          <button type="button" disabled={isBusy || mode === 'handover' || mode === 'api-request'} onClick={() => onCarryOut('prepare')}>
            {words.prepare}
          </button>
          <button type="button" disabled={isBusy || mode === 'handover'} onClick={() => onCarryOut('preview')}>
            {words.preview}
          </button>
          <button type="button" class="main" disabled={isBusy || mode === 'handover'} onClick={() => onCarryOut('run')}>
            {words.run}
          </button>
          {isBusy && <span role="status">{words.working}</span>}
        </p>
      </section>
    </div>
  );

  /** Whether a place has no part of the form. */
  function isElsewhere(path: string): boolean {
    return path === '' || !(Object.keys(form.properties ?? {}).includes(path.split('/')[1] ?? '') && path.split('/')[1] !== 'mode');
  }

  /** What an author has not come to yet is no mistake so far. */
  function isPremature(path: string): boolean {
    if (isJson) return false;
    const [, name, place] = path.split('/');
    return name === 'mappings' ? fresh.has(draft.keys[Number(place)] ?? -1) : name === undefined || name === 'deploymentDomain' ? settings.deploymentDomain === undefined : false;
  }

  function counted(findings: Finding[]): string {
    const of = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
    return words.counted(of('error'), of('warning'), of('info'));
  }
}
