// What jsforce makes of the simulator's answers: its own results and errors, and its way to renew a session.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import jsforce from 'jsforce';

const simulator = JSON.parse(process.env.SIMULATOR);
const { instanceUrl, clientId, clientSecret } = simulator;
const httpProxy = process.env.PROXY;
const version = '62.0';
const base = `/services/data/v${version}`;
const callback = 'http://localhost:1717/callback';

const connect = (more = { accessToken: simulator.accessToken }) =>
  new jsforce.Connection({ instanceUrl, httpProxy, version, ...more });
const app = (more = {}) =>
  new jsforce.OAuth2({ loginUrl: instanceUrl, httpProxy, clientId, clientSecret, redirectUri: callback, ...more });
const conn = connect();

// The call must fail with that code; gives the error.
async function refused(code, call) {
  const error = await call().then(() => assert.fail(`no ${code}`), (caught) => caught);
  assert.equal(error.errorCode ?? error.name, code, error.message);
  return error;
}

// What a person does in the browser: allows the access, and is sent back to the app.
async function allow(authorizeUrl, decision = 'allow') {
  const { pathname, searchParams } = new URL(authorizeUrl);
  const body = new URLSearchParams([...searchParams, ['decision', decision]]);
  const answer = await fetch(simulator.url + pathname, { method: 'POST', body, redirect: 'manual' });
  assert.equal(answer.status, 302, await answer.text());
  return new URL(answer.headers.get('location')).searchParams;
}

async function logIn() {
  const oauth2 = app({ useVerifier: true });
  const answer = await allow(oauth2.getAuthorizationUrl({ scope: 'api refresh_token', state: 's' }));
  assert.equal(answer.get('state'), 's');
  const connection = connect({ oauth2 });
  const user = await connection.authorize(answer.get('code'));
  return { connection, user, oauth2 };
}

describe('records', () => {
  it('live from create to delete', async () => {
    const created = await conn.sobject('Contact').create({ LastName: 'Berg', Birthdate: '1990-02-28' });
    assert.deepEqual({ ...created, id: '' }, { id: '', success: true, errors: [] });
    const contact = await conn.sobject('Contact').retrieve(created.id);
    assert.equal(contact.attributes.url, `${base}/sobjects/Contact/${created.id}`);
    assert.equal(contact.Birthdate, '1990-02-28');
    const updated = await conn.sobject('Contact').update({ Id: created.id, FirstName: 'Anna' });
    assert.deepEqual(updated, { id: created.id, success: true, errors: [] });
    const [again, nobody] = await conn.sobject('Contact').retrieve([created.id, '003000000000001']);
    assert.equal(again.Name, 'Anna Berg');
    assert.equal(nobody, null);
    assert.equal((await conn.sobject('Contact').destroy(created.id)).success, true);
    await refused('NOT_FOUND', () => conn.sobject('Contact').retrieve(created.id));
    await refused('ENTITY_IS_DELETED', () => conn.sobject('Contact').destroy(created.id));
  });

  it('are created and then updated by an upsert', async () => {
    const contact = { Customer_No__c: 'js 1', LastName: 'Berg' };
    const created = await conn.sobject('Contact').upsert(contact, 'Customer_No__c');
    assert.deepEqual(created, { id: created.id, success: true, errors: [], created: true });
    const updated = await conn.sobject('Contact').upsert({ ...contact, Title: 'Dr' }, 'Customer_No__c');
    assert.deepEqual(updated, { ...created, created: false });
  });

  it('are listed and not written when a key fits several', async () => {
    const email = 'js-two@example.com';
    const several = await conn.sobject('Contact').create(['A', 'B'].map((LastName) => ({ LastName, Email: email })));
    const upsert = () => conn.sobject('Contact').upsert({ Email: email, Title: 'Dr' }, 'Email');
    const error = await refused('MULTIPLE_CHOICES', upsert);
    assert.deepEqual(error.data, several.map(({ id }) => `${base}/sobjects/Contact/${id}`));
    assert.equal(await conn.sobject('Contact').count({ Email: email, Title: null }), 2);
  });

  it('can be patched by a client that knows no PATCH', async () => {
    const { id } = await conn.sobject('Contact').create({ LastName: 'Berg' });
    await conn.requestPost(`/sobjects/Contact/${id}?_HttpMethod=PATCH`, { Title: 'Dr' });
    assert.equal((await conn.sobject('Contact').retrieve(id)).Title, 'Dr');
  });
});

