// What the tests share: the examples, a scripted server, and the simulator as a process of its own.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chatHost } from '../build/chat-host.mjs';

export { chatHost };

export const DOMAIN = 'example.my.salesforce.com';
export const TOKEN = '00D000000000001!token';
export const SESSION = { domain: DOMAIN, accessToken: TOKEN };

const root = new URL('../../../', import.meta.url);

// The test runner only warns of one that comes when its test is over.
process.on('unhandledRejection', (reason) => {
  console.error('unhandled rejection:', reason);
  process.exitCode = 1;
  process.on('exit', () => (process.exitCode = 1));
});

export function file(path) {
  return fileURLToPath(new URL(path, root));
}

export function read(path) {
  return readFileSync(file(path), 'utf8');
}

export function example(name) {
  return read(`host-tests/examples/${name}.json`);
}

/** A Salesforce org in memory, for as long as the test runs. */
export async function simulator(t, ...options) {
  const process = spawn(chatHost(), ['simulate', ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
  t.after(() => process.kill('SIGKILL'));
  for await (const line of createInterface(process.stdout)) {
    const org = JSON.parse(line);
    return { ...org, session: { domain: DOMAIN, accessToken: org.accessToken }, stop: () => process.kill('SIGKILL') };
  }
  throw new Error('the simulator did not start');
}

/** A server on a free port of the loopback, closed when the test ends. */
export async function serve(t, handler) {
  const server = createServer(handler);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { server, url: `http://127.0.0.1:${server.address().port}` };
}

/** A server that gives answers one after the other, and keeps the requests. */
export async function script(t, answers) {
  const left = [...answers];
  const requests = [];
  const { url } = await serve(t, async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    requests.push({ method: request.method, path: request.url, headers: request.headers, text });
    const answer = left.shift();
    if (!answer) {
      requests.push('a request that the scenario does not expect');
      response.writeHead(500).end();
      return;
    }
    response.writeHead(answer.status, answer.headers ?? {});
    response.end(answer.text ?? JSON.stringify(answer.json));
  });
  return { url, requests };
}

export function jsonOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
