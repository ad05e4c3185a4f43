// Where the component is: SALESFORCE_MODULE, else the newest that cargo has built.
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BUILT = [
  '../../../target/guest/salesforce_module.wasm',
  '../../../target/guest/wasm32-unknown-unknown/release/salesforce_module.wasm',
  '../../../target/wasm32-unknown-unknown/release/salesforce_module.wasm',
];

/** The path of the component. Throws a sentence that says how to build it. */
export function component() {
  const named = process.env.SALESFORCE_MODULE;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`SALESFORCE_MODULE names ${named}, and no file is there.`);
  }
  const built = BUILT.map((path) => fileURLToPath(new URL(path, import.meta.url))).filter(existsSync);
  const [newest] = built.sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  if (newest) return newest;
  throw new Error(
    'salesforce_module.wasm is not built. In the root of the repository run\n' +
      '  cargo build\n' +
      'which also builds chat-host for the tests, or for the component alone\n' +
      '  cargo build --release --target wasm32-unknown-unknown\n' +
      'or let SALESFORCE_MODULE name the file.',
  );
}
