// The thread's end of the wire to the main thread.

import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import type { Inward, OutgoingHead, Outward } from '../messages.js';

/** What is told about one request. */
export type Receiver = (message: Inward) => void;

type Unstamped<Message> = Message extends unknown ? Omit<Message, 'call'> : never;

/** Sends requests of the current call, and hands out what is said about them. */
export class Wire {
  /** The only host that the current call may reach. */
  domain: string | null = null;

  readonly #port: MessagePort;
  readonly #signal: Int32Array;
  readonly #receivers = new Map<number, Receiver>();
  /** Told to the main thread when this one waits, all at once: each message wakes it up. */
  #untold: Outward[] = [];
  #transfer: ArrayBuffer[] = [];
  #call = -1;
  #requests = 0;

  constructor(port: MessagePort, signal: SharedArrayBuffer) {
    this.#port = port;
    this.#signal = new Int32Array(signal);
  }

  /** From now on it is about another call, which may reach this host. */
  begin(call: number, domain: string | null): void {
    this.#call = call;
    this.domain = domain;
    this.#receivers.clear();
  }

  request(head: OutgoingHead, receiver: Receiver): number {
    const id = ++this.#requests;
    this.#receivers.set(id, receiver);
    this.send({ kind: 'request', id, head });
    return id;
  }

  send(message: Unstamped<Outward>, transfer: ArrayBuffer[] = []): void {
    this.#untold.push({ ...message, call: this.#call });
    this.#transfer.push(...transfer);
  }

  /** Tells what was sent. */
  flush(): void {
    if (this.#untold.length === 0) return;
    this.#port.postMessage(this.#untold, this.#transfer);
    [this.#untold, this.#transfer] = [[], []];
  }

  /** Nothing that is said about it from now on matters. */
  forget(id: number): void {
    this.#receivers.delete(id);
  }

  /** Hands out messages until something is ready; gives up after so many milliseconds. */
  waitUntil(isReady: () => boolean, milliseconds: () => number): void {
    for (;;) {
      const seen = Atomics.load(this.#signal, 0);
      this.#receive();
      if (isReady()) return;
      this.flush();
      const left = milliseconds();
      if (left <= 0) return;
      // Returns at once if a message has come since.
      Atomics.wait(this.#signal, 0, seen, left);
    }
  }

  #receive(): void {
    for (;;) {
      const received = receiveMessageOnPort(this.#port) as { message: Inward } | undefined;
      if (!received) return;
      const { message } = received;
      // What is left of an earlier call has nobody to receive it.
      if (message.call === this.#call) this.#receivers.get(message.id)?.(message);
    }
  }
}
