// The way out: which requests leave the process, and by which connections.
//
// A request goes to the call's own deployment domain, whatever a guest asks for: the thread refuses others, and nothing that it
// says here names a host. The access token is put in here, so that no instance ever holds it. No redirect is followed, no request is
// repeated, and no time-out ends one: the module does what of that is to be done.

import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { SalesforceHostError } from './errors.js';
import { reason } from './failure.js';
import { IDLE_CONNECTION_MILLISECONDS, READ_AHEAD } from './limits.js';
import type { Inward, OutgoingHead, Outward } from './messages.js';

/** What an instance is given for a token that it must not hold. */
export const PLACEHOLDER_TOKEN = 'put-in-by-the-host';

/** Where the requests of one call go, and with which token. */
export interface Destination {
  /** The deployment domain, in small letters. */
  domain: string;
  /** Takes the place of the placeholder; none for requests that have no token, or one that the module is to refuse. */
  accessToken: string | null;
  /** Another address for the deployment domain. */
  route: URL | null;
}

type Tell = (message: Inward) => void;

/** Connections to Salesforce, kept open and shared by all calls. */
export class Connectors {
  readonly https: HttpsAgent;
  readonly http: HttpAgent;

  constructor(agent: HttpsAgent | undefined) {
    const kept = {
      keepAlive: true,
      // Of connections that are not in use; a request is never ended by it.
      timeout: IDLE_CONNECTION_MILLISECONDS,
      // Node gives each address of a host 250 ms, which a distant org does not keep.
      autoSelectFamilyAttemptTimeout: 1_000,
    };
    this.https = agent ?? new HttpsAgent(kept);
    this.http = new HttpAgent(kept);
  }

  close(): void {
    this.https.destroy();
    this.http.destroy();
  }
}

/** The requests of one call. */
export class Egress {
  readonly #exchanges = new Map<number, Exchange>();

  constructor(
    readonly destination: Destination,
    readonly connectors: Connectors,
    readonly tell: Tell,
  ) {}

  /** What the thread says about its requests. */
  receive(message: Outward): void {
    switch (message.kind) {
      case 'request': {
        const { call, id } = message;
        this.#exchanges.set(id, new Exchange(this, message.head, (told) => this.tell({ ...told, call, id } as Inward)));
        break;
      }
      case 'write':
        this.#exchanges.get(message.id)?.write(message.bytes);
        break;
      case 'finish':
        this.#exchanges.get(message.id)?.finish();
        break;
      case 'abandon':
        this.#exchanges.get(message.id)?.abandon();
        break;
      case 'taken':
        this.#exchanges.get(message.id)?.taken(message.bytes);
        break;
      case 'drop':
        this.#exchanges.get(message.id)?.end();
        this.#exchanges.delete(message.id);
        break;
    }
  }

  /** Ends what is still under way. */
  close(): void {
    for (const exchange of this.#exchanges.values()) exchange.end();
    this.#exchanges.clear();
  }
}

type Told = Inward extends infer Message ? (Message extends unknown ? Omit<Message, 'call' | 'id'> : never) : never;

/** A TLS socket, with what its types leave out. */
type Handshaking = Socket & { secureConnecting?: boolean };

/** One request and its answer. */
class Exchange {
  readonly #tell: (told: Told) => void;
  readonly #head: OutgoingHead;
  #request: ClientRequest | undefined;
  #response: IncomingMessage | undefined;
  #connected = false;
  #finished = false;
  /** Nothing more is told. */
  #over = false;
  #unread = 0;

