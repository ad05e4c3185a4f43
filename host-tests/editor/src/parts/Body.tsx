// What went over the wire, as far as a person reads it.
import type { Json } from '../model/json';

const MAX_BODY = 20_000;

export function Body({ title, body, words }: { title: string; body: Json | undefined; words: { noBody: string; shortened: string } }) {
  if (body === null || body === undefined) return <p class="note">{`${title}: ${words.noBody}`}</p>;
  const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2);
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <pre tabIndex={0} role="region" aria-label={title}>
        {text.length > MAX_BODY ? `${text.slice(0, MAX_BODY)}…\n(${words.shortened})` : text}
      </pre>
    </figure>
  );
}
