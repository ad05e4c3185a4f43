// wasi:http and wasi:io/streams, as far as the module uses them.
//
// `check-write` says 0 until the main thread has told that there is a connection: as long as the module has not handed over the
// end of a body, it knows that Salesforce cannot have the request, and may try again. A request to another host than the call's
// own is refused before anything of it is taken.

import { WRITE_AHEAD } from '../limits.js';
import type { ErrorCode, Inward, OutgoingHead } from '../messages.js';
import { dispose, IoError, type Pollable } from './io.js';
import type { Wire } from './wire.js';

/** How jco tells the error of a `result` from a failure of the host's. */
const refused = (payload: unknown) => Object.assign(new Error('refused'), { payload });
const CLOSED = { tag: 'closed' };

// Names and values of header fields (RFC 9110, 5.5 and 5.6.2).
const FIELD_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

type Tagged = { tag: string; val?: string };

/** What is known of a request that is under way. */
class Exchange {
  id = 0;
  connected = false;
  /** Bytes that the connection has not taken yet. */
  inFlight = 0;
  response: { status: number; headers: [string, string][] } | undefined;
  failure: ErrorCode | undefined;
  readonly chunks: Uint8Array[] = [];
  hasEnded = false;

  receive(message: Inward): void {
    switch (message.kind) {
      case 'connected':
        this.connected = true;
        break;
      case 'written':
        this.inFlight -= message.bytes;
        break;
      case 'response':
        this.response = message;
        break;
      case 'data':
        this.chunks.push(message.bytes);
        break;
      case 'end':
        this.hasEnded = true;
        break;
      case 'failed':
        this.failure = message.code;
        break;
    }
  }
}

