// The module, as an engine calls it.

import { readdir, readFile } from 'node:fs/promises';
import { Agent as HttpsAgent } from 'node:https';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as take from './arguments.js';
import { Connectors, Egress, route, type Destination } from './egress.js';
import { SalesforceHostError, SalesforceSettingsError } from './errors.js';
import type {
  AttachedFile,
  Conversation,
  Document,
  EarlierConversation,
  FieldQuery,
  FieldsAnswer,
  Finding,
  ManyOutcome,
  ModuleManifest,
  ObjectQuery,
  ObjectsAnswer,
  Outcome,
  Prepared,
  RunPlan,
  RunPreview,
  Tool,
} from './generated/types.js';
import { DEFAULT_MAX_CALLS, MAX_MANY_MILLISECONDS, MAX_MEMORY_PAGES, MAX_MILLISECONDS, maxMemoryPages } from './limits.js';
import { Pool } from './pool.js';
import { access, checked, type Session } from './session.js';
import type { Program } from './thread.js';

/** How the module is loaded. */
export interface LoadOptions {
  /** Calls at the same time, 32 unless set; a further one waits. Each takes a thread. */
  maxCalls?: number;
  /** Makes the connections to Salesforce: for a proxy, or for a certificate authority of your own. */
  agent?: HttpsAgent;
  /** Gets a line of JSON about each call, without any value, for the host's log. */
  onLog?: (line: string, of: { function: string }) => void;
  /** Reads the JSON of answers: `JSON.parse`, unless another is to keep the digits of all numbers. */
  parse?: (text: string) => unknown;
  /** Shorter than a call may take, in milliseconds. */
  timeout?: number;
}

/** How one call is made. */
export interface CallOptions {
  /** Ends the call. */
  signal?: AbortSignal | undefined;
}

/** How one call is made that sends requests. */
export interface SendOptions extends CallOptions {
  /** Sends what is meant for the deployment domain to this address instead, such as `http://127.0.0.1:4711`. */
  route?: string | undefined;
}

/** A name of the conversation. */
export interface Correlated {
  /**
   * The host's own name of the conversation and its step, such as `conversation-4711/step-3`: 1 to 200 bytes without control
   * characters, and nothing that a visitor typed. It stands in the log and in the outcome, and is not sent to Salesforce.
   */
  correlation?: string | null | undefined;
}

/** How a conversation is run. */
export interface RunOptions extends SendOptions, Correlated {
  /** Files that the host has read itself. */
  files?: AttachedFile[] | undefined;
}

interface Call {
  function: string;
  arguments: unknown[];
  destination: Destination | null;
  signal: AbortSignal | undefined;
  milliseconds?: number;
}

/** Where `build/transpile.mjs` has put what jco makes of the component. */
const TRANSPILED = join(__dirname, 'transpiled');

/**
 * `salesforce_module.wasm`. One for the whole process: it keeps the compiled module, the threads and the connections.
 *
 * Each call has a fresh instance in a thread of its own, so conversations share nothing, and a call that traps or takes too long
 * harms no other. Settings and variables are objects, or JSON texts: numbers keep all their digits in a text.
 */
export class SalesforceModule {
  readonly #pool: Pool;
  readonly #connectors: Connectors;
  readonly #options: LoadOptions;

  private constructor(program: Program, options: LoadOptions) {
    this.#options = options;
    this.#connectors = new Connectors(options.agent);
    this.#pool = new Pool(program, options.maxCalls ?? DEFAULT_MAX_CALLS);
  }

  /** Loads the module: some tenths of a second. */
  static async load(options: LoadOptions = {}): Promise<SalesforceModule> {
    check(options);
    const salesforce = new SalesforceModule(await program(), options);
    await salesforce.#pool.start();
    return salesforce;
  }

  /** Name, version, modes and the JSON Schema of the settings. Sends nothing. */
  async manifest(options: CallOptions = {}): Promise<ModuleManifest> {
    return this.#call({ function: 'manifest', arguments: [], destination: null, signal: signal(options) });
  }

  /**
   * Checks settings while they are edited. Sends nothing. Settings without a finding of severity `error` can run.
   *
   * `knownVariables` are the names of all variables that the flow can pass, where the engine knows them: a mapped variable that is
   * not among them is then an error, `unknown-variable`.
   */
  async check(
    settings: Document,
    knownVariables?: string[] | null,
    options: CallOptions = {},
  ): Promise<{ findings: Finding[] }> {
    const values = [take.document('settings', settings), take.optionalTexts('knownVariables', knownVariables)];
    return this.#call({ function: 'check', arguments: values, destination: null, signal: signal(options) });
  }

