// What jsforce makes of refusals, its ways to log in, and how it renews a session.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { app, allow, conn, connect, instanceUrl, logIn, refused } from './support.mjs';

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
