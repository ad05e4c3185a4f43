// What comes with the package: its types, the example, the driver of hosts/conformance.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { DOMAIN, chatHost, example, file, simulator } from './support.mjs';

const run = promisify(execFile);
const here = (path) => file(`hosts/node/${path}`);

test('an engine in TypeScript compiles against its types', async () => {
  await run(process.execPath, [here('node_modules/typescript/bin/tsc'), '-p', here('test/types')]).catch(({ stdout }) => {
    assert.fail(stdout);
  });
});

test('the example creates a Contact and updates it', async () => {
  const { stdout } = await run(process.execPath, [here('example/flow.mjs')], { env: { ...process.env, CHAT_HOST: chatHost() } });
  const id = /Contact (003\w{15})/.exec(stdout)[1];
  assert.equal(stdout, `created Contact ${id}\nupdated Contact ${id}\nask-again: Please check what you have entered.\n`);
});

/** What the driver answers to these lines, by id. */
async function driven(lines) {
  const driver = spawn(process.execPath, [here('conformance.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
  driver.stdin.end(lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
  let text = '';
  for await (const chunk of driver.stdout.setEncoding('utf8')) text += chunk;
  const code = driver.exitCode ?? (await new Promise((resolve) => driver.once('exit', resolve)));
  assert.equal(code, 0);
  return text.trimEnd().split('\n').map((line) => ({ line, ...JSON.parse(line) }));
}

test('the driver answers each line, and ends when its input has ended', async (t) => {
  const org = await simulator(t);
  const [settings, variables] = [example('contact'), example('variables')];
  const { session } = org;
  const query = { deploymentDomain: DOMAIN, apiVersion: null, search: 'contact', limit: 1, all: false };
  const complaint = { session, settings: example('complaint'), variables: '{"request_topic": "Repair", "request_product": "\u2028"}' };
  const photo = { variable: 'photo', name: 'a.png', mediaType: null, content: Buffer.from('a picture').toString('base64') };
  const calls = [
    ['manifest', {}],
    ['check', { settings, knownVariables: ['other'] }],
    ['describe', { settings }],
    ['prepare', { session, settings }],
    ['objects', { session, query }],
    ['fields', { session, query: { ...query, object: 'Contact', values: 0 } }],
    ['plan', { settings, variables: '{"customer_lastname": 12345678901234567890.5}', correlation: 'one' }],
    ['preview', { session, settings, variables, correlation: null }],
    ['run', { ...complaint, correlation: null, files: [photo] }],
    ['runMany', { session, settings, conversations: [{ variables, inDoubtFor: null, correlation: 'two' }], earlier: [] }],
    ['run', { session, settings: '{}', variables }],
    ['run', { session: { domain: DOMAIN }, settings, variables }],
    ['run', { ...complaint, files: [{ ...photo, content: '!' }] }],
    ['plan', { settings, variables: ' '.repeat(40 << 20) }],
    ['form', { mode: 'sobject-read', language: 'en', renderer: 'json-forms', records: ['Contact'] }],
    ['form', { mode: 'sobject-read', language: 'en', renderer: 'other', records: [] }],
  ];
  const requests = calls.map(([name, given], id) => ({ id, function: name, arguments: given, route: org.url, abortAfter: null }));
  const others = ['no JSON', '[]', '', { id: 'a', function: 'run' }, { id: 99, function: 'constructor', arguments: {} }];
  const answers = await driven([...requests, ...others]);
  const of = (id) => answers.filter((answer) => answer.id === id);
  calls.forEach(([name], id) => assert.equal(of(id).length, 1, `${name} is answered once`));
  const answer = (id) => of(id)[0].answer;
  assert.equal(answer(0).name, 'salesforce-module');
  assert.deepEqual(Object.keys(answer(1)), ['findings']);
  assert.ok(answer(3).schema, 'the prepared settings themselves');
  assert.deepEqual([answer(4).objects[0].name, answer(5).object.name], ['Contact', 'Contact']);
  assert.match(of(6)[0].line, /12345678901234567890\.5/);
  assert.equal(answer(7).status, 'done');
  assert.deepEqual([answer(14).data.mode, of(15)[0].failure.code], ['sobject-read', 'host']);
  assert.equal(answer(8).files.find(({ variable }) => variable === 'photo').result, 'created');
  assert.equal(answer(9).conversations[0].correlation, 'two');
  assert.equal(of(10)[0].findings[0].code, 'missing-key');
  assert.deepEqual([11, 12, 13, 99].map((id) => of(id)[0].failure.code), ['host', 'host', 'trap', 'host']);
  assert.deepEqual(of(null).map(({ failure }) => failure.code), ['host', 'host', 'host', 'host']);
});

test('the driver aborts a call when it is told to', async (t) => {
  const org = await simulator(t, '--fault', '1:silence');
  const given = { session: org.session, settings: example('contact'), variables: example('variables') };
  const [answer] = await driven([{ id: 7, function: 'run', arguments: given, route: org.url, abortAfter: 100 }]);
  assert.deepEqual([answer.id, answer.failure.code], [7, 'aborted']);
});
