// What the interface `handover` answers, as JSON (host-tests/src/json/handover.rs).

import { document } from './json.js';
import { ending, error, finding, orNull, textByLanguage, type Lifted } from './shared.js';

export function preparedHandover(prepared: Lifted): unknown {
  const field = (field: Lifted) => ({ ...field, maxLength: orNull(field.maxLength) });
  return { ...ending(prepared), fields: prepared.fields.map(field), files: prepared.files };
}

export function handed({ outcome, progress }: Lifted): unknown {
  return { ...progressed(progress), outcome: outcome.tag, error: error(outcome.val) };
}

export function received({ events, error: failure, progress }: Lifted): unknown {
  return { ...progressed(progress), events: events.map(event), error: error(failure) };
}

/** `chat` is a secret, and for the engine to keep. */
function progressed(progress: Lifted): Record<string, unknown> {
  return {
    chat: orNull(progress.chat?.secret),
    phase: progress.phase,
    texts: textByLanguage(progress.texts),
    variables: document(progress.variables),
    requests: progress.requests,
    retryAfterSeconds: orNull(progress.retryAfterSeconds),
    findings: progress.findings.map(finding),
  };
}

/** One member names it. */
function event({ at, what }: Lifted): unknown {
  const told = what.tag === 'message' ? message(what.val) : orNull(what.val);
  return { at, [what.tag]: told };
}

function message({ id, author, content: { tag, val } }: Lifted): unknown {
  switch (tag) {
    case 'options':
      return { id, author, text: val.text, options: val.options };
    case 'files':
      return { id, author, files: val.map(file) };
    default:
      return { id, author, [tag]: val };
  }
}

function file({ name, mediaType, address }: Lifted): unknown {
  return { name, mediaType: orNull(mediaType), address: orNull(address) };
}
