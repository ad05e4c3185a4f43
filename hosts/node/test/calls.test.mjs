// What ends a call, and what a call does to others.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { SalesforceHostError, SalesforceModule, SalesforceSettingsError } from '../index.mjs';
import { DOMAIN, SESSION, TOKEN, example, file, script, serve } from './support.mjs';

const settings = example('contact');
const variables = example('variables');
/** Takes a whole instance's memory and more: the module traps where it is handed over. */
const TOO_LARGE = ' '.repeat(40 << 20);

async function load(t, options) {
  const salesforce = await SalesforceModule.load(options);
  t.after(() => salesforce.close());
  return salesforce;
}

/** A server that never answers; `asked` settles with the first request. */
async function silent(t) {
  const { server, url } = await serve(t, () => {});
  return { url, asked: once(server, 'request') };
}

function hostError(code) {
  return (error) => {
    assert.ok(error instanceof SalesforceHostError, String(error));
    assert.equal(error.code, code);
    assert.ok(!error.message.includes(TOKEN));
    return true;
  };
}

test('an aborted call ends at once, and the next one runs', { timeout: 60_000 }, async (t) => {
  const salesforce = await load(t, { maxCalls: 1 });
  const { url, asked } = await silent(t);
  const abort = new AbortController();
  const call = salesforce.run(SESSION, settings, variables, { route: url, signal: abort.signal });
  const [request] = await asked;
  const gone = new Promise((resolve) => request.socket.once('close', resolve));
  abort.abort();
  await assert.rejects(call, hostError('aborted'));
  // Its connection is closed: nobody waits for an answer any more.
  await gone;
  assert.equal((await salesforce.plan(settings, variables)).records.length, 1);
});

test('a call that is aborted beforehand, or while it waits for its place, sends nothing', async (t) => {
  const salesforce = await load(t, { maxCalls: 1 });
  const { url, asked } = await silent(t);
  const first = new AbortController();
  const holder = salesforce.run(SESSION, settings, variables, { route: url, signal: first.signal });
  await asked;
  const abort = new AbortController();
  const waiting = salesforce.run(SESSION, settings, variables, { route: url, signal: abort.signal });
  const next = salesforce.plan(settings, variables);
  abort.abort();
  await assert.rejects(waiting, (error) => hostError('aborted')(error) && /Nothing was sent/.test(error.message));
  await assert.rejects(salesforce.plan(settings, variables, { signal: AbortSignal.abort() }), hostError('aborted'));
  first.abort();
  await assert.rejects(holder, hostError('aborted'));
  assert.equal((await next).records.length, 1);
});

test('a call that takes too long is ended, and its thread with it', async (t) => {
  const salesforce = await load(t, { timeout: 300, maxCalls: 1 });
  const { url } = await silent(t);
  await assert.rejects(salesforce.run(SESSION, settings, variables, { route: url }), hostError('timeout'));
  await assert.rejects(salesforce.run(SESSION, settings, variables, { route: url }), hostError('timeout'));
});