describe('collections', () => {
  const contacts = conn.sobject('Contact');

  it('answer record by record', async () => {
    const [good, bad] = await contacts.create([{ LastName: 'Berg' }, { FirstName: 'Anna' }]);
    assert.equal(good.success, true);
    assert.deepEqual([bad.success, bad.id, bad.errors[0].statusCode], [false, undefined, 'REQUIRED_FIELD_MISSING']);
    assert.deepEqual(bad.errors[0].fields, ['LastName']);
    const updated = await contacts.update([{ Id: good.id, Title: 'Dr' }, { Id: good.id, Email: 'nobody' }]);
    assert.deepEqual(updated.map(({ success }) => success), [true, false]);
    const deleted = await contacts.destroy([good.id, '003000000000001']);
    assert.deepEqual(deleted.map(({ success }) => success), [true, false]);
  });

  it('are all or none when asked to', async () => {
    const records = [{ LastName: 'All' }, { FirstName: 'None' }];
    const [good, bad] = await contacts.create(records, { allOrNone: true });
    assert.equal(good.errors[0].statusCode, 'ALL_OR_NONE_OPERATION_ROLLED_BACK');
    assert.equal(bad.errors[0].statusCode, 'REQUIRED_FIELD_MISSING');
    assert.equal(await contacts.count({ LastName: 'All' }), 0);
  });

  it('upsert by a key, and split what is more than 200', async () => {
    const records = Array.from({ length: 201 }, (_, n) => ({ Customer_No__c: `many ${n}`, LastName: 'Many' }));
    const created = await contacts.upsert(records, 'Customer_No__c', { allowRecursive: true });
    assert.deepEqual([created.length, created.every(({ created }) => created)], [201, true]);
    const [updated, failed] = await contacts.upsert([records[0], { ...records[1], Email: 'nobody' }], 'Customer_No__c');
    assert.deepEqual([updated.id, updated.created, failed.success], [created[0].id, false, false]);
    assert.equal(failed.errors[0].statusCode, 'INVALID_EMAIL_ADDRESS');
    await refused('EXCEEDED_ID_LIMIT', () => contacts.upsert(records, 'Customer_No__c'));
  });
});

describe('queries', () => {
  it('follow their pages to the end', async () => {
    const leads = Array.from({ length: 450 }, (_, n) => ({ LastName: String(n).padStart(3, '0'), Company: 'Paged' }));
    await conn.sobject('Lead').create(leads, { allowRecursive: true, allOrNone: true });
    const soql = "SELECT LastName FROM Lead WHERE Company = 'Paged' ORDER BY LastName";
    const headers = { 'Sforce-Query-Options': 'batchSize=200' };
    const first = await conn.query(soql, { headers });
    assert.deepEqual([first.totalSize, first.done, first.records.length], [450, false, 200]);
    const second = await conn.queryMore(first.nextRecordsUrl);
    assert.equal(second.records[0].LastName, '200');
    const everything = await conn.query(soql, { headers, autoFetch: true, maxFetch: 1000 });
    assert.deepEqual(everything.records.map(({ LastName }) => LastName), leads.map(({ LastName }) => LastName));
  });

  it('find what its own builder escapes', async () => {
    for (const Company of ["O'Brien", "' OR Name != '", 'a "b" c', 'ü 😀']) {
      const { id } = await conn.sobject('Lead').create({ LastName: 'Escaped', Company });
      const found = await conn.sobject('Lead').find({ Company }, ['Id', 'Company']);
      assert.deepEqual(found.map(({ Id, Company }) => [Id, Company]), [[id, Company]]);
    }
    // It lets backslashes through, which no org reads as what was meant.
    for (const Company of ['back\\slash', "\\' OR Name != '"]) {
      await refused('MALFORMED_QUERY', () => conn.sobject('Lead').find({ Company }));
    }
    const { SfDate } = jsforce;
    const today = { CreatedDate: { $gte: SfDate.toDateTimeLiteral(new Date(Date.now() - 3600_000)) } };
    const builder = conn.sobject('Lead').find({ ...today, Company: { $like: "O'B%" } }).select('Id, Owner.Name');
    const [lead] = await builder.sort('-LastName').limit(1);
    assert.equal(lead.Owner.attributes.type, 'Name');
  });

  it('say what is wrong', async () => {
    for (const [code, soql] of [
      ['MALFORMED_QUERY', 'SELEKT Id FROM Lead'],
      ['INVALID_FIELD', 'SELECT Nope FROM Lead'],
      ['INVALID_TYPE', 'SELECT Id FROM Nope'],
    ]) {
      await refused(code, () => conn.query(soql));
    }
    await refused('INVALID_QUERY_LOCATOR', () => conn.queryMore('01gNone-2000'));
  });
});