  /** What a run with these settings takes and gives back: a form, a check of the flow, or a tool of a language model. Sends nothing. */
  async describe(settings: Document, options: CallOptions = {}): Promise<Tool> {
    const values = [take.document('settings', settings)];
    return this.#call({ function: 'describe', arguments: values, destination: null, signal: signal(options) });
  }

  /**
   * Checks settings against the org, and completes them with the org's facts, which every run then uses without asking: when an
   * author publishes. Writes nothing.
   */
  async prepare(session: Session, settings: Document, options: SendOptions = {}): Promise<Prepared> {
    const text = take.document('settings', settings);
    return this.#send('prepare', session, options, (session) => [session, text]);
  }

  /** The org's objects that fit a search, for a drop-down. Writes nothing. */
  async objects(session: Session, query: ObjectQuery = {}, options: SendOptions = {}): Promise<ObjectsAnswer> {
    const taken = take.objectQuery(query, checked(session).domain);
    return this.#send('objects', session, options, (session) => [session, taken]);
  }

  /** The fields of an object that fit a search, for the drop-down beside it. Writes nothing. */
  async fields(session: Session, query: FieldQuery, options: SendOptions = {}): Promise<FieldsAnswer> {
    const taken = take.fieldQuery(query, checked(session).domain);
    return this.#send('fields', session, options, (session) => [session, taken]);
  }

  /** What a run would do with these variables. Sends nothing. */
  async plan(settings: Document, variables: Document, options: CallOptions & Correlated = {}): Promise<RunPlan> {
    const values = [...documents(settings, variables), correlation(options)];
    return this.#call({ function: 'plan', arguments: values, destination: null, signal: signal(options) });
  }

  /** Makes the lookups, and shows the exact requests that a run would send next. Writes nothing. */
  async preview(
    session: Session,
    settings: Document,
    variables: Document,
    options: SendOptions & Correlated = {},
  ): Promise<RunPreview> {
    const values = [...documents(settings, variables), correlation(options)];
    return this.#send('preview', session, options, (session) => [session, ...values]);
  }

  /**
   * Looks up, decides and writes; in the mode `sobject-read` looks up and reads. Whatever happens on the network is in the outcome.
   * Takes the settings' `deadlineSeconds` at most, 20 unless they say otherwise.
   */
  async run(session: Session, settings: Document, variables: Document, options: RunOptions = {}): Promise<Outcome> {
    const [first, second] = documents(settings, variables);
    const correlated = correlation(options);
    if (!options.files) return this.#send('run', session, options, (session) => [session, first, second, correlated]);
    const files = take.files(options.files, second);
    return this.#send('runWithFiles', session, options, (session) => [session, first, second, files, correlated]);
  }

