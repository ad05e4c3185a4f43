// What jsforce costs; see run.

import assert from 'node:assert/strict';

import jsforce from 'jsforce';
import { measure, operations, simulator, tell, WARM_UP } from './measure.mjs';

const AT_ONCE = 200;

const conn = new jsforce.Connection({ instanceUrl: simulator.url, accessToken: simulator.accessToken, version: '62.0' });
let sent = 0;
const httpRequest = conn._transport.httpRequest.bind(conn._transport);
conn._transport.httpRequest = (...request) => {
  sent += 1;
  return httpRequest(...request);
};

async function contact(n, LastName) {
  const found = await conn.query(`SELECT Id, LastName FROM Contact WHERE Email = 'p${n}@example.com' LIMIT 2`);
  assert.equal(found.records.length, 1);
  const [{ Id, LastName: before }] = found.records;
  if (before !== LastName) await conn.sobject('Contact').update({ Id, LastName });
  return Id;
}

async function contactAndCase(n, name) {
  const one = { Subject: 'Repair: Coffee machine', Description: 'It leaks.', Origin: 'Web' };
  const created = await conn.sobject('Case').create({ ...one, ContactId: await contact(n, name) });
  assert(created.success);
}

async function tenThousand() {
  for (let start = 0; start < 10_000; start += AT_ONCE) {
    const emails = Array.from({ length: AT_ONCE }, (_, n) => `many${start + n}@example.com`);
    const listed = emails.map((email) => `'${email}'`).join(', ');
    const found = await conn.query(`SELECT Id, Email, LastName FROM Contact WHERE Email IN (${listed})`);
    const known = new Set(found.records.map((record) => record.Email));
    const rows = emails.filter((email) => !known.has(email)).map((Email) => ({ Email, LastName: 'Berg' }));
    const answer = await conn.sobject('Contact').create(rows);
    assert(answer.length === AT_ONCE && answer.every((row) => row.success));
  }
}

for (let n = 0; n < WARM_UP; n += 1) await contactAndCase(n, 'Warm');
const count = () => sent;
tell({
  contact: await measure((n) => contact(n, 'Bergmann'), operations, count),
  'contact-and-case': await measure((n) => contactAndCase(n, 'Berger'), operations, count),
  'ten-thousand': await measure(tenThousand, 1, count),
});
