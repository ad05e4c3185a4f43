// The module, as an engine calls it.

import * as take from './arguments.js';
import { Connectors, Egress, route, type Destination } from './egress.js';
import { SalesforceHostError, SalesforceSettingsError } from './errors.js';
import type {
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
  SettingsForm,
  Tool,
} from './generated/types.js';
import { DEFAULT_MAX_CALLS, MAX_MANY_MILLISECONDS, MAX_MILLISECONDS } from './limits.js';
import { Handover } from './handover/index.js';
import type { Ending } from './messages.js';
import {
  check,
  correlation,
  records,
  renderer,
  signal,
  type CallOptions,
  type Correlated,
  type FormOptions,
  type LoadOptions,
  type RunOptions,
  type SendOptions,
} from './options.js';
import { Pool } from './pool.js';
import { program, type Program } from './program.js';
import { access, checked, type Session } from './session.js';
import { fate } from './thread.js';

interface Call {
  interface?: 'salesforceModule' | 'oauth' | 'handover';
  function: string;
  arguments: unknown[];
  destination: Destination | null;
  signal: AbortSignal | undefined;
  milliseconds?: number;
}

/** For `Connections`: the functions of the interface `oauth`. */
export const oauth: unique symbol = Symbol('oauth');

/**
 * `salesforce_module.wasm`. One for the whole process: it keeps the compiled module, the threads and the connections.
 *
 * Each call has a fresh instance in a thread of its own, so conversations share nothing, and a call that traps or takes too long
 * harms no other. Settings and variables are objects, or JSON texts: numbers keep all their digits in a text.
 */
export class SalesforceModule {
  /** A conversation goes on with a person: for settings of the mode `handover`. */
  readonly handover: Handover;

  readonly #pool: Pool;
  readonly #connectors: Connectors;
  readonly #options: LoadOptions;

  private constructor(program: Program, options: LoadOptions) {
    this.#options = options;
    this.#connectors = new Connectors(options.agent);
    this.#pool = new Pool(program, options.maxCalls ?? DEFAULT_MAX_CALLS);
    this.handover = new Handover((call) => this.#call(call));
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
   * The form of a mode, for authors who read `en` or `de`: JSON Schema, UI schema, and what a new form begins with. Sends nothing.
   */
  async form(mode: string, language: string, options: CallOptions & FormOptions = {}): Promise<SettingsForm> {
    const values = [take.text('mode', mode), take.text('language', language), renderer(options), records(options)];
    return this.#call({ function: 'form', arguments: values, destination: null, signal: signal(options) });
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
   * After `session-expired` or `deferred`, call it again with those conversations that ended so, and with no other. With a
   * `tokenProvider` it is called again by itself only if the token was refused before anything was written.
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
    const isRepeatable = (many: Pick<ManyOutcome, 'conversations'>) =>
      // What has sent nothing by itself may be run again with the others.
      many.conversations.every(({ status, requests }) => status === 'session-expired' || requests === 0);
    return this.#send('runMany', session, options, (session) => [session, text, ...values], {
      milliseconds: MAX_MANY_MILLISECONDS,
      isRepeatable,
    });
  }

  /** Ends all calls, threads and connections. A process that does not call it ends all the same. */
  async close(): Promise<void> {
    await this.#pool.close();
    this.#connectors.close();
  }

  /** A function of the interface `oauth`. */
  async [oauth](
    name: string,
    domain: string | null,
    values: unknown[],
    to: string | undefined,
  ): Promise<{ answer: unknown } | { refused: unknown }> {
    const destination = domain === null ? null : { domain: domain.trim().toLowerCase(), accessToken: null, route: route(to) };
    const call: Call = { interface: 'oauth', function: name, arguments: values, destination, signal: undefined };
    const ending = await this.#run(call);
    if (ending.kind === 'answer') return { answer: ending.answer };
    if (ending.kind === 'refused') return { refused: ending.error };
    throw ended(ending, call);
  }

  /** Over a session: made again, once, if its token was refused and its provider has another one. Nothing was written then. */
  async #send<Answer extends { status: string }>(
    name: string,
    session: Session,
    options: SendOptions,
    values: (session: { instanceUrl: string; accessToken: string }) => unknown[],
    terms: { milliseconds?: number; isRepeatable?: (answer: never) => boolean } = {},
  ): Promise<Answer> {
    const to = route(options.route);
    const abort = signal(options);
    const call = ({ session, destination }: Awaited<ReturnType<typeof access>>) =>
      this.#text({
        function: name,
        arguments: values(session),
        destination: { ...destination, route: to },
        signal: abort,
        milliseconds: terms.milliseconds ?? MAX_MILLISECONDS,
      });
    const first = await access(checked(session));
    const answer = await call(first);
    // Read from the text, since `parse` may give anything.
    const { status, ...rest } = JSON.parse(answer) as Answer;
    if (status !== 'session-expired' || !('tokenProvider' in session)) return this.#parse(answer);
    const second = await access(session, first.token);
    const isRepeatable = terms.isRepeatable?.(rest as never) ?? true;
    return this.#parse(second.token === first.token || !isRepeatable ? answer : await call(second));
  }

  async #call<Answer>(call: Call): Promise<Answer> {
    return this.#parse(await this.#text(call));
  }

  /** The answer as JSON text. */
  async #text(call: Call): Promise<string> {
    const ending = await this.#run(call);
    if (ending.kind === 'findings') throw new SalesforceSettingsError(JSON.parse(ending.findings));
    if (ending.kind !== 'answer') throw ended(ending, call);
    if (ending.log !== null) this.#log(ending.log, call.function);
    return ending.answer as string;
  }

  #run(call: Call): Promise<Ending> {
    const { destination } = call;
    return this.#pool.run({
      job: {
        interface: call.interface ?? 'salesforceModule',
        function: call.function,
        arguments: call.arguments,
        domain: destination?.domain ?? null,
      },
      egress: destination && ((tell) => new Egress(destination, this.#connectors, tell)),
      milliseconds: Math.min(this.#options.timeout ?? Infinity, call.milliseconds ?? MAX_MILLISECONDS),
      signal: call.signal,
    });
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

function documents(settings: Document, variables: Document): [string, string] {
  return [take.document('settings', settings), take.document('variables', variables)];
}

/** A call that has no answer. */
function ended(ending: Ending, call: Call): SalesforceHostError {
  const { function: name, destination } = call;
  if (ending.kind === 'trap') {
    return new SalesforceHostError('trap', `The module trapped in ${name}: ${ending.message}. ${fate(destination !== null)}`);
  }
  const why = ending.kind === 'failed' ? ending.message : ending.kind;
  return new SalesforceHostError('host', `The host failed in ${name}: ${why}. ${fate(destination !== null)}`);
}
