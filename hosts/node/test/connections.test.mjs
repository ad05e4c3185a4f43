// Connections: connected, renewed once for all, stored before they are used.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Connections, FileStore, SalesforceConnectionError, SalesforceHostError, SalesforceModule } from '../index.mjs';
import { DOMAIN, example, serve, simulator } from './support.mjs';

const CALLBACK = 'http://localhost:1717/callback';
const settings = example('contact');
const variables = JSON.parse(example('variables'));

async function folder(t) {
  const path = await mkdtemp(join(tmpdir(), 'salesforce-module-'));
  t.after(() => rm(path, { recursive: true }));
  return path;
}

/** A way to the simulator that counts the requests for tokens; `onCall` sees the token of each other request. */
async function way(t, to, onCall = async () => {}) {
  const seen = { tokens: 0 };
  const { url } = await serve(t, async (request, response) => {
    if (request.url === '/services/oauth2/token') seen.tokens += 1;
    else await onCall(request.headers.authorization);
    const options = { method: request.method, headers: request.headers };
    const onward = httpRequest(new URL(request.url, to), options, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  return { url, seen };
}

function app({ clientId, clientSecret }) {
  return { deploymentDomain: DOMAIN, clientId, clientSecret };
}

/** A person logs in and allows the access; gives the callback. */
async function logIn(org, authorization) {
  const { pathname, searchParams } = new URL(authorization.url);
  for (const [name, value] of Object.entries({ decision: 'allow', username: 'person', password: 'any' })) searchParams.set(name, value);
  const form = { method: 'POST', body: searchParams, redirect: 'manual' };
  const { headers } = await fetch(new URL(pathname, org.url), form);
  return headers.get('location');
}

async function setUp(t, { faults = [], onCall } = {}) {
  const [salesforce, org, path] = await Promise.all([
    SalesforceModule.load(),
    simulator(t, ...faults.flatMap((fault) => ['--fault', fault])),
    folder(t),
  ]);
  t.after(() => salesforce.close());
  const store = await FileStore.open(path);
  const { url, seen } = await way(t, org.url, (token) => onCall?.(token, path));
  const connections = new Connections(salesforce, store, { route: url });
  let visitors = 0;
  const run = async (name) => {
    const given = { ...variables, customer_email: `visitor${(visitors += 1)}@example.com` };
    return salesforce.run(await connections.session(name), settings, given, { route: url });
  };
  return { salesforce, org, path, store, connections, run, seen, url };
}

test('a log-in becomes a connection, which is renewed once for all and stored before it is used', async (t) => {
  const tokens = new Set();
  const { org, path, connections, run, seen } = await setUp(t, {
    faults: ['1:revoked-token'],
    async onCall(authorization, path) {
      const token = authorization.replace('Bearer ', '');
      if (!tokens.has(token)) assert.ok((await readFile(join(path, 'crm.json'), 'utf8')).includes(token), 'used before it was stored');
      tokens.add(token);
    },
  });
  const begun = await connections.authorize(app(org), CALLBACK);
  await connections.connect('crm', app(org), CALLBACK, begun, await logIn(org, begun));
  const first = JSON.parse(await readFile(join(path, 'crm.json'), 'utf8'));
  assert.equal((await stat(join(path, 'crm.json'))).mode & 0o777, 0o600);
  seen.tokens = 0;

  const outcomes = await Promise.all(Array.from({ length: 12 }, () => run('crm')));
  assert.deepEqual([...new Set(outcomes.map(({ status }) => status))], ['done']);
  assert.equal(seen.tokens, 1);
  const second = JSON.parse(await readFile(join(path, 'crm.json'), 'utf8'));
  assert.notEqual(second.accessToken, first.accessToken);
  assert.notEqual(second.grant.refreshToken, first.grant.refreshToken);
  assert.deepEqual(await readdir(path), ['crm.json']);
});

test('connections of two processes renew once', async (t) => {
  const { salesforce, org, path, store, connections, seen, url } = await setUp(t);
  await connections.connectApp('crm', app(org));
  const { accessToken } = await store.load('crm');
  seen.tokens = 0;
  const other = new Connections(salesforce, await FileStore.open(path), { route: url });
  const renewed = await Promise.all([connections.renew('crm', accessToken), other.renew('crm', accessToken)]);
  assert.equal(seen.tokens, 1);
  assert.equal(renewed[0], renewed[1]);
  assert.notEqual(renewed[0], accessToken);
});

test('many conversations are run again after a renewal', async (t) => {
  const { salesforce, org, connections, url } = await setUp(t, { faults: ['1:revoked-token'] });
  await connections.connectApp('crm', app(org));
  const conversations = [{ variables }, { variables: '[]' }];
  const many = await salesforce.runMany(await connections.session('crm'), settings, conversations, [], { route: url });
  assert.deepEqual(many.conversations.map(({ status }) => status), ['done', 'failed']);
});

test('a connection that is refused says what to do, without its secrets', async (t) => {
  const { salesforce, org, store, connections, run, seen, url } = await setUp(t, { faults: ['1+:revoked-token'] });
  const secret = 'a-secret-of-the-app';
  await assert.rejects(connections.connectApp('crm', { ...app(org), clientSecret: secret }), (error) => {
    assert.ok(error instanceof SalesforceConnectionError);
    assert.equal(error.advice, 'misconfigured');
    assert.ok(error.remedy.length > 0 && !`${error.message}${JSON.stringify(error)}`.includes(secret));
    return true;
  });
  assert.deepEqual(await store.names(), []);
  await assert.rejects(run('crm'), (error) => error.code === 'not-connected');

  const begun = await connections.authorize(app(org), CALLBACK);
  const callback = await logIn(org, begun);
  await assert.rejects(connections.connect('crm', app(org), CALLBACK, { ...begun, state: 'other' }, callback), { code: 'state-mismatch' });
  await connections.connect('crm', app(org), CALLBACK, begun, callback);
  const connection = await store.load('crm');
  await store.save('crm', { ...connection, grant: { ...connection.grant, refreshToken: 'a-token-of-old' } });
  const session = await connections.session('crm');
  const runs = Array.from({ length: 3 }, () => salesforce.run(session, settings, variables, { route: url }));
  for (const { reason } of await Promise.allSettled(runs)) {
    assert.ok(reason instanceof SalesforceConnectionError, String(reason));
    assert.equal(reason.advice, 'log-in-again');
    assert.ok(!reason.message.includes('a-token-of-old'));
  }
  // Those that wait for a dead grant ask once.
  seen.tokens = 0;
  const waiting = Array.from({ length: 5 }, () => connections.renew('crm', connection.accessToken));
  assert.ok((await Promise.allSettled(waiting)).every(({ status }) => status === 'rejected'));
  assert.equal(seen.tokens, 1);
});

test('a connection is given back and forgotten', async (t) => {
  const { org, store, connections, run, path } = await setUp(t);
  await connections.connectApp('crm', app(org));
  assert.equal((await run('crm')).status, 'done');
  assert.deepEqual(await store.names(), ['crm']);
  await connections.disconnect('crm');
  assert.deepEqual(await readdir(path), []);
  await assert.rejects(connections.disconnect('crm'), SalesforceConnectionError);
});

test('a store keeps what it was given, and says what is no connection', async (t) => {
  const path = await folder(t);
  const store = await FileStore.open(path);
  const connection = {
    client: { deploymentDomain: DOMAIN, clientId: 'id', clientSecret: null },
    accessToken: 'token',
    grant: { refreshToken: 'refresh', instanceUrl: `https://${DOMAIN}`, scope: null, identityUrl: null },
  };
  await store.save('crm', connection);
  assert.deepEqual(await store.load('crm'), connection);
  assert.equal(await store.load('other'), null);
  for (const name of ['', '../crm', 'a b', 'a'.repeat(65), null]) await assert.rejects(store.load(name), SalesforceHostError);
  await writeFile(join(path, 'crm.json'), '{"accessToken": "canary"');
  await assert.rejects(store.load('crm'), (error) => /is not a connection/.test(error.message) && !error.message.includes('canary'));
  assert.deepEqual([await store.remove('crm'), await store.remove('crm')], [true, false]);
});

test('one holds the lock, and that of a process that died is taken away', async (t) => {
  const path = await folder(t);
  const [one, other] = [await FileStore.open(path), await FileStore.open(path)];
  let held = 0;
  const hold = async (store) => {
    const release = await store.lock('crm');
    assert.equal((held += 1), 1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    held -= 1;
    await release();
  };
  await Promise.all([one, other, one, other].map(hold));
  await writeFile(join(path, 'crm.renewal'), 'a process that is gone');
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(join(path, 'crm.renewal'), longAgo, longAgo);
  await Promise.all([one, other].map(hold));
  assert.deepEqual(await readdir(path), []);
});
