// salesforce_module.wasm → dist/transpiled: core modules, and the JavaScript that lifts and lowers their values.
import { readFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transpileBytes } from '@bytecodealliance/jco-transpile';
import { component } from './component.mjs';

const folder = fileURLToPath(new URL('../dist/transpiled/', import.meta.url));

try {
  const bytes = await readFile(component());
  const { files } = await transpileBytes(bytes, {
    name: 'module',
    // A fresh instance for each call, made without waiting: the worker thread is there for nothing else.
    instantiation: 'sync',
    wasiShim: false,
    nodejsCompat: false,
    emitTypescriptDeclarations: false,
    // The error of a `result` is thrown as the value that it is: so it is told from a trap, which is an Error.
    noComponentErrorWrapping: true,
    minify: true,
  });
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    const name = basename(path);
    if (name.endsWith('.d.ts')) continue;
    // The package is CommonJS, and what jco writes is a module.
    await writeFile(folder + name.replace(/\.js$/, '.mjs'), content);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
