// What the main thread and the thread of a call say to each other.
//
// The module's calls are synchronous, and wait inside of `wasi:io/poll`. So each runs in a thread of its own, which sleeps in
// `Atomics.wait` meanwhile, while the main thread does all input and output. That way
//
// - the event loop of the engine is never blocked, and Node from version 20 on is enough;
// - the connections are kept in one place, so that calls share them, whichever thread makes them;
// - a thread can be ended at any time, also while it computes, and no other call is harmed;
// - the access token stays in the main thread, which puts it into the requests that leave it.
//
// Messages to the thread wait in a port, which it reads when it is woken. `signal` is a counter: it is raised behind each
// message, so that a thread that looked before the message came does not fall asleep over it.

import type { MessagePort } from 'node:worker_threads';

/** A `WebAssembly.Module`. The types of a package must not name it: without those of browsers, TypeScript does not know it. */
export type CoreModule = object;

/** What a thread is made with. */
export interface ThreadData {
  /** The compiled core modules, by name. */
  modules: Record<string, CoreModule>;
  /** Address of what jco wrote. */
  glue: string;
  port: MessagePort;
  signal: SharedArrayBuffer;
}

/** A call, as it is made in the thread. */
export interface Job {
  /** Messages of the call before are told from those of this one by it. */
  call: number;
  interface: 'salesforceModule' | 'oauth' | 'handover';
  function: string;
  arguments: unknown[];
  /** The only host that requests may name; null for a call that sends nothing. */
  domain: string | null;
}

/** How a call ended in the thread. */
export type Ending =
  /** JSON for a function of the module; the value itself for one of `oauth`. */
  | { kind: 'answer'; answer: unknown; log: string | null }
  | { kind: 'findings'; findings: string }
  | { kind: 'refused'; error: unknown }
  | { kind: 'trap'; message: string }
  | { kind: 'failed'; message: string };

/** A request as the module hands it over. It names no host: the main thread knows it. */
export interface OutgoingHead {
  method: string;
  path: string;
  headers: [name: string, value: string][];
  hasBody: boolean;
}

/** From the thread to the main thread. */
export type Outward = { call: number } & (
  | { kind: 'ready' }
  | { kind: 'ended'; ending: Ending }
  | { kind: 'request'; id: number; head: OutgoingHead }
  | { kind: 'write'; id: number; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'finish'; id: number }
  /** The body will not be finished. */
  | { kind: 'abandon'; id: number }
  /** The guest has taken bytes of the answer's body. */
  | { kind: 'taken'; id: number; bytes: number }
  /** The guest wants nothing more of it. */
  | { kind: 'drop'; id: number }
);

/** From the main thread to the thread, about a request. */
export type Inward = { call: number; id: number } & (
  /** There is a connection, and it takes the body. */
  | { kind: 'connected' }
  /** The connection has taken bytes of the body. */
  | { kind: 'written'; bytes: number }
  | { kind: 'response'; status: number; headers: [name: string, value: string][] }
  | { kind: 'data'; bytes: Uint8Array }
  | { kind: 'end' }
  | { kind: 'failed'; code: ErrorCode }
);

/** An `error-code` of `wasi:http`, as jco has it. */
export type ErrorCode =
  | { tag: 'connection-refused' | 'connection-terminated' | 'connection-timeout' | 'destination-unavailable' }
  | { tag: 'TLS-certificate-error' | 'TLS-protocol-error' | 'HTTP-request-denied' | 'HTTP-response-incomplete' }
  | { tag: 'DNS-error'; val: { rcode: undefined; infoCode: undefined } }
  | { tag: 'internal-error'; val: undefined };