/** The interfaces, for a wire that carries the requests. */
export function http(
  wire: Wire,
  pollable: (isReady: () => boolean) => Pollable,
): Record<string, Record<string, unknown>> {
  class Fields {
    readonly entries: [name: string, value: string][] = [];

    static of(entries: [string, string][]): Fields {
      const fields = new Fields();
      fields.entries.push(...entries);
      return fields;
    }

    static fromList(entries: [string, Uint8Array][]): Fields {
      const fields = new Fields();
      for (const [name, bytes] of entries) fields.append(name, bytes);
      return fields;
    }

    append(name: string, bytes: Uint8Array): void {
      const value = Buffer.from(bytes).toString('latin1');
      if (!FIELD_NAME.test(name) || !FIELD_VALUE.test(value)) throw refused({ tag: 'invalid-syntax' });
      this.entries.push([name, value]);
    }

    get(name: string): Uint8Array[] {
      const wanted = name.toLowerCase();
      const values = this.entries.filter(([name]) => name.toLowerCase() === wanted);
      return values.map(([, value]) => new Uint8Array(Buffer.from(value, 'latin1')));
    }
  }

  class RequestOptions {
    // The module has a timer of its own, and asks for time-outs that are longer: no time-out of the host's ends a request.
    setFirstByteTimeout(): void {
      throw refused(undefined);
    }

    setBetweenBytesTimeout(): void {
      throw refused(undefined);
    }
  }

  class OutgoingRequest {
    readonly exchange = new Exchange();
    method: Tagged = { tag: 'get' };
    path = '/';
    scheme: Tagged | undefined;
    authority: string | undefined;
    outgoing: OutgoingBody | undefined;

    constructor(readonly fields: Fields) {}

    setMethod(method: Tagged): void {
      this.method = method;
    }

    setPathWithQuery(path: string | undefined): void {
      this.path = path ?? '/';
    }

    setScheme(scheme: Tagged | undefined): void {
      this.scheme = scheme;
    }

    setAuthority(authority: string | undefined): void {
      this.authority = authority;
    }

    body(): OutgoingBody {
      if (this.outgoing) throw refused(undefined);
      this.outgoing = new OutgoingBody(this.exchange);
      return this.outgoing;
    }

    head(): OutgoingHead {
      const method = this.method.tag === 'other' ? (this.method.val ?? '') : this.method.tag.toUpperCase();
      return { method, path: this.path, headers: this.fields.entries, hasBody: this.outgoing !== undefined };
    }
  }

  class OutgoingBody {
    constructor(readonly exchange: Exchange) {}

    write(): OutputStream {
      return new OutputStream(this.exchange);
    }

    static finish(body: OutgoingBody): void {
      if (body.exchange.failure) throw refused(body.exchange.failure);
      wire.send({ kind: 'finish', id: body.exchange.id });
    }

    /** Not after `finish`, which takes the body. */
    [dispose](): void {
      if (this.exchange.id !== 0) wire.send({ kind: 'abandon', id: this.exchange.id });
    }
  }

  class OutputStream {
    #flushing = false;

    constructor(readonly exchange: Exchange) {}

    checkWrite(): bigint {
      const { exchange } = this;
      if (exchange.failure) throw refused(CLOSED);
      if (!exchange.connected) return 0n;
      if (this.#flushing && exchange.inFlight > 0) return 0n;
      this.#flushing = false;
      return BigInt(Math.max(0, WRITE_AHEAD - exchange.inFlight));
    }

    write(contents: Uint8Array): void {
      if (BigInt(contents.byteLength) > this.checkWrite()) throw new RangeError('a write of more than check-write allows');
      // Its own memory, which can be handed over: jco may show a part of the instance's.
      const bytes = contents.slice();
      this.exchange.inFlight += bytes.byteLength;
      wire.send({ kind: 'write', id: this.exchange.id, bytes }, [bytes.buffer]);
    }

    flush(): void {
      if (this.exchange.failure) throw refused(CLOSED);
      this.#flushing = true;
    }

    subscribe(): Pollable {
      return pollable(() => this.exchange.failure !== undefined || this.checkWrite() > 0n);
    }
  }

  class FutureIncomingResponse {
    #isTaken = false;

    constructor(readonly exchange: Exchange) {}

    subscribe(): Pollable {
      return pollable(() => this.#isThere());
    }

    get() {
      if (!this.#isThere()) return undefined;
      if (this.#isTaken) return { tag: 'err', val: undefined };
      this.#isTaken = true;
      const { response, failure } = this.exchange;
      // An answer that has come is one, whatever became of the connection behind it.
      if (response) return { tag: 'ok', val: { tag: 'ok', val: new IncomingResponse(this.exchange, response) } };
      return { tag: 'ok', val: { tag: 'err', val: failure } };
    }

    #isThere(): boolean {
      return this.exchange.response !== undefined || this.exchange.failure !== undefined;
    }

    [dispose](): void {
      if (!(this.#isTaken && this.exchange.response)) drop(this.exchange);
    }
  }

  class IncomingResponse {
    #isConsumed = false;

    constructor(
      readonly exchange: Exchange,
      readonly head: { status: number; headers: [string, string][] },
    ) {}

    status(): number {
      return this.head.status;
    }

    headers(): Fields {
      return Fields.of(this.head.headers);
    }

    consume(): IncomingBody {
      if (this.#isConsumed) throw refused(undefined);
      this.#isConsumed = true;
      return new IncomingBody(this.exchange);
    }

    [dispose](): void {
      if (!this.#isConsumed) drop(this.exchange);
    }
  }

  class IncomingBody {
    #isTaken = false;

    constructor(readonly exchange: Exchange) {}

    stream(): InputStream {
      if (this.#isTaken) throw refused(undefined);
      this.#isTaken = true;
      return new InputStream(this.exchange);
    }

    [dispose](): void {
      drop(this.exchange);
    }
  }

  class InputStream {
    constructor(readonly exchange: Exchange) {}

    read(length: bigint): Uint8Array {
      const { chunks, hasEnded, failure, id } = this.exchange;
      const chunk = chunks.shift();
      if (chunk) {
        const most = Number(length);
        if (chunk.byteLength > most) chunks.unshift(chunk.subarray(most));
        const bytes = chunk.subarray(0, most);
        wire.send({ kind: 'taken', id, bytes: bytes.byteLength });
        return bytes;
      }
      if (failure) throw refused({ tag: 'last-operation-failed', val: new IoError() });
      if (hasEnded) throw refused(CLOSED);
      return new Uint8Array(0);
    }

    subscribe(): Pollable {
      const { exchange } = this;
      return pollable(() => exchange.chunks.length > 0 || exchange.hasEnded || exchange.failure !== undefined);
    }
  }

  /** The guest has let go of the last that belongs to a request. */
  function drop({ id }: Exchange): void {
    wire.forget(id);
    wire.send({ kind: 'drop', id });
  }

  function handle(request: OutgoingRequest): FutureIncomingResponse {
    const isMeantForDomain =
      wire.domain !== null && request.scheme?.tag === 'HTTPS' && request.authority?.toLowerCase() === wire.domain;
    if (!isMeantForDomain) throw refused({ tag: 'HTTP-request-denied' });
    const { exchange } = request;
    exchange.id = wire.request(request.head(), (message) => exchange.receive(message));
    return new FutureIncomingResponse(exchange);
  }

  return {
    'wasi:http/outgoing-handler': { handle },
    'wasi:http/types': {
      Fields,
      FutureIncomingResponse,
      IncomingBody,
      IncomingResponse,
      OutgoingBody,
      OutgoingRequest,
      RequestOptions,
    },
    'wasi:io/streams': { InputStream, OutputStream },
  };
}
