// What goes wrong on the way: the outcome is that of the Rust host, to the last word.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { SalesforceModule } from '../index.mjs';
import { chatHost, example, file, simulator } from './support.mjs';

// The second request is the write. Those that end a connection or an answer early, or change what comes, are about the host; the
// others are there for one refusal of each kind.
const FAULTS = [
  '1:close', '2+:close-after', '2:head-cut', '2:body-cut', '2:length-too-long', '2:length-too-short', '1:endless', '1:gzip',
  '2:silence-after', '2:redirect', '2:http-503-html', '1:revoked-token', '2:unable-to-lock-row',
];

// A short deadline, for the fault that is waited for.
const settings = { ...JSON.parse(example('contact')), deadlineSeconds: 3 };
const variables = example('variables');

/** The outcome of the Rust host. It ends with 1 where the status is not `done`. */
function inRust(org) {
  const given = ['--settings', '-', '--variables', file('host-tests/examples/variables.json'), '--route', org.url];
  return new Promise((resolve, reject) => {
    const env = { ...process.env, SALESFORCE_ACCESS_TOKEN: org.accessToken };
    const child = execFile(chatHost(), ['--json', 'run', ...given], { env }, (error, stdout) => {
      if (error && error.code !== 1) reject(error);
      else resolve(JSON.parse(stdout));
    });
    child.stdin.end(JSON.stringify(settings));
  });
}

test('each fault ends as in the Rust host', { concurrency: 2 }, async (t) => {
  const salesforce = await SalesforceModule.load();
  t.after(() => salesforce.close());
  const ended = FAULTS.map((fault) =>
    t.test(fault, async (t) => {
      const [here, there] = await Promise.all([simulator(t, '--fault', fault), simulator(t, '--fault', fault)]);
      const expected = await inRust(there);
      assert.deepEqual(await salesforce.run(here.session, settings, variables, { route: here.url }), expected);
    }),
  );
  await Promise.all(ended);
});
