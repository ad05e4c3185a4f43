// wasi:clocks/monotonic-clock, wasi:io/poll, wasi:io/error and wasi:random/random.

import { randomBytes } from 'node:crypto';
import type { Wire } from './wire.js';

export const dispose: typeof Symbol.dispose = Symbol.dispose ?? (Symbol.for('dispose') as never);

const NANOSECONDS_PER_MILLISECOND = 1_000_000;

/** wasi:io/error: of a stream, and only to be dropped. */
export class IoError {}

/** Something to wait for. */
export interface Pollable {
  isReady(): boolean;
  /** When it is ready by itself, in nanoseconds of the clock. */
  readonly at?: bigint;
  block(): void;
}

/** The interfaces, for a wire on which the answers come. */
export function io(wire: Wire) {
  class Waiting implements Pollable {
    readonly at?: bigint;

    constructor(
      readonly isReady: () => boolean,
      at?: bigint,
    ) {
      if (at !== undefined) this.at = at;
    }

    block(): void {
      poll([this]);
    }
  }

  const timer = (at: bigint) => new Waiting(() => now() >= at, at);

  function poll(pollables: Pollable[]): Uint32Array {
    const ready = () => pollables.flatMap((pollable, index) => (pollable.isReady() ? [index] : []));
    const first = pollables.reduce<bigint | undefined>(
      (first, { at }) => (at !== undefined && (first === undefined || at < first) ? at : first),
      undefined,
    );
    const left = () => (first === undefined ? Infinity : Number(first - now()) / NANOSECONDS_PER_MILLISECOND);
    for (;;) {
      wire.waitUntil(() => pollables.some((pollable) => pollable.isReady()), left);
      const indexes = ready();
      if (indexes.length > 0) return Uint32Array.from(indexes);
    }
  }

  return {
    pollable: (isReady: () => boolean): Pollable => new Waiting(isReady),
    imports: {
      'wasi:clocks/monotonic-clock': {
        now,
        subscribeInstant: timer,
        subscribeDuration: (nanoseconds: bigint) => timer(now() + nanoseconds),
      },
      'wasi:io/error': { Error: IoError },
      'wasi:io/poll': { Pollable: Waiting, poll },
      'wasi:random/random': {
        getRandomBytes: (length: bigint) => new Uint8Array(randomBytes(Number(length))),
        getRandomU64: () => randomBytes(8).readBigUInt64LE(),
      },
    },
  };
}

function now(): bigint {
  return process.hrtime.bigint();
}
