// A lock between the processes of one machine, as a file that only one of them can make.
//
// Node has no lock that ends with its process. So the holder touches the file again and again, and one that was not touched for a
// while belongs to a process that has died. It is taken away by renaming it, which only one of those that wait can do, and put
// back if another lock has taken its place meanwhile.

import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const BEAT_MILLISECONDS = 2_000;
/** So many beats are missed by none but a process that is gone, or was stopped. */
const STALE_MILLISECONDS = 30_000;
const LOOK_MILLISECONDS = 50;

/** Waits until the file is ours; gives what releases it. */
export async function lock(path: string): Promise<() => Promise<void>> {
  const id = randomUUID();
  while (!(await make(path, id))) {
    await clearStale(path);
    await sleep(LOOK_MILLISECONDS);
  }
  const beat = setInterval(() => {
    const now = new Date();
    // It may have been taken for that of a dead process. What holds it goes on: the answer of a renewal must be stored.
    utimes(path, now, now).catch(() => {});
  }, BEAT_MILLISECONDS).unref();
  return async () => {
    clearInterval(beat);
    if ((await contentOf(path)) === id) await rm(path, { force: true });
  };
}

async function make(path: string, id: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(id);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function clearStale(path: string): Promise<void> {
  const found = await contentOf(path);
  const touched = await stat(path).catch(() => null);
  if (found === null || touched === null || Date.now() - touched.mtimeMs < STALE_MILLISECONDS) return;
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  // Another one was faster, and this is its lock.
  if ((await contentOf(aside)) !== found) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

async function contentOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}
