// Where `chat-host` is, the simulator of the tests: CHAT_HOST, else what cargo has built. Run by itself it says so if it is missing.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The path of the program. Throws a sentence that says how to build it. */
export function chatHost() {
  const path = process.env.CHAT_HOST ?? fileURLToPath(new URL('../../../target/debug/chat-host', import.meta.url));
  if (existsSync(path)) return path;
  throw new Error(
    `The tests need chat-host, and ${path} is not there. In the root of the repository run\n  cargo build\n` +
      'which also builds the component, or let CHAT_HOST name the program.',
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    chatHost();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
