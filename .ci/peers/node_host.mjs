// What the module costs in hosts/node; see run.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const { SalesforceModule } = await import(`${process.cwd()}/hosts/node/index.mjs`);

const operations = Number(process.env.OPERATIONS);
const simulator = JSON.parse(process.env.SIMULATOR);
const example = (name) => readFileSync(`host-tests/examples/${name}.json`, 'utf8');
const [CONTACT, CONTACT_AND_CASE] = ['contact', 'support'].map(example);
// As of jsforce.
const WARM_UP = Math.min(200, operations);
const AT_ONCE = 1000;

const salesforce = await SalesforceModule.load();
const session = { domain: new URL(simulator.instanceUrl).host, accessToken: simulator.accessToken };
const options = { route: simulator.url };

async function run(settings, n, name) {
  const variables = {
    customer_email: `p${n}@example.com`,
    customer_lastname: name,
    request_topic: 'Repair',
    request_product: 'Coffee machine',
    request_description: 'It leaks.',
  };
  const { status, requests } = await salesforce.run(session, settings, variables, options);
  assert.equal(status, 'done');
  return requests;
}

async function tenThousand() {
  let sent = 0;
  for (let start = 0; start < 10_000; start += AT_ONCE) {
    const of = (_, n) => ({ variables: { customer_email: `many${start + n}@example.com`, customer_lastname: 'Berg' } });
    const { status, requests } = await salesforce.runMany(session, CONTACT, Array.from({ length: AT_ONCE }, of), [], options);
    assert.equal(status, 'done');
    sent += requests;
  }
  return sent;
}

async function measure(operation, count) {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  let requests = 0;
  for (let n = 0; n < count; n += 1) requests += await operation(n);
  const used = process.cpuUsage(cpu);
  return {
    cpu: (used.user + used.system) / count,
    wall: ((performance.now() - wall) * 1000) / count,
    requests: requests / count,
  };
}

for (let n = 0; n < WARM_UP; n += 1) await run(CONTACT_AND_CASE, n, 'Warm');
const measured = {
  contact: await measure((n) => run(CONTACT, n, 'Bergmann'), operations),
  'contact-and-case': await measure((n) => run(CONTACT_AND_CASE, n, 'Berger'), operations),
  'ten-thousand': await measure(tenThousand, 1),
  memory: process.resourceUsage().maxRSS * 1024,
};
await salesforce.close();
console.log(JSON.stringify(measured));
