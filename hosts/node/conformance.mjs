// The driver of hosts/conformance: one request a line on standard input, one answer a line on standard output.
//
// Answers are written as the module's own JSON, so that no number loses digits on the way.
import { SalesforceHostError, SalesforceModule, SalesforceSettingsError } from './index.mjs';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const salesforce = await SalesforceModule.load({ parse: (text) => text });

const FUNCTIONS = {
  manifest: (_, options) => salesforce.manifest(options),
  form: ({ mode, language, renderer, records }, options) =>
    salesforce.form(mode, language, { ...options, renderer, records }),
  check: ({ settings, knownVariables }, options) => salesforce.check(settings, knownVariables, options),
  describe: ({ settings }, options) => salesforce.describe(settings, options),
  prepare: async ({ session, settings }, options) => prepared(await salesforce.prepare(session, settings, options)),
  objects: ({ session, query }, options) => salesforce.objects(session, query, options),
  fields: ({ session, query }, options) => salesforce.fields(session, query, options),
  plan: ({ settings, variables }, options) => salesforce.plan(settings, variables, options),
  preview: ({ session, settings, variables }, options) => salesforce.preview(session, settings, variables, options),
  run: ({ session, settings, variables, files }, options) =>
    salesforce.run(session, settings, variables, { ...options, files: files?.map(decoded) }),
  runMany: ({ session, settings, conversations, earlier }, options) =>
    salesforce.runMany(session, settings, conversations, earlier ?? [], options),
  prepareHandover: ({ settings }, options) => salesforce.handover.prepare(settings, options),
  startHandover: ({ settings, variables, earlier, now }, options) =>
    salesforce.handover.start(settings, variables, { ...options, earlier, now }),
  sendMessage: ({ settings, chat, message, now }, options) =>
    salesforce.handover.send(settings, chat, { ...message, file: message.file && decoded(message.file) }, { ...options, now }),
  receiveEvents: ({ settings, chat, waitSeconds, now }, options) =>
    salesforce.handover.receive(settings, chat, { ...options, wait: waitSeconds, now }),
  endHandover: ({ settings, chat, now }, options) => salesforce.handover.end(settings, chat, { ...options, now }),
};

/** `chat-host prepare` prints the settings themselves, and without any what became of them. */
function prepared(text) {
  const { settings, ...rest } = JSON.parse(text);
  return settings ?? JSON.stringify(rest);
}

function decoded(file) {
  const { content } = file;
  if (typeof content !== 'string') return file;
  if (!BASE64.test(content)) throw new SalesforceHostError('host', 'content must be base64, or null.');
  return { ...file, content: Buffer.from(content, 'base64') };
}

function failure(id, code, message) {
  return JSON.stringify({ id, failure: { code, message } });
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isRequest(asked) {
  return (
    typeof asked?.id === 'number' &&
    Object.hasOwn(FUNCTIONS, asked.function) &&
    typeof (asked.arguments ?? {}) === 'object' &&
    (asked.abortAfter == null || asked.abortAfter >= 0)
  );
}

async function answer(line) {
  const asked = parsed(line);
  if (!isRequest(asked)) {
    const members = 'a number `id`, a known `function`, `arguments`, `route` and `abortAfter`';
    const id = typeof asked?.id === 'number' ? asked.id : null;
    return failure(id, 'host', `A line must be a request: a JSON object with ${members}.`);
  }
  const { id, function: name, route, abortAfter } = asked;
  const given = asked.arguments ?? {};
  const abort = new AbortController();
  const timer = abortAfter == null ? undefined : setTimeout(() => abort.abort(), abortAfter);
  try {
    const options = { route: route ?? undefined, correlation: given.correlation, signal: abort.signal };
    return `{"id":${id},"answer":${inOneLine(await FUNCTIONS[name](given, options))}}`;
  } catch (error) {
    if (error instanceof SalesforceSettingsError) return JSON.stringify({ id, findings: error.findings });
    if (error instanceof SalesforceHostError) return failure(id, error.code, error.message);
    return failure(id, 'host', `The driver failed: ${error instanceof Error ? error.name : 'unknown'}.`);
  } finally {
    clearTimeout(timer);
  }
}

/** In JSON a line can only end between values, where a blank is as good. */
function inOneLine(json) {
  return json.replace(/[\r\n]+/g, ' ');
}

/** By line feeds only: `readline` also ends a line at U+2028, which JSON may hold. */
async function* lines(stream) {
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    const parts = chunk.split('\n');
    parts[0] = rest + parts[0];
    rest = parts.pop();
    yield* parts;
  }
  // What follows the last line feed is a line only if there is anything.
  if (rest !== '') yield rest;
}

const underWay = new Set();
for await (const line of lines(process.stdin)) {
  const answered = answer(line).then((text) => process.stdout.write(`${text}\n`));
  underWay.add(answered);
  void answered.finally(() => underWay.delete(answered));
}
await Promise.all(underWay);
await salesforce.close();
