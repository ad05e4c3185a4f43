// A thread that carries out one call at a time, and is ended where a call has to be.

import { join } from 'node:path';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import type { Egress } from './egress.js';
import { SalesforceHostError } from './errors.js';
import { THREAD_HEAP_MB } from './limits.js';
import type { Ending, Inward, Job, Outward, ThreadData } from './messages.js';
import type { Program } from './program.js';

/** How one call is carried out. */
export interface Terms {
  job: Omit<Job, 'call'>;
  /** The way out for what the call sends; null if it sends nothing. */
  egress: ((tell: (message: Inward) => void) => Egress) | null;
  milliseconds: number;
  signal: AbortSignal | undefined;
}

interface Current {
  call: number;
  egress: Egress | null;
  resolve: (ending: Ending) => void;
  reject: (error: Error) => void;
  /** Stops what watches over it. */
  release: () => void;
}

let calls = 0;

export class Thread {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #signal = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  readonly #counter = new Int32Array(this.#signal);
  #current: Current | null = null;
  #started: { resolve: () => void; reject: (error: Error) => void } | null = null;
  /** Settles when the thread has ended. */
  readonly ended: Promise<void>;
  isOver = false;

  constructor(program: Program) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const data: ThreadData = { ...program, port: port2, signal: this.#signal };
    this.#worker = new Worker(join(__dirname, 'worker', 'main.js'), {
      workerData: data,
      transferList: [port2],
      // Nothing of the process's environment or options is its business.
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MB },
    });
    port1.on('message', (messages: Outward[]) => messages.forEach((message) => this.#receive(message)));
    port1.unref();
    this.#worker.unref();
    // An error that nothing has caught, or a heap that is full.
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      const isFull = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#lose(
        isFull
          ? new SalesforceHostError('trap', 'The call needed more memory than a thread may have. What it wrote is not known.')
          : new SalesforceHostError('host', `The thread of the call failed: ${error.name}.`, { cause: error }),
      );
    });
    this.ended = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#lose(new SalesforceHostError('host', 'The thread of the call ended. What it wrote is not known.'));
        this.#port.close();
        resolve();
      });
    });
  }

  /** Waits until the thread can carry out calls. */
  async start(): Promise<void> {
    this.#worker.ref();
    try {
      await new Promise<void>((resolve, reject) => (this.#started = { resolve, reject }));
    } finally {
      this.#started = null;
      this.#worker.unref();
    }
  }

  /** Carries out a call. If it is ended before its answer, or traps, the thread is over. */
  run({ job, egress, milliseconds, signal }: Terms): Promise<Ending> {
    return new Promise((resolve, reject) => {
      const call = ++calls;
      const timer = setTimeout(() => {
        const message = `The call took longer than ${milliseconds / 1000} seconds. ${fate(egress !== null)}`;
        this.end(new SalesforceHostError('timeout', message));
      }, milliseconds);
      const abort = () => this.end(new SalesforceHostError('aborted', `The call was aborted. ${fate(egress !== null)}`));
      signal?.addEventListener('abort', abort, { once: true });
      const release = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        this.#worker.unref();
      };
      this.#current = { call, egress: egress?.((message) => this.#tell(message)) ?? null, resolve, reject, release };
      this.#worker.ref();
      this.#worker.postMessage({ ...job, call } satisfies Job);
    });
  }

  /** Ends the thread, and with it the call that it is at. */
  end(error: Error): void {
    this.#lose(error);
    void this.#worker.terminate();
  }

  #receive(message: Outward): void {
    if (message.kind === 'ready') this.#started?.resolve();
    const current = this.#current;
    if (!current || message.call !== current.call) return;
    if (message.kind !== 'ended') {
      current.egress?.receive(message);
      return;
    }
    const { ending } = message;
    this.#settle();
    if (ending.kind === 'trap' || ending.kind === 'failed') {
      this.isOver = true;
      void this.#worker.terminate();
    }
    current.resolve(ending);
  }

  #tell(message: Inward): void {
    this.#port.postMessage(message, message.kind === 'data' ? [message.bytes.buffer as ArrayBuffer] : []);
    Atomics.add(this.#counter, 0, 1);
    Atomics.notify(this.#counter, 0);
  }

  #lose(error: Error): void {
    this.isOver = true;
    this.#started?.reject(error);
    this.#settle()?.reject(error);
  }

  #settle(): Current | null {
    const current = this.#current;
    this.#current = null;
    current?.release();
    current?.egress?.close();
    return current;
  }
}

/** What is known of a call that was ended. */
export function fate(sends: boolean): string {
  return sends ? 'What it wrote is not known.' : 'It sends nothing.';
}