describe('composite requests', () => {
  const send = (allOrNone, compositeRequest) => conn.requestPost('/composite', { allOrNone, compositeRequest });
  const create = (referenceId, sobject, body) =>
    ({ method: 'POST', url: `${base}/sobjects/${sobject}`, referenceId, body });

  it('link records by references', async () => {
    const url = `${base}/query?q=${encodeURIComponent("SELECT ContactId FROM Case WHERE Id = '@{case.id}'")}`;
    const { compositeResponse: [contact, , query] } = await send(true, [
      create('contact', 'Contact', { LastName: 'Berg' }),
      create('case', 'Case', { Subject: 'jsforce', ContactId: '@{contact.id}' }),
      { method: 'GET', url: url.replaceAll('%40%7B', '@{').replaceAll('%7D', '}'), referenceId: 'query' },
    ]);
    assert.equal(contact.httpHeaders.Location, `${base}/sobjects/Contact/${contact.body.id}`);
    assert.equal(query.body.records[0].ContactId, contact.body.id);
  });

  it('undo all of it when one part fails', async () => {
    const { compositeResponse } = await send(true, [
      create('first', 'Contact', { LastName: 'Undone' }),
      create('second', 'Contact', { LastName: 'Undone', Email: 'nobody' }),
      create('third', 'Contact', { LastName: 'Undone' }),
    ]);
    const codes = compositeResponse.map(({ httpStatusCode, body: [{ errorCode }] }) => [httpStatusCode, errorCode]);
    const halted = [400, 'PROCESSING_HALTED'];
    assert.deepEqual(codes, [halted, [400, 'INVALID_EMAIL_ADDRESS'], halted]);
    assert.equal(await conn.sobject('Contact').count({ LastName: 'Undone' }), 0);
  });
});

describe('descriptions', () => {
  it('are of the objects that there are', async () => {
    const { sobjects } = await conn.describeGlobal();
    for (const { name } of sobjects.filter(({ createable }) => createable)) {
      const described = await conn.sobject(name).describe();
      assert.equal(described.name, name);
      assert.ok(described.fields.some(({ type }) => type === 'id'));
    }
    await refused('NOT_FOUND', () => conn.describe('Nope__c'));
  });

  it('are not sent again to a client that has them', async () => {
    const url = `${base}/sobjects/Contact/describe`;
    const headers = { 'If-Modified-Since': new Date(Date.now() + 1000).toUTCString() };
    assert.equal(await conn.request({ method: 'GET', url, headers }), '');
  });

  it('count the calls in limits and in the header', async () => {
    const { DailyApiRequests } = await conn.limits();
    const { used, limit } = conn.limitInfo.apiUsage;
    assert.deepEqual(DailyApiRequests, { Max: limit, Remaining: limit - used });
    const versions = await conn.request('/services/data/');
    assert.ok(versions.some(({ url }) => url === base));
  });
});