test('a trap ends its own call only, and its instance is not used again', async (t) => {
  const salesforce = await load(t, { maxCalls: 2 });
  const good = () => salesforce.plan(settings, variables);
  const calls = [good(), salesforce.plan(settings, TOO_LARGE), good(), salesforce.check(TOO_LARGE), good()];
  const ends = await Promise.allSettled(calls);
  assert.deepEqual(ends.map(({ status }) => status), ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
  for (const { reason } of ends.filter(({ status }) => status === 'rejected')) hostError('trap')(reason);
  for (let round = 0; round < 4; round += 1) assert.equal((await good()).hash, ends[0].value.hash);
});

test('more calls than places wait, and the event loop is free meanwhile', async (t) => {
  const salesforce = await load(t, { maxCalls: 2 });
  let open = 0;
  let most = 0;
  const { url } = await serve(t, (request, response) => {
    most = Math.max(most, (open += 1));
    request.resume();
    // Answered by this thread, which could not if a call blocked it.
    request.on('end', () => {
      open -= 1;
      response.writeHead(503).end();
    });
  });
  const once = settings.replace('{', '{"deadlineSeconds": 1,');
  const calls = Array.from({ length: 7 }, () => salesforce.run(SESSION, once, variables, { route: url }));
  for (const outcome of await Promise.all(calls)) assert.notEqual(outcome.status, 'done');
  assert.ok(most >= 1 && most <= 2, `${most} at the same time`);
});

test('close ends what is under way, and what comes after', async () => {
  const salesforce = await SalesforceModule.load({ maxCalls: 1 });
  const calls = Array.from({ length: 3 }, () => salesforce.plan(settings, variables));
  const ends = Promise.allSettled(calls);
  await salesforce.close();
  for (const { status, reason } of await ends) assert.ok(status === 'fulfilled' || hostError('aborted')(reason));
  await assert.rejects(salesforce.manifest(), hostError('aborted'));
  await salesforce.close();
});

test('settings and variables that are wrong are findings', async (t) => {
  const salesforce = await load(t);
  const { url, requests } = await script(t, []);
  const cases = [
    ['{}', variables, 'missing-key'],
    ['{', variables, 'invalid-json'],
    [{ ...JSON.parse(settings), mode: 'other' }, variables, 'bad-value'],
    [settings, '[]', 'bad-variables'],
    [settings, 'Anna', 'bad-variables'],
    [settings, variables, 'bad-correlation', { correlation: 'a\nb' }],
  ];
  for (const [given, typed, code, options] of cases) {
    await assert.rejects(salesforce.run(SESSION, given, typed, { route: url, ...options }), (error) => {
      assert.ok(error instanceof SalesforceSettingsError, `${code}: ${error}`);
      assert.ok(error.findings.length > 0);
      assert.deepEqual(Object.keys(error.findings[0].texts).sort(), ['de', 'en']);
      if (code !== 'bad-value') assert.equal(error.findings[0].code, code);
      assert.ok(error.message.includes(error.findings[0].message));
      return true;
    });
  }
  assert.deepEqual(requests, []);
});

test('a session that is wrong is a finding, without its token', async (t) => {
  const salesforce = await load(t);
  const sessions = [
    { domain: 'other.my.salesforce.com', accessToken: TOKEN },
    { domain: 'https://example.my.salesforce.com/', accessToken: TOKEN },
    { domain: '', accessToken: TOKEN },
    { domain: DOMAIN, accessToken: '' },
    { domain: DOMAIN, accessToken: `${TOKEN}\r\nX-Other: 1` },
    { domain: DOMAIN, accessToken: TOKEN.repeat(500) },
    { domain: DOMAIN, tokenProvider: async () => `${TOKEN} ${TOKEN}` },
  ];
  for (const session of sessions) {
    await assert.rejects(salesforce.run(session, settings, variables, { route: 'http://127.0.0.1:1' }), (error) => {
      assert.ok(error instanceof SalesforceSettingsError, String(error));
      assert.equal(error.findings[0].code, 'bad-session');
      assert.ok(!JSON.stringify(error).includes(TOKEN) && !error.message.includes(TOKEN));
      return true;
    });
  }
});

test('arguments of the wrong kind are said by their names, without their values', async (t) => {
  const salesforce = await load(t);
  const circle = { email: 'anna@example.com' };
  circle.self = circle;
  const cases = [
    [() => salesforce.plan(undefined, variables), 'settings'],
    [() => salesforce.plan(settings, circle), 'variables'],
    [() => salesforce.plan(settings, { n: 1n }), 'variables'],
    [() => salesforce.plan(settings, variables, { correlation: 7 }), 'correlation'],
    [() => salesforce.check(settings, 'email'), 'knownVariables'],
    [() => salesforce.check(settings, [1]), 'knownVariables[0]'],
    [() => salesforce.run(null, settings, variables), 'session'],
    [() => salesforce.run({ accessToken: TOKEN }, settings, variables), 'session.domain'],
    [() => salesforce.run({ domain: DOMAIN }, settings, variables), 'session.accessToken'],
    [() => salesforce.run({ domain: DOMAIN, tokenProvider: TOKEN }, settings, variables), 'session.tokenProvider'],
    [() => salesforce.run({ domain: DOMAIN, tokenProvider: () => null }, settings, variables), 'token'],
    [() => salesforce.run(SESSION, settings, variables, { route: 'ftp://example.com' }), 'route'],
    [() => salesforce.run(SESSION, settings, variables, { route: 'http://anna:secret@example.com' }), 'route'],
    [() => salesforce.run(SESSION, settings, variables, { files: [{ variable: 'a', name: 'b', content: 'c' }] }), 'files[0].content'],
    [() => salesforce.run(SESSION, settings, variables, { signal: {} }), 'signal'],
    [() => salesforce.objects(SESSION, { limit: -1 }), 'query.limit'],
    [() => salesforce.fields(SESSION, {}), 'query.object'],
    [() => salesforce.runMany(SESSION, settings, {}), 'conversations'],
    [() => salesforce.runMany(SESSION, settings, [{ variables, inDoubtFor: 1.5 }]), 'conversations[0].inDoubtFor'],
    [() => SalesforceModule.load({ maxCalls: 0 }), 'maxCalls'],
  ];
  for (const [call, name] of cases) {
    await assert.rejects(call, (error) => {
      hostError('host')(error);
      assert.ok(error.message.includes(name), `${name}: ${error.message}`);
      assert.ok(!/anna|secret/.test(error.message), error.message);
      return true;
    });
  }
});

test('what a token provider throws, the caller gets', async (t) => {
  const salesforce = await load(t);
  const failure = new Error('the vault is closed');
  const session = { domain: DOMAIN, tokenProvider: () => Promise.reject(failure) };
  await assert.rejects(salesforce.run(session, settings, variables), (error) => error === failure);
});

test('numbers keep their digits in texts', async (t) => {
  const salesforce = await load(t, { parse: (text) => text });
  const plan = await salesforce.plan(settings, '{"customer_lastname": 12345678901234567890.1, "customer_email": "a@b.de"}');
  assert.match(plan, /12345678901234567890\.1,/);
});

test('a line for the log holds no value, and a log that fails loses no outcome', async (t) => {
  const lines = [];
  const salesforce = await load(t, {
    onLog(line, { function: name }) {
      lines.push([name, line]);
      throw new Error('the disk is full');
    },
  });
  const warned = once(process, 'warning');
  await salesforce.plan(settings, variables, { correlation: 'conversation-4711' });
  const [[name, line]] = lines;
  assert.equal(name, 'plan');
  assert.equal(JSON.parse(line).correlation, 'conversation-4711');
  for (const value of Object.values(JSON.parse(variables))) assert.ok(typeof value !== 'string' || !line.includes(value));
  assert.match((await warned)[0].message, /the disk is full/);
});

test('a process ends by itself, with import and with require', async () => {
  const call = 'salesforce.manifest()).then(({ name }) => console.log(name))';
  const programs = [
    ['--input-type=module', '--eval', `import { SalesforceModule } from '${new URL('../index.mjs', import.meta.url)}';
      void SalesforceModule.load().then((salesforce) => ${call};`],
    ['--input-type=commonjs', '--eval', `const { SalesforceModule } = require(${JSON.stringify(file('hosts/node'))});
      SalesforceModule.load().then((salesforce) => ${call};`],
  ];
  for (const program of programs) {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, program);
    assert.deepEqual([stdout.trim(), stderr], ['salesforce-module', '']);
  }
});