  /**
   * Runs up to 1,000 conversations with few requests, as if `run` were called for each in turn. `earlier` are conversations of earlier
   * calls that are not settled, and that no other may overtake. Takes ten minutes at most.
   *
   * After `session-expired` or `deferred`, call it again with those conversations that ended so, and with no other.
   */
  async runMany(
    session: Session,
    settings: Document,
    conversations: Conversation[],
    earlier: EarlierConversation[] = [],
    options: SendOptions = {},
  ): Promise<ManyOutcome> {
    const text = take.document('settings', settings);
    const values = [take.conversations(conversations), take.earlier(earlier)];
    const { session: given, destination } = await access(checked(session));
    return this.#call({
      function: 'runMany',
      arguments: [given, text, ...values],
      destination: { ...destination, route: route(options.route) },
      signal: signal(options),
      milliseconds: MAX_MANY_MILLISECONDS,
    });
  }

  /** Ends all calls, threads and connections. A process that does not call it ends all the same. */
  async close(): Promise<void> {
    await this.#pool.close();
    this.#connectors.close();
  }

  /** Over a session: made again, once, if its token was refused and its provider has another one. Nothing was written then. */
  async #send<Answer extends { status: string }>(
    name: string,
    session: Session,
    options: SendOptions,
    values: (session: { instanceUrl: string; accessToken: string }) => unknown[],
  ): Promise<Answer> {
    const to = route(options.route);
    const ended = signal(options);
    const call = ({ session, destination }: Awaited<ReturnType<typeof access>>) =>
      this.#text({
        function: name,
        arguments: values(session),
        destination: { ...destination, route: to },
        signal: ended,
      });
    const first = await access(checked(session));
    const answer = await call(first);
    if (!('tokenProvider' in session) || !isExpired(answer)) return this.#parse(answer);
    const second = await access(session, first.token);
    return this.#parse(second.token === first.token ? answer : await call(second));
  }

  async #call<Answer>(call: Call): Promise<Answer> {
    return this.#parse(await this.#text(call));
  }

  /** The answer as JSON text. */
  async #text(call: Call): Promise<string> {
    const { destination } = call;
    const ending = await this.#pool.run({
      job: {
        interface: 'salesforceModule',
        function: call.function,
        arguments: call.arguments,
        domain: destination?.domain ?? null,
      },
      egress: destination && ((tell) => new Egress(destination, this.#connectors, tell)),
      milliseconds: Math.min(this.#options.timeout ?? Infinity, call.milliseconds ?? MAX_MILLISECONDS),
      signal: call.signal,
    });
    switch (ending.kind) {
      case 'answer':
        if (ending.log !== null) this.#log(ending.log, call.function);
        return ending.answer as string;
      case 'findings':
        throw new SalesforceSettingsError(JSON.parse(ending.findings));
      case 'trap':
        throw new SalesforceHostError('trap', `The module trapped: ${ending.message}. ${fate(destination)}`);
      default:
        throw new SalesforceHostError('host', `The host failed in ${call.function}: ${ending.kind === 'failed' ? ending.message : ending.kind}. ${fate(destination)}`);
    }
  }

  #parse<Answer>(text: string): Answer {
    return (this.#options.parse ?? JSON.parse)(text) as Answer;
  }

  /** An outcome is never lost for a log that fails. */
  #log(line: string, name: string): void {
    try {
      this.#options.onLog?.(line, { function: name });
    } catch (error) {
      process.emitWarning(`onLog failed: ${error instanceof Error ? error.message : 'unknown'}`, 'SalesforceModule');
    }
  }
}

async function program(): Promise<Program> {
  const modules: Program['modules'] = {};
  try {
    for (const name of await readdir(TRANSPILED)) {
      if (!name.endsWith('.wasm')) continue;
      const bytes = await readFile(join(TRANSPILED, name));
      // The engine keeps to what the file says.
      if (maxMemoryPages(bytes) > MAX_MEMORY_PAGES) throw new Error(`${name} may have more than 32 MiB of memory`);
      modules[name] = await WebAssembly.compile(bytes);
    }
  } catch (cause) {
    const message = 'The transpiled module cannot be read: build the package with `npm run build`, or install it anew.';
    throw new SalesforceHostError('host', message, { cause });
  }
  return { modules, glue: pathToFileURL(join(TRANSPILED, 'module.mjs')).href };
}

function check({ maxCalls, agent, onLog, parse, timeout }: LoadOptions): void {
  const isCount = (value: number) => Number.isInteger(value) && value >= 1;
  if (maxCalls !== undefined && !isCount(maxCalls)) throw take.wrong('maxCalls', 'a whole number from 1 on');
  if (timeout !== undefined && !(timeout > 0)) throw take.wrong('timeout', 'a number of milliseconds above 0');
  if (agent !== undefined && typeof agent.destroy !== 'function') throw take.wrong('agent', 'an https.Agent');
  if (onLog !== undefined && typeof onLog !== 'function') throw take.wrong('onLog', 'a function');
  if (parse !== undefined && typeof parse !== 'function') throw take.wrong('parse', 'a function');
}

function documents(settings: Document, variables: Document): [string, string] {
  return [take.document('settings', settings), take.document('variables', variables)];
}

function correlation(options: Correlated): string | undefined {
  return take.optionalText('correlation', options.correlation);
}

function signal({ signal }: CallOptions): AbortSignal | undefined {
  if (signal !== undefined && !(signal instanceof AbortSignal)) throw take.wrong('signal', 'an AbortSignal');
  return signal;
}

/** Read from the text, since `parse` may give anything. */
function isExpired(answer: string): boolean {
  return (JSON.parse(answer) as { status: string }).status === 'session-expired';
}

function fate(destination: Destination | null): string {
  return destination ? 'What the call wrote is not known.' : 'The call sends nothing.';
}
