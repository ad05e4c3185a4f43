// What one call costs: `plan` without, and `run` with two requests to a server of the same machine that answers at once.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { SalesforceModule } from '../index.mjs';

const DOMAIN = 'example.my.salesforce.com';
const example = (name) => readFileSync(new URL(`../../../host-tests/examples/${name}.json`, import.meta.url), 'utf8');
const WARM_UP = 300;
const ROUNDS = 500;

if (process.argv[2] === 'serve') await serve();
else await measure();

/** No match for the lookup, and then two new records. */
async function serve() {
  const found = { compositeResponse: [{ body: { totalSize: 0, done: true, records: [] }, httpHeaders: {}, httpStatusCode: 200 }] };
  const written = (referenceId, id) => ({ body: { id, success: true, errors: [] }, httpHeaders: {}, httpStatusCode: 201, referenceId });
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const { compositeRequest } = JSON.parse(text);
    const answers = compositeRequest.map(({ method, url, referenceId }) => {
      if (method === 'POST') return written(referenceId, url.includes('/Case') ? '500Hn0000000001IAA' : '003Hn0000000001IAA');
      const isRead = !url.includes('/query');
      return { ...found.compositeResponse[0], referenceId, ...(isRead && { body: { Id: '500Hn0000000001IAA', CaseNumber: '00001026' } }) };
    });
    response.end(JSON.stringify({ compositeResponse: answers }));
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
}

async function measure() {
  const child = spawn(process.execPath, [import.meta.filename ?? new URL(import.meta.url).pathname, 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await new Promise((resolve) => createInterface(child.stdout).once('line', (line) => resolve([line])));
  const began = performance.now();
  const salesforce = await SalesforceModule.load();
  console.log(`Node ${process.version}\nload: ${(performance.now() - began).toFixed(0)} ms`);

  const [settings, variables] = [example('support'), example('variables')];
  const session = { domain: DOMAIN, accessToken: 'token' };
  const plan = () => salesforce.plan(settings, variables);
  const run = async () => {
    const { status } = await salesforce.run(session, settings, variables, { route: `http://127.0.0.1:${port}` });
    if (status !== 'done') throw new Error(`the run ended ${status}`);
  };
  for (const [name, call] of Object.entries({ plan, run })) {
    for (let round = 0; round < WARM_UP; round += 1) await call();
    const times = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      await call();
      times.push(performance.now() - start);
    }
    times.sort((one, other) => one - other);
    const at = (part) => `${(times[Math.floor(ROUNDS * part)] * 1000).toFixed(0)} µs`;
    console.log(`${name}, one after the other: median ${at(0.5)}, 9 of 10 below ${at(0.9)}`);
    for (const width of [8, 32]) {
      const memory = process.memoryUsage().rss;
      await Promise.all(Array.from({ length: width }, call));
      const start = performance.now();
      let left = ROUNDS;
      await Promise.all(Array.from({ length: width }, async () => {
        while ((left -= 1) >= 0) await call();
      }));
      const each = ((performance.now() - start) / ROUNDS) * 1000;
      const more = (process.memoryUsage().rss - memory) / 2 ** 20;
      console.log(`${name}, ${width} at a time: ${each.toFixed(0)} µs each, ${(1e6 / each).toFixed(0)} a second, ${more.toFixed(0)} MiB more`);
    }
  }
  await salesforce.close();
  child.kill();
}
