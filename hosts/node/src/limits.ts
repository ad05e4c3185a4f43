// What one call may take. Each number is that of the Rust host (host-tests/src/host.rs) and of the WIT.

/** Pages of 64 KiB that the memory of an instance may have: 32 MiB. */
export const MAX_MEMORY_PAGES = 512;
/** Wall-clock time of one call. The module itself gives up by its `deadlineSeconds`, after 60 seconds at most. */
export const MAX_MILLISECONDS = 70_000;
/** The same of `runMany`: the module gives up after ten minutes. */
export const MAX_MANY_MILLISECONDS = 610_000;
/** Most bytes of files and variables that one run is given. Source: the WIT, `attached-file`. */
export const MAX_HANDED_OVER = 16 << 20;
/** Calls at the same time, unless `load` is told otherwise. Each has a thread of its own, which takes some 20 MiB. */
export const DEFAULT_MAX_CALLS = 32;
/** How long a thread without a call is kept. */
export const IDLE_THREAD_MILLISECONDS = 60_000;
/** How long an unused connection is kept. Below Salesforce's own limit, so that it is seldom us who meet a closed one. */
export const IDLE_CONNECTION_MILLISECONDS = 30_000;
/** Heap of a thread, in MiB: it holds one call's values as JavaScript. */
export const THREAD_HEAP_MB = 256;
/** Bytes of a body that are on their way to the connection before a guest has to wait. */
export const WRITE_AHEAD = 256 << 10;
/** Bytes of an answer that are read before the guest has asked for them. */
export const READ_AHEAD = 1 << 20;

/** The most pages that the memory of a core module can have: 0 if it has none of its own, infinitely many if it does not say. */
export function maxMemoryPages(module: Uint8Array): number {
  const MEMORY_SECTION = 5;
  // The header: magic number and version.
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < module.length) {
    const section = module[at++];
    const length = number();
    if (section === MEMORY_SECTION) {
      const [memories, flags] = [number(), number()];
      number();
      return memories === 1 && (flags & 1) === 1 ? number() : Infinity;
    }
    at += length;
  }
  return 0;
}
