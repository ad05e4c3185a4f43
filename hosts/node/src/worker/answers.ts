// The module's answers as JSON, with the names that `chat-host --json` promises (host-tests/src/json.rs).
//
// What comes in has the names of the WIT in camelCase already, and undefined for an option that is none. What differs in JSON is
// said here: documents, texts by language, members that are there only where they say something, and null for none.

import { handed, preparedHandover, received } from './handover.js';
import { document, write } from './json.js';
import { ending, error, finding, orNull, textByLanguage, type Lifted } from './shared.js';

/** The answer of a function, and the line for the host's log where there is one. */
export interface Written {
  answer: string;
  log: string | null;
}

type Writer = (value: Lifted) => unknown;

const plain: Writer = (value) => value;

const WRITERS: Record<string, Writer> = {
  manifest: (manifest) => ({ ...manifest, settingsSchema: document(manifest.settingsSchema) }),
  form: (form) => ({ schema: document(form.schema), uiSchema: document(form.uiSchema), data: document(form.data) }),
  check: (findings) => ({ findings: findings.map(finding) }),
  describe: (tool) => ({
    ...tool,
    title: orNull(tool.title),
    variables: document(tool.variables),
    results: document(tool.results),
    examples: tool.examples.map(document),
  }),
  prepare: (prepared) => ({
    ...ending(prepared),
    // The document itself, as it is to be stored.
    settings: orNull(prepared.settings),
  }),
  objects: (answer) => ({ ...found(answer), objects: answer.objects.map(objectEntry) }),
  fields: (answer) => ({
    ...found(answer),
    object: answer.object === undefined ? null : objectEntry(answer.object),
    recordTypes: answer.recordTypes.map(plain),
    fields: answer.fields.map(fieldEntry),
  }),
  plan,
  preview,
  run: outcome,
  runWithFiles: outcome,
  runMany: (many) => ({
    status: many.status,
    conversations: many.conversations.map(outcome),
    requests: many.requests,
    retryAfterSeconds: orNull(many.retryAfterSeconds),
    apiUsage: orNull(many.apiUsage),
  }),
};

const OF_HANDOVER: Record<string, Writer> = {
  prepare: preparedHandover,
  start: handed,
  send: handed,
  receive: received,
  end: handed,
};

/** The answer of a function of the module. */
export function answer(of: 'salesforceModule' | 'handover', name: string, value: Lifted): Written {
  const writer = (of === 'handover' ? OF_HANDOVER : WRITERS)[name];
  if (!writer) throw new Error(`the module has no function ${name}`);
  return { answer: write(writer(value)), log: value?.log ?? value?.progress?.log ?? null };
}

/** The findings that a function answers instead. */
export function findings(found: Lifted[]): string {
  return write(found.map(finding));
}

function outcome(outcome: Lifted): unknown {
  return {
    ...ending(outcome),
    records: outcome.records.map(record),
    variables: document(outcome.variables),
    apiUsage: orNull(outcome.apiUsage),
    correlation: outcome.correlation,
    response: outcome.response && {
      httpStatus: orNull(outcome.response.httpStatus),
      error: error(outcome.response.error),
    },
    files: unlessEmpty(outcome.files.map(fileOutcome)),
  };
}

function plan(plan: Lifted): unknown {
  const isRequest = plan.request !== undefined || plan.error !== undefined;
  return {
    records: plan.records.map(plannedRecord),
    lookups: plan.lookups.map(plain),
    requests: { atLeast: plan.requestsAtLeast, atMost: plan.requestsAtMost },
    hash: plan.hash,
    findings: plan.findings.map(finding),
    ...(isRequest && { request: plan.request ? httpRequest(plan.request) : null, error: error(plan.error) }),
    files: unlessEmpty(plan.files),
  };
}

function preview(preview: Lifted): unknown {
  return {
    ...ending(preview),
    records: preview.records.map(record),
    writes: preview.writes.map(httpRequest),
    hash: preview.hash,
    apiUsage: orNull(preview.apiUsage),
    error: preview.error && error(preview.error),
    files: unlessEmpty(preview.files),
  };
}

function found(answer: Lifted): Record<string, unknown> {
  return { ...ending(answer), total: answer.total, more: answer.more, apiUsage: orNull(answer.apiUsage) };
}

/** Of an outcome, with its result; of a preview, with its decision. */
function record(record: Lifted): unknown {
  return {
    ...record,
    id: orNull(record.id),
    url: orNull(record.url),
    error: error(record.error),
    problems: record.problems.map(problem),
    ambiguity: orNull(record.ambiguity),
  };
}

function plannedRecord(record: Lifted): unknown {
  return {
    ...record,
    lookIn: unlessEmpty(record.lookIn),
    fields: record.fields.map(plannedField),
    links: record.links.map((link: Lifted) => ({ ...link, key: ifTrue(link.key), onlyFinds: ifTrue(link.onlyFinds) })),
    idempotency: record.idempotency ? plannedField(record.idempotency) : null,
    error: error(record.error),
    problems: record.problems.map(problem),
  };
}

function plannedField(field: Lifted): unknown {
  return { ...field, value: document(field.value), onlyFinds: ifTrue(field.onlyFinds) };
}

function fileOutcome(file: Lifted): unknown {
  return { ...file, id: orNull(file.id), error: error(file.error) };
}

function httpRequest(request: Lifted): unknown {
  // Without a body there is none, not an empty text.
  return { ...request, body: request.body === '' ? null : document(request.body) };
}

function problem(problem: Lifted): unknown {
  return { ...problem, texts: textByLanguage(problem.texts) };
}

function objectEntry(object: Lifted): unknown {
  return { ...object, keyPrefix: orNull(object.keyPrefix) };
}

function fieldEntry(field: Lifted): unknown {
  return {
    ...field,
    help: orNull(field.help),
    length: orNull(field.length),
    relationship: orNull(field.relationship),
  };
}

function unlessEmpty(list: unknown[]): unknown {
  return list.length > 0 ? list : undefined;
}

function ifTrue(flag: boolean): true | undefined {
  return flag || undefined;
}
