// The scenarios of the Rust host: settings, variables and scripted answers lead to the same plan, requests and outcome here.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { SalesforceModule } from '../index.mjs';
import { SESSION, TOKEN, file, jsonOf, read, script } from './support.mjs';

const FOLDER = 'host-tests/scenarios';

/** As `expected.json` has a request: the body of a composite request, of which the rest is always the same, or all of it. */
function sent({ method, path, body }) {
  return method === 'POST' && path === '/services/data/v62.0/composite' ? body : { method, path, body };
}

test('every scenario ends as in the Rust host', async (t) => {
  const salesforce = await SalesforceModule.load();
  t.after(() => salesforce.close());
  const names = readdirSync(file(FOLDER));
  assert.ok(names.length >= 40, 'scenarios are missing');
  for (const name of names) {
    await t.test(name, async (t) => {
      const [settings, variables] = ['settings', 'variables'].map((part) => read(`${FOLDER}/${name}/${part}.json`));
      const [answers, expected] = ['answers', 'expected'].map((part) => JSON.parse(read(`${FOLDER}/${name}/${part}.json`)));

      assert.deepEqual(await salesforce.plan(settings, variables), expected.plan);

      const run = await script(t, answers);
      const outcome = await salesforce.run(SESSION, settings, variables, { route: run.url });
      assert.deepEqual(outcome, expected.outcome);
      assert.deepEqual(run.requests.map(({ method, path, text }) => sent({ method, path, body: jsonOf(text) })), expected.requests);
      for (const { headers } of run.requests) assert.equal(headers.authorization, `Bearer ${TOKEN}`);

      const lookups = await script(t, answers);
      const preview = await salesforce.preview(SESSION, settings, variables, { route: lookups.url });
      for (const write of preview.writes) {
        assert.ok(expected.requests.some((request) => isDeepStrictEqual(request, sent(write))), 'shown, not sent');
      }
      assert.equal(preview.hash, expected.plan.hash);
    });
  }
});
