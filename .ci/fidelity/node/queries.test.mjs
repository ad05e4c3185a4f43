// What jsforce makes of queries and descriptions.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import jsforce from 'jsforce';

import { base, conn, refused } from './support.mjs';

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

describe('descriptions', () => {
  it('are of the objects that there are', async () => {
    const { sobjects } = await conn.describeGlobal();
    for (const { name } of sobjects.filter(({ createable }) => createable)) {
      const described = await conn.sobject(name).describe();
      assert.equal(described.name, name);
      // A platform event is published, not kept: it has a replay id and no record id.
      const identity = name.endsWith('__e') ? ({ name }) => name === 'ReplayId' : ({ type }) => type === 'id';
      assert.ok(described.fields.some(identity), name);
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
