// The way out: connections, certificates, redirects, and what a failure tells the module.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, createServer as createHttpsServer } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { SalesforceModule } from '../index.mjs';
import sessions from '../dist/session.js';
import { http } from '../dist/worker/http.js';
import { DOMAIN, SESSION, TOKEN, example, script, serve } from './support.mjs';

// Creates without a lookup: one request, whose body may or may not have been taken.
const settings = {
  mode: 'sobject-write',
  deploymentDomain: DOMAIN,
  deadlineSeconds: 1,
  mappings: [{ source: { variable: 'customer_lastname' }, object: 'Contact', field: 'LastName' }],
};
const variables = example('variables');

async function load(t, options) {
  const salesforce = await SalesforceModule.load(options);
  t.after(() => salesforce.close());
  return salesforce;
}

/** Status of the outcome, and code and advice of its one record. */
function ended({ status, records: [{ result, error }] }) {
  return [status, result, error?.code ?? null, error?.retry ?? null];
}

const created = (id) => ({
  status: 200,
  json: { compositeResponse: [{ body: { id, success: true, errors: [] }, httpHeaders: {}, httpStatusCode: 201, referenceId: 'write_Contact' }] },
});

/** A certificate for localhost that nobody has signed, made for this test. */
function certificate(t) {
  const folder = mkdtempSync(join(tmpdir(), 'salesforce-module-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

async function listening(t, server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return server.address().port;
}

test('without a connection nothing was sent, and the advice is to come again', async (t) => {
  const salesforce = await load(t);
  const gone = createServer();
  const port = await listening(t, gone);
  await new Promise((resolve) => gone.close(resolve));
  const cases = [
    [`http://127.0.0.1:${port}`, 'CONNECTION_FAILED'],
    ['http://nowhere.invalid', 'HOST_NOT_FOUND'],
  ];
  for (const [route, code] of cases) {
    const outcome = await salesforce.run(SESSION, settings, variables, { route });
    assert.deepEqual(ended(outcome), ['failed', 'failed', code, 'later'], route);
  }
});

test('a handshake that never ends takes nothing of the body', async (t) => {
  const salesforce = await load(t);
  const sockets = [];
  const port = await listening(t, createServer((socket) => sockets.push(socket.on('error', () => {}))));
  t.after(() => sockets.forEach((socket) => socket.destroy()));
  const outcome = await salesforce.run(SESSION, settings, variables, { route: `https://127.0.0.1:${port}` });
  // Not `unknown`: the module knows that the host has not taken the request.
  assert.deepEqual(ended(outcome), ['failed', 'failed', 'TIMEOUT', 'later']);
  assert.ok(sockets.length > 0);
});

test('an answer that does not come leaves the record unknown', async (t) => {
  const salesforce = await load(t);
  const { url } = await serve(t, (request) => request.resume());
  const [status, result, code] = ended(await salesforce.run(SESSION, settings, variables, { route: url }));
  assert.deepEqual([status, result, code], ['failed', 'unknown', 'TIMEOUT']);
});

test('certificates are told from other failures of TLS, and one of an own authority is trusted', async (t) => {
  const salesforce = await load(t);
  const { key, cert } = certificate(t);
  const requests = [];
  const server = createHttpsServer({ key, cert }, (request, response) => {
    requests.push(request.headers.authorization);
    request.resume();
    request.on('end', () => response.end(JSON.stringify(created('003Hn0000000001IAA').json)));
  });
  t.after(() => server.closeAllConnections());
  const route = `https://localhost:${await listening(t, server)}`;
  assert.deepEqual(ended(await salesforce.run(SESSION, settings, variables, { route })), ['failed', 'failed', 'TLS_FAILED', 'never']);
  const { url } = await serve(t, () => {});
  const plain = await salesforce.run(SESSION, settings, variables, { route: url.replace('http:', 'https:') });
  assert.deepEqual(ended(plain), ['failed', 'failed', 'TLS_FAILED', 'later']);
  assert.deepEqual(requests, []);

  const trusting = await load(t, { agent: new Agent({ ca: cert, keepAlive: true }) });
  assert.deepEqual(ended(await trusting.run(SESSION, settings, variables, { route })), ['done', 'created', null, null]);
  assert.deepEqual(requests, [`Bearer ${TOKEN}`]);
});

test('a redirect is an answer', async (t) => {
  const salesforce = await load(t);
  const elsewhere = await script(t, []);
  for (const status of [301, 302, 303, 307, 308]) {
    const { url, requests } = await script(t, [{ status, headers: { location: `${elsewhere.url}/` }, text: '' }]);
    const outcome = await salesforce.run(SESSION, settings, variables, { route: url });
    assert.equal(ended(outcome)[2], `HTTP_${status}`);
    assert.equal(requests.length, 1);
  }
  assert.deepEqual(elsewhere.requests, []);
});

test('connections are kept, and one that was closed meanwhile loses no write', async (t) => {
  const salesforce = await load(t);
  let connections = 0;
  let id = 0;
  const { server, url } = await serve(t, (request, response) => {
    request.resume();
    request.on('end', () => response.end(JSON.stringify(created(`003Hn000000000${(id += 1) % 10}IAA`).json)));
  });
  server.on('connection', () => (connections += 1));
  const run = () => salesforce.run(SESSION, settings, variables, { route: url });
  for (let round = 0; round < 5; round += 1) assert.equal((await run()).status, 'done');
  assert.equal(connections, 1);
  for (let round = 0; round < 5; round += 1) {
    server.closeIdleConnections();
    assert.deepEqual(ended(await run()).slice(0, 2), ['done', 'created']);
  }
  assert.ok(connections > 1);
});

test('a request to another host is refused, and nothing of it leaves the thread', () => {
  const sent = [];
  const wire = { domain: DOMAIN, request: (head) => sent.push(head), send: (message) => sent.push(message), forget() {} };
  const interfaces = http(wire, (isReady) => ({ isReady }));
  const { Fields, OutgoingRequest } = interfaces['wasi:http/types'];
  const { handle } = interfaces['wasi:http/outgoing-handler'];
  const outgoing = (scheme, authority) => {
    const request = new OutgoingRequest(new Fields());
    request.setScheme({ tag: scheme });
    request.setAuthority(authority);
    request.setPathWithQuery('/services/data');
    request.body();
    return request;
  };
  const others = [
    ['HTTP', DOMAIN], ['HTTPS', `${DOMAIN}:8443`], ['HTTPS', `user@${DOMAIN}`], ['HTTPS', `${DOMAIN}.`],
    ['HTTPS', `evil.${DOMAIN}`], ['HTTPS', '127.0.0.1'], ['HTTPS', ''], ['HTTPS', undefined],
  ];
  for (const [scheme, authority] of others) {
    assert.throws(() => handle(outgoing(scheme, authority)), (error) => error.payload.tag === 'HTTP-request-denied');
  }
  assert.deepEqual(sent, []);
  handle(outgoing('HTTPS', DOMAIN));
  assert.equal(sent.length, 1);
});

test('an instance is given a placeholder, and the token goes to the way out', async () => {
  const given = [SESSION, { domain: DOMAIN, tokenProvider: async () => TOKEN }];
  for (const session of given) {
    const { session: inside, destination } = await sessions.access(session);
    assert.ok(!JSON.stringify(inside).includes(TOKEN));
    assert.deepEqual(destination, { domain: DOMAIN, accessToken: TOKEN });
  }
});

test('a header cannot be made into another one', () => {
  const { Fields } = http({}, () => ({}))['wasi:http/types'];
  const fields = new Fields();
  for (const [name, value] of [['a b', 'c'], ['', 'c'], ['a', 'b\r\nc: d'], ['a', 'b\0']]) {
    assert.throws(() => fields.append(name, Buffer.from(value)), (error) => error.payload.tag === 'invalid-syntax');
  }
  fields.append('accept', Buffer.from('application/json'));
  assert.deepEqual(fields.get('Accept').map((value) => Buffer.from(value).toString()), ['application/json']);
});
