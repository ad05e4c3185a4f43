// A test of one's own in Node: `node --test contacts.test.mjs`. The simulator starts before it and ends after it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, beforeEach, test } from 'node:test';

let simulator, org;

before(async () => {
  const program = process.env.SALESFORCE_SIMULATOR ?? 'salesforce-simulator';
  simulator = spawn(program, [], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(createInterface({ input: simulator.stdout }), 'line');
  org = JSON.parse(line);
});
after(() => simulator.kill());
beforeEach(() => fetch(`${org.url}/simulator/reset`, { method: 'POST' }));

// What is tested stands here; this is as short as it gets.
async function save(contact) {
  const headers = { authorization: `Bearer ${org.accessToken}`, 'content-type': 'application/json' };
  const path = '/services/data/v62.0/sobjects/Contact';
  const answer = await fetch(org.url + path, { method: 'POST', headers, body: JSON.stringify(contact) });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body[0].errorCode);
  return body.id;
}

test('a contact is saved', async () => {
  const id = await save({ LastName: 'Berg' });
  const { records } = await (await fetch(`${org.url}/simulator/records/Contact`)).json();
  assert.deepEqual(records.map(({ Id, LastName }) => [Id, LastName]), [[id, 'Berg']]);
});

test('a contact without a name is refused', () => assert.rejects(save({ FirstName: 'Anna' }), /REQUIRED_FIELD_MISSING/));

test('an answer that gets lost is an error', async () => {
  await fetch(`${org.url}/simulator/faults`, { method: 'POST', body: '{"faults": ["1:close-after"]}' });
  await assert.rejects(save({ LastName: 'Berg' }));
});
