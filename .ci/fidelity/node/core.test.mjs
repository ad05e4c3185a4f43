// What @salesforce/core, the library under Salesforce's own command line, makes of the simulator.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import request from '@jsforce/jsforce-node/lib/request.js';
import { AuthInfo, Connection, Org } from '@salesforce/core';

import { app, clientId, clientSecret, httpProxy, instanceUrl, allow, refused, simulator } from './support.mjs';

// Its own requests take no proxy from it.
request.setDefaults({ httpProxy });

describe('@salesforce/core', () => {
  let connection;

  before(async () => {
    const authInfo = await AuthInfo.create({ accessTokenOptions: { accessToken: simulator.accessToken, instanceUrl, loginUrl: instanceUrl } });
    connection = await Connection.create({ authInfo, connectionOptions: { httpProxy } });
  });

  it('takes the newest version that the org has', async () => {
    const newest = await connection.retrieveMaxApiVersion();
    assert.equal(newest, '68.0');
    assert.equal(connection.getApiVersion(), newest);
  });

  it('finds one record and refuses to find two', async () => {
    const { id } = await connection.sobject('Contact').create({ LastName: 'Core only' });
    assert.equal((await connection.singleRecordQuery("SELECT Id FROM Contact WHERE LastName = 'Core only'")).Id, id);
    await connection.sobject('Contact').create({ LastName: 'Core only' });
    const two = () => connection.singleRecordQuery("SELECT Id FROM Contact WHERE LastName = 'Core only'");
    await refused('SingleRecordQuery_MultipleRecords', two);
    await refused('SingleRecordQuery_NoRecords', () => connection.singleRecordQuery("SELECT Id FROM Contact WHERE LastName = 'none'"));
  });

  it('fetches all pages by itself', async () => {
    const leads = Array.from({ length: 2100 }, (_, n) => ({ LastName: `${n}`, Company: 'Core pages' }));
    await connection.sobject('Lead').create(leads, { allowRecursive: true, allOrNone: true });
    const found = await connection.autoFetchQuery("SELECT Id FROM Lead WHERE Company = 'Core pages'");
    assert.deepEqual([found.totalSize, found.records.length, found.done], [2100, 2100, true]);
  });

  it('names what is refused', async () => {
    await refused('INVALID_FIELD', () => connection.query('SELECT Nope FROM Contact'));
    await refused('REQUIRED_FIELD_MISSING', () => connection.sobject('Contact').create({ FirstName: 'A' }));
  });

  it('knows the org by its queries', async () => {
    const org = await Org.create({ connection });
    assert.equal(await org.determineIfDevHubOrg(), false);
  });

  // It forgets the new refresh token that each refresh gives, so the next one ends the grant, as in an org with rotation.
  it('logs in by a refresh token, and is refused with the same one', async () => {
    const oauth2 = app({ useVerifier: true });
    const answer = await allow(oauth2.getAuthorizationUrl({ scope: 'api refresh_token' }));
    const tokens = await oauth2.requestToken(answer.get('code'));
    const authInfo = await AuthInfo.create({
      oauth2Options: { clientId, clientSecret, refreshToken: tokens.refresh_token, loginUrl: instanceUrl, redirectUri: oauth2.redirectUri },
    });
    assert.match(authInfo.getUsername(), /@/);
    const renewed = await Connection.create({ authInfo, connectionOptions: { httpProxy } });
    assert.equal((await renewed.query('SELECT Id FROM Contact LIMIT 1')).done, true);
    await fetch(`${simulator.url}/services/oauth2/revoke`, { method: 'POST', body: new URLSearchParams({ token: authInfo.getFields(true).accessToken }) });
    await assert.rejects(() => renewed.query('SELECT Id FROM Contact LIMIT 1'), /expired access\/refresh token/);
  });
});