describe('errors', () => {
  it('keep their code, message and fields', async () => {
    const error = await refused('REQUIRED_FIELD_MISSING', () => conn.sobject('Contact').create({ FirstName: 'A' }));
    assert.equal(error.message, 'Required fields are missing: [LastName]');
    assert.deepEqual(error.data.fields, ['LastName']);
    await refused('NOT_FOUND', () => conn.sobject('Nope').create({ Name: 'x' }));
    await refused('METHOD_NOT_ALLOWED', () => conn.requestPut('/limits', {}));
    await refused('JSON_PARSER_ERROR', () => conn.request({
      method: 'POST', url: '/sobjects/Contact', body: '{', headers: { 'content-type': 'application/json' },
    }));
  });

  it('of a duplicate rule name the record', async () => {
    const lead = { LastName: 'Double', Company: 'Acme', Email: 'js-double@example.com' };
    const { id } = await conn.sobject('Lead').create(lead);
    const { data } = await refused('DUPLICATES_DETECTED', () => conn.sobject('Lead').create(lead));
    assert.equal(data.duplicateResut.matchResults[0].matchRecords[0].record.Id, id);
    const headers = { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' };
    assert.equal((await conn.sobject('Lead').create(lead, { headers })).success, true);
  });

  it('of a session without a way to renew it are told', async () => {
    await refused('INVALID_SESSION_ID', () => connect({ accessToken: 'nobody' }).query('SELECT Id FROM Lead'));
  });
});

describe('log-ins', () => {
  it('by a code with its proof key give a session and its user', async () => {
    const { connection, user, oauth2 } = await logIn();
    assert.equal(connection.instanceUrl, instanceUrl);
    const identity = await connection.request(`${user.url}?format=json`);
    assert.deepEqual([identity.user_id, identity.organization_id], [user.id, user.organizationId]);
    const { accessToken } = connection;
    await oauth2.revokeToken(accessToken);
    await refused('INVALID_SESSION_ID', () => connect({ accessToken }).limits());
  });

  it('end where the person says no, or the proof key is another', async () => {
    const oauth2 = app({ useVerifier: true });
    const denied = await allow(oauth2.getAuthorizationUrl({ scope: 'api' }), 'deny');
    assert.equal(denied.get('error'), 'access_denied');
    const code = (await allow(oauth2.getAuthorizationUrl({ scope: 'api' }))).get('code');
    const error = await refused('invalid_grant', () => app({ useVerifier: true }).requestToken(code));
    assert.equal(error.message, 'invalid code verifier');
  });

  it('renew themselves once a session is over, and rotation ends those that keep the old token', async () => {
    const { connection, oauth2 } = await logIn();
    const { refreshToken, accessToken } = connection;
    const renewals = [];
    connection.on('refresh', (token, answer) => renewals.push(answer));
    await oauth2.revokeToken(connection.accessToken);
    await Promise.all([connection.limits(), connection.query('SELECT Id FROM Lead LIMIT 1')]);
    assert.equal(renewals.length, 1, 'two calls at once share a renewal');
    assert.notEqual(connection.accessToken, accessToken);
    assert.notEqual(renewals[0].refresh_token, refreshToken);
    // A client that stores the new token goes on for ever.
    const renewed = await oauth2.refreshToken(renewals[0].refresh_token);
    assert.ok(renewed.access_token && !('expires_in' in renewed));
    // One that presents a used one ends the whole grant.
    const error = await refused('invalid_grant', () => oauth2.refreshToken(refreshToken));
    assert.equal(error.message, 'expired access/refresh token');
    await refused('invalid_grant', () => oauth2.refreshToken(renewed.refresh_token));
    await refused('INVALID_SESSION_ID', () => connect({ accessToken: renewed.access_token }).limits());
  });

  it('of an app by itself need its own org and secret', async () => {
    const grant = { grant_type: 'client_credentials' };
    const connection = connect({ oauth2: app() });
    await connection.authorize(grant);
    assert.equal(connection.refreshToken ?? undefined, undefined);
    assert.ok((await connection.limits()).DailyApiRequests.Max > 0);
    await refused('invalid_client', () => app({ clientSecret: 'x' }).requestToken(grant));
    const elsewhere = app({ loginUrl: 'https://login.salesforce.com' });
    const error = await refused('invalid_grant', () => elsewhere.requestToken(grant));
    assert.equal(error.message, 'request not supported on this domain');
    await refused('unsupported_grant_type', () => app().requestToken({ grant_type: 'magic' }));
  });
});
