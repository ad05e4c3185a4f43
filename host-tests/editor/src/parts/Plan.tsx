// What a run would do, in sentences, while the author types.
import { cut, type Json, list, type Members, members, shown } from '../model/json';
import type { Words } from '../words';
import { Findings, Text } from './Findings';
import { usePage } from './page';

export function Plan() {
  const { words, followed, language } = usePage();
  const { plan } = followed;
  const requests = members(plan?.requests);
  return (
    <section aria-labelledby="plan-heading" class="plan">
      <h2 id="plan-heading">{words.plan}</h2>
      {plan === null ? (
        <p class="help">{words.noPlan}</p>
      ) : (
        <>
          <p>{words.requests(Number(requests.atLeast), Number(requests.atMost))}</p>
          <ul class="cards">
            {list(plan.records).map((record) => (
              <li key={shown(record.name)}>
                <h3>{heading(record)}</h3>
                {sentences(record, words).map((sentence) => (
                  <p key={sentence}>{sentence}</p>
                ))}
                {record.error !== null && <p class="bad"><Text text={administrator(record.error, language)} /></p>}
                <Values record={record} />
              </li>
            ))}
          </ul>
          {list(plan.files).map((file, at) => (
            <p key={at}>
              {words.use.file(shown(file.record))}: {cut(shown(file.name ?? file.variable))} <small>{words.bytes(Number(file.size ?? 0))}</small>
            </p>
          ))}
          {plan.request !== undefined && plan.request !== null && <pre>{JSON.stringify(plan.request, null, 2)}</pre>}
        </>
      )}
      <Findings id="plan-findings" findings={followed.refused.filter((finding) => !finding.path.startsWith('/'))} />
    </section>
  );
}

export const heading = (record: Members): string => (record.sobject === record.name || record.sobject === undefined ? shown(record.name) : `${record.name} (${record.sobject})`);

export function administrator(error: Json | undefined, language: string): string {
  const of = members(error);
  return shown(members(members(of.texts)[language]).administrator) || shown(of.message);
}

function sentences(record: Members, words: Words): string[] {
  const keys = list(record.fields).filter((field) => field.key === true);
  const links = list(record.links).filter((link) => link.key === true);
  const by = [...keys.map((key) => `${key.field} = ${cut(JSON.stringify(key.value))}`), ...links.map((link) => `${link.field} = ${words.linkTo(shown(link.record))}`)].join(', ');
  if (record.approach !== 'look-up') return [words.approach[shown(record.approach)] ?? ''];
  const written = [...list(record.fields), ...list(record.links)].filter((field) => field.onlyFinds !== true && field.overwrite !== 'on-create').map((field) => shown(field.field));
  return [words.looksUp(by), words.whenOne(written.join(', ')), words.whenNone[shown(record.whenNoneMatches)] ?? '', words.whenSeveral[shown(record.whenSeveralMatch)] ?? ''];
}

function Values({ record }: { record: Members }) {
  const { words } = usePage();
  const rows = [...list(record.fields).map((field): [string, string] => [shown(field.field), JSON.stringify(field.value)]), ...list(record.links).map((link): [string, string] => [shown(link.field), words.linkTo(shown(link.record))])];
  if (rows.length === 0) return null;
  return (
    <dl>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{cut(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
