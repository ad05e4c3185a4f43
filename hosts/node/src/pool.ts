// Places for calls, each with a thread: so many calls run at the same time, and a further one waits until one of them ends, the first
// to wait first. Waiting takes nothing from the time of a call, which begins when it has its place.

import { SalesforceHostError } from './errors.js';
import { IDLE_THREAD_MILLISECONDS } from './limits.js';
import type { Ending } from './messages.js';
import type { Program } from './program.js';
import { Thread, type Terms } from './thread.js';

interface Waiting {
  resolve: () => void;
  reject: (error: Error) => void;
}

export class Pool {
  readonly #program: Program;
  readonly #maxCalls: number;
  readonly #threads = new Set<Thread>();
  /** Without a call, the one that was used last at the end: it is used next, and the others can be let go. */
  readonly #idle: { thread: Thread; timer: NodeJS.Timeout }[] = [];
  readonly #waiting = new Set<Waiting>();
  #taken = 0;
  #isClosed = false;

  constructor(program: Program, maxCalls: number) {
    this.#program = program;
    this.#maxCalls = maxCalls;
  }

  /** Makes the first thread, and sees that it works. */
  async start(): Promise<void> {
    const thread = this.#make();
    await thread.start();
    this.#keep(thread);
  }

  async run(terms: Terms): Promise<Ending> {
    await this.#place(terms.signal);
    if (terms.signal?.aborted) {
      this.#free();
      throw notBegun();
    }
    const thread = this.#thread();
    try {
      return await thread.run(terms);
    } finally {
      if (thread.isOver) {
        // Its place is free when it is gone: threads are never more than places.
        void thread.ended.then(() => this.#free());
      } else {
        this.#keep(thread);
        this.#free();
      }
    }
  }

  /** Ends all calls and threads. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { reject } of this.#waiting) reject(closed());
    this.#waiting.clear();
    for (const { timer } of this.#idle.splice(0)) clearTimeout(timer);
    const threads = [...this.#threads];
    for (const thread of threads) thread.end(closed());
    await Promise.all(threads.map((thread) => thread.ended));
  }

  async #place(signal: AbortSignal | undefined): Promise<void> {
    if (this.#isClosed) throw closed();
    if (signal?.aborted) throw notBegun();
    if (this.#taken < this.#maxCalls) {
      this.#taken += 1;
      return;
    }
    let abort = () => {};
    try {
      await new Promise<void>((resolve, reject) => {
        const waiting = { resolve, reject };
        this.#waiting.add(waiting);
        abort = () => {
          this.#waiting.delete(waiting);
          reject(notBegun());
        };
        signal?.addEventListener('abort', abort, { once: true });
      });
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Hands the place to the call that has waited longest. */
  #free(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#taken -= 1;
      return;
    }
    this.#waiting.delete(next);
    next.resolve();
  }

  #thread(): Thread {
    for (;;) {
      const idle = this.#idle.pop();
      if (!idle) return this.#make();
      clearTimeout(idle.timer);
      if (!idle.thread.isOver) return idle.thread;
    }
  }

  #make(): Thread {
    const thread = new Thread(this.#program);
    this.#threads.add(thread);
    void thread.ended.then(() => this.#threads.delete(thread));
    return thread;
  }

  #keep(thread: Thread): void {
    const end = () => {
      const at = this.#idle.findIndex((idle) => idle.thread === thread);
      if (at >= 0) this.#idle.splice(at, 1);
      thread.end(closed());
    };
    this.#idle.push({ thread, timer: setTimeout(end, IDLE_THREAD_MILLISECONDS).unref() });
  }
}

function closed(): SalesforceHostError {
  return new SalesforceHostError('aborted', 'The module was closed. What a call under way wrote is not known.');
}

function notBegun(): SalesforceHostError {
  return new SalesforceHostError('aborted', 'The call was aborted before it began. Nothing was sent.');
}
