// A conversation goes on with a person who works in Salesforce: the interface `handover`.

import { document, object, optionalText, seconds, text, wrong } from '../arguments.js';
import type { Destination } from '../egress.js';
import { route } from '../egress.js';
import type { Document, PreparedHandover } from '../generated/types.js';
import { correlation, signal, type Correlated, type SendOptions } from '../options.js';
import type { Handed, OutgoingMessage, Received } from './types.js';

/** How a call about a chat is made. */
export interface ChatOptions extends SendOptions {
  /** The engine's clock in seconds since 1970, the system's unless set. It decides when the visitor's token is renewed. */
  now?: number | undefined;
}

/** How a chat is opened. */
export interface StartOptions extends ChatOptions, Correlated {
  /** The chat of an earlier call of the same step: the step goes on with it. */
  earlier?: string | null | undefined;
}

/** How long events are waited for. */
export interface ReceiveOptions extends ChatOptions {
  /** Seconds until something happens, never longer than the settings' `deadlineSeconds`. 0 unless set: the history is read. */
  wait?: number | undefined;
}

/** Makes one call. */
type Call = <Answer>(call: {
  interface: 'handover';
  function: string;
  arguments: unknown[];
  destination: Destination | null;
  signal: AbortSignal | undefined;
}) => Promise<Answer>;

const OF_ORGS = '.my.salesforce.com';
const OF_MESSAGING = '.my.salesforce-scrt.com';

/**
 * Calls for settings of the mode `handover`. No session: a visitor is a guest of the deployment. Requests go to the org's messaging host and
 * nowhere else. One call of a chat at a time; what is between two calls is in its `chat`.
 */
export class Handover {
  readonly #call: Call;

  /** @internal */
  constructor(call: Call) {
    this.#call = call;
  }

  /** Compares settings with the deployment's pre-chat form: when an author publishes. One request; opens no chat. */
  async prepare(settings: Document, options: SendOptions = {}): Promise<PreparedHandover> {
    return this.#send('prepare', settings, options, []);
  }

  /** Opens a chat, once however often a step is run: with its attributes, and with the transcript as first message. */
  async start(settings: Document, variables: Document, options: StartOptions = {}): Promise<Handed> {
    const earlier = optionalText('earlier', options.earlier);
    const values = [
      document('variables', variables),
      earlier === undefined ? undefined : { secret: earlier },
      now(options),
      correlation(options),
    ];
    return this.#send('start', settings, options, values);
  }

  /** Sends one message of the visitor's. One whose answer is lost is looked for before it is sent again. */
  async send(settings: Document, chat: string, message: OutgoingMessage, options: ChatOptions = {}): Promise<Handed> {
    return this.#send('send', settings, options, [{ secret: text('chat', chat) }, outgoing(message), now(options)]);
  }

  /**
   * What has happened since the last call. With `wait` it returns as soon as something happens; an aborted `signal` ends that, and the next
   * call is told the same.
   */
  async receive(settings: Document, chat: string, options: ReceiveOptions = {}): Promise<Received> {
    const wait = seconds('wait', options.wait ?? 0);
    return this.#send('receive', settings, options, [{ secret: text('chat', chat) }, wait, now(options)]);
  }

  /** Ends the chat for the visitor. One that is over already is `sent`. */
  async end(settings: Document, chat: string, options: ChatOptions = {}): Promise<Handed> {
    return this.#send('end', settings, options, [{ secret: text('chat', chat) }, now(options)]);
  }

  #send<Answer>(name: string, settings: Document, options: SendOptions, values: unknown[]): Promise<Answer> {
    const written = document('settings', settings);
    return this.#call({
      interface: 'handover',
      function: name,
      arguments: [written, ...values],
      destination: destination(written, options),
      signal: signal(options),
    });
  }
}

/** The messaging host of the settings' org. Settings that name none reach none: the module says what is wrong with them. */
function destination(settings: string, options: SendOptions): Destination | null {
  const to = route(options.route);
  const domain = deploymentDomain(settings);
  if (!domain?.endsWith(OF_ORGS)) return null;
  return { domain: domain.slice(0, -OF_ORGS.length) + OF_MESSAGING, accessToken: null, route: to };
}

function deploymentDomain(settings: string): string | undefined {
  try {
    const domain: unknown = (JSON.parse(settings) as { deploymentDomain?: unknown } | null)?.deploymentDomain;
    return typeof domain === 'string' ? domain.trim().toLowerCase() : undefined;
  } catch {
    return undefined;
  }
}

function now({ now }: ChatOptions): number {
  return seconds('now', now ?? Math.floor(Date.now() / 1000));
}

/** As jco takes it. What is of the wrong kind is said with its name. */
function outgoing(message: OutgoingMessage): unknown {
  const given = object('message', message) as { key: unknown; again?: unknown; text?: unknown; choice?: unknown; file?: unknown };
  const { key, again = false } = given;
  if (typeof again !== 'boolean') throw wrong('message.again', 'true or false');
  return { key: text('message.key', key), again, content: content(given) };
}

function content(message: { text?: unknown; choice?: unknown; file?: unknown }): unknown {
  if (message.text !== undefined) return { tag: 'text', val: text('message.text', message.text) };
  if (message.choice !== undefined) {
    const { optionId, inReplyTo } = object('message.choice', message.choice) as Record<string, unknown>;
    const val = { optionId: text('message.choice.optionId', optionId), inReplyTo: text('message.choice.inReplyTo', inReplyTo) };
    return { tag: 'choice', val };
  }
  if (message.file === undefined) throw wrong('message', 'an object with text, choice or file');
  const { name, mediaType, content } = object('message.file', message.file) as Record<string, unknown>;
  if (!(content instanceof Uint8Array)) throw wrong('message.file.content', 'a Uint8Array');
  const val = {
    name: text('message.file.name', name),
    mediaType: text('message.file.mediaType', mediaType),
    // A copy: the caller's memory may be a part of something larger, all of which would go to the thread.
    content: new Uint8Array(content),
  };
  return { tag: 'attachment', val };
}
