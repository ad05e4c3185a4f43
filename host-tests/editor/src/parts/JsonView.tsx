// The document as text.
import { usePage } from './page';

export function JsonView({ text, onText }: { text: string; onText(text: string): void }) {
  const { words, followed } = usePage();
  const isWrong = followed.findings.some((finding) => finding.severity === 'error');
  return (
    <section aria-labelledby="json-heading">
      <h2 id="json-heading">{words.jsonLabel}</h2>
      <textarea class="code document" aria-label={words.jsonLabel} aria-invalid={isWrong || undefined} aria-describedby="all-findings" spellcheck={false} rows={30} value={text} onInput={(event) => onText(event.currentTarget.value)} />
    </section>
  );
}
