// What answers of several interfaces have alike.

/** A value as jco lifts it. */
export type Lifted = any;

/** What all answers say that took requests. */
export function ending(answer: Lifted): Record<string, unknown> {
  return {
    status: answer.status,
    requests: answer.requests,
    retryAfterSeconds: orNull(answer.retryAfterSeconds),
    findings: answer.findings.map(finding),
  };
}

export function finding(finding: Lifted): unknown {
  return { ...finding, texts: byLanguage(finding.texts) };
}

export function error(error: Lifted): unknown {
  return error === undefined ? null : { ...error, texts: byLanguage(error.texts) };
}

export function byLanguage(texts: Lifted[]): unknown {
  return Object.fromEntries(texts.map(({ language, ...text }) => [language, text]));
}

export function orNull(value: unknown): unknown {
  return value ?? null;
}

export function textByLanguage(texts: Lifted[]): unknown {
  return Object.fromEntries(texts.map(({ language, text }) => [language, text]));
}
