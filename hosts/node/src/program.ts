// The transpiled module, compiled once for all threads.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SalesforceHostError } from './errors.js';
import { MAX_MEMORY_PAGES, maxMemoryPages } from './limits.js';
import type { ThreadData } from './messages.js';

/** What each thread is made with. */
export type Program = Pick<ThreadData, 'modules' | 'glue'>;

/** Where `build/transpile.mjs` has put what jco makes of the component. */
const TRANSPILED = join(__dirname, 'transpiled');

/** Reads and compiles it. */
export async function program(): Promise<Program> {
  const modules: Program['modules'] = {};
  try {
    for (const name of await readdir(TRANSPILED)) {
      if (!name.endsWith('.wasm')) continue;
      const bytes = await readFile(join(TRANSPILED, name));
      // The engine keeps to what the file says.
      if (maxMemoryPages(bytes) > MAX_MEMORY_PAGES) throw new Error(`${name} may have more than 32 MiB of memory`);
      modules[name] = await WebAssembly.compile(bytes);
    }
  } catch (cause) {
    const message = 'The transpiled module cannot be read: build the package with `npm run build`, or install it anew.';
    throw new SalesforceHostError('host', message, { cause });
  }
  return { modules, glue: pathToFileURL(join(TRANSPILED, 'module.mjs')).href };
}