  constructor(egress: Egress, head: OutgoingHead, tell: (told: Told) => void) {
    this.#head = head;
    this.#tell = (told) => {
      if (!this.#over) tell(told);
    };
    let request: ClientRequest;
    try {
      request = open(egress, head);
    } catch {
      // A header or a path that Node takes for none. Its words would repeat it.
      this.#fail({ tag: 'internal-error', val: undefined });
      return;
    }
    this.#request = request;
    request.on('socket', (socket) => this.#await(socket));
    request.on('response', (response) => this.#receive(response));
    // Behind an answer it is about the rest of the body at most, and the answer tells by itself whether it is whole.
    request.on('error', (error) => {
      if (!this.#response) this.#fail(reason(error, request.socket, this.#connected));
    });
    // An end without any error, such as that of a connection which changes its protocol.
    request.on('close', () => {
      if (!this.#response) this.#fail({ tag: 'connection-terminated' });
    });
  }

  write(bytes: Uint8Array): void {
    if (this.#over) return;
    this.#request?.write(bytes, () => this.#tell({ kind: 'written', bytes: bytes.byteLength }));
  }

  finish(): void {
    this.#finished = true;
    if (!this.#over) this.#request?.end();
  }

  /** Without the end of its body no request is carried out. An answer that has come already can still be read. */
  abandon(): void {
    if (!this.#response) this.end();
  }

  taken(bytes: number): void {
    this.#unread -= bytes;
    if (this.#unread < READ_AHEAD) this.#response?.resume();
  }

  /** Nothing more is wanted of it. A connection on which something is left cannot be used again. */
  end(): void {
    const isDone = this.#finished && this.#response?.complete === true && this.#response.readableEnded;
    this.#over = true;
    if (!isDone) this.#request?.destroy();
  }

  /** The body is taken as soon as there is a connection, and not before. */
  #await(socket: Socket): void {
    const isSecure = 'encrypted' in socket;
    if (socket.connecting || (isSecure && (socket as Handshaking).secureConnecting)) {
      socket.once(isSecure ? 'secureConnect' : 'connect', () => this.#connect());
      return;
    }
    // One that was kept may have been closed by the other side, unnoticed yet. A turn of the event loop later it is known, and nothing
    // of the body has been taken.
    setImmediate(() => setImmediate(() => !socket.destroyed && this.#connect()));
  }

  #connect(): void {
    this.#connected = true;
    if (this.#head.hasBody) this.#tell({ kind: 'connected' });
    else this.finish();
  }

  #receive(response: IncomingMessage): void {
    this.#response = response;
    const { statusCode = 0, rawHeaders } = response;
    const headers: [string, string][] = [];
    for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
    this.#tell({ kind: 'response', status: statusCode, headers });
    response.on('data', (chunk: Buffer) => {
      this.#unread += chunk.byteLength;
      if (this.#unread >= READ_AHEAD) response.pause();
      this.#tell({ kind: 'data', bytes: new Uint8Array(chunk) });
    });
    response.on('end', () => this.#tell({ kind: 'end' }));
    response.on('error', () => this.#fail({ tag: 'HTTP-response-incomplete' }));
    response.on('close', () => {
      if (!response.readableEnded) this.#fail({ tag: 'HTTP-response-incomplete' });
    });
  }

  #fail(code: Extract<Inward, { kind: 'failed' }>['code']): void {
    this.#tell({ kind: 'failed', code });
    this.#over = true;
    this.#request?.destroy();
  }
}

function open({ destination, connectors }: Egress, head: OutgoingHead): ClientRequest {
  const { domain, route, accessToken } = destination;
  const headers: Record<string, string> = {};
  for (const [name, value] of head.headers) {
    const isToken = name.toLowerCase() === 'authorization' && accessToken !== null;
    headers[name] = isToken ? `Bearer ${accessToken}` : value;
  }
  const isPlain = route?.protocol === 'http:';
  const options = {
    method: head.method,
    path: head.path,
    headers,
    // An IPv6 address without its brackets.
    hostname: route ? route.hostname.replace(/^\[(.*)\]$/, '$1') : domain,
    port: route?.port || (isPlain ? 80 : 443),
  };
  return isPlain
    ? httpRequest({ ...options, agent: connectors.http })
    : httpsRequest({ ...options, agent: connectors.https });
}

/** Another address for the deployment domain: a simulator, or a proxy. */
export function route(text: string | undefined): URL | null {
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain =
    url !== null &&
    ['http:', 'https:'].includes(url.protocol) &&
    [url.username, url.password, url.search, url.hash].every((part) => part === '') &&
    url.pathname === '/';
  if (!isPlain) {
    const expected = 'must be http or https, a host and a port, and nothing else, such as http://127.0.0.1:4711';
    throw new SalesforceHostError('host', `route ${expected}`);
  }
  return url;
}
