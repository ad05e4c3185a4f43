// What the module costs in hosts/node; see run.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { measure, operations, simulator, tell, WARM_UP } from './measure.mjs';

const { SalesforceModule } = await import(`${process.cwd()}/hosts/node/index.mjs`);

const example = (name) => readFileSync(`host-tests/examples/${name}.json`, 'utf8');
const [CONTACT, CONTACT_AND_CASE] = ['contact', 'support'].map(example);
const AT_ONCE = 1000;

const salesforce = await SalesforceModule.load();
const session = { domain: new URL(simulator.instanceUrl).host, accessToken: simulator.accessToken };
const options = { route: simulator.url };
let sent = 0;

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
  sent += requests;
}

async function tenThousand() {
  for (let start = 0; start < 10_000; start += AT_ONCE) {
    const of = (_, n) => ({ variables: { customer_email: `many${start + n}@example.com`, customer_lastname: 'Berg' } });
    const { status, requests } = await salesforce.runMany(session, CONTACT, Array.from({ length: AT_ONCE }, of), [], options);
    assert.equal(status, 'done');
    sent += requests;
  }
}

for (let n = 0; n < WARM_UP; n += 1) await run(CONTACT_AND_CASE, n, 'Warm');
const count = () => sent;
const measured = {
  contact: await measure((n) => run(CONTACT, n, 'Bergmann'), operations, count),
  'contact-and-case': await measure((n) => run(CONTACT_AND_CASE, n, 'Berger'), operations, count),
  'ten-thousand': await measure(tenThousand, 1, count),
};
await salesforce.close();
tell(measured);
