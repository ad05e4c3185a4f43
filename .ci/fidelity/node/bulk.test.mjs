// What jsforce makes of bulk jobs and of trees.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { base, conn, refused } from './support.mjs';

conn.bulk2.pollInterval = 20;
const cases = (ids) => ids.map((id) => ({ Id: id }));

describe('bulk jobs', () => {
  it('write records from insert to delete', async () => {
    const object = 'Lead';
    const input = Array.from({ length: 450 }, (_, n) => ({ LastName: `Bulk ${n}`, Company: n % 10 ? 'A, "B" & Co\nKG' : '' }));
    const load = (operation, input, more) => conn.bulk2.loadAndWaitForResults({ object, operation, input, ...more });
    const inserted = await load('insert', input);
    assert.deepEqual([inserted.successfulResults.length, inserted.failedResults.length], [405, 45]);
    assert.deepEqual(inserted.unprocessedRecords, []);
    assert.match(inserted.successfulResults[0].sf__Id, /^00Q\w{15}$/);
    assert.equal(inserted.successfulResults[0].sf__Created, 'true');
    assert.match(inserted.failedResults[0].sf__Error, /^REQUIRED_FIELD_MISSING:.*:Company --$/);
    const ids = inserted.successfulResults.map(({ sf__Id }) => sf__Id);
    const updated = await load('update', [{ Id: ids[0], Company: 'New' }, { Id: ids[1], Company: '#N/A' }]);
    assert.deepEqual(updated.successfulResults.map(({ sf__Id }) => sf__Id), [ids[0]]);
    assert.equal((await conn.sobject(object).retrieve(ids[0])).Company, 'New');
    const deleted = await load('delete', cases(ids));
    assert.equal(deleted.successfulResults.length, 405);
    assert.equal(await conn.sobject(object).count({ LastName: { $like: 'Bulk%' } }), 0);
  });

  it('upsert by a key, and fail as a whole by a name that is none', async () => {
    const upsert = (input) => conn.bulk2.loadAndWaitForResults({
      object: 'Contact', operation: 'upsert', externalIdFieldName: 'Customer_No__c', input, lineEnding: 'LF',
    });
    const csv = (title) => `Customer_No__c,LastName,Title\nbulk-1,Berg,${title}\n`;
    assert.equal((await upsert(csv('Dr'))).successfulResults[0].sf__Created, 'true');
    assert.equal((await upsert(csv('Prof'))).successfulResults[0].sf__Created, 'false');
    await assert.rejects(upsert('Customer_No__c,Nope__c\nx,y\n'), /InvalidBatch : Field name not found : Nope__c/);
    await refused('INVALIDJOB', () => conn.bulk2.createJob({ object: 'Nope', operation: 'insert' }).open());
  });

  it('bring the rows of a query', async () => {
    const leads = Array.from({ length: 5 }, (_, n) => ({ LastName: `Row ${n}`, Company: 'Bulk rows' }));
    await conn.sobject('Lead').create(leads, { allOrNone: true });
    const soql = "SELECT LastName, Title, Company FROM Lead WHERE Company = 'Bulk rows' ORDER BY LastName";
    const rows = await (await conn.bulk2.query(soql)).toArray();
    assert.deepEqual(rows[4], { LastName: 'Row 4', Title: '', Company: 'Bulk rows' });
    assert.equal(rows.length, 5);
    await refused('INVALID_FIELD', () => conn.bulk2.query('SELECT Nope FROM Lead'));
  });
});

describe('a tree', () => {
  const record = (type, referenceId, fields) => ({ attributes: { type, referenceId }, ...fields });
  const tree = (...records) => conn.requestPost(`${base}/composite/tree/Account`, { records });

  it('is created with its children', async () => {
    const contact = record('Contact', 'contact', { LastName: 'Leaf' });
    const answer = await tree(record('Account', 'account', { Name: 'Root', Contacts: { records: [contact] } }));
    assert.deepEqual([answer.hasErrors, answer.results.map(({ referenceId }) => referenceId)], [false, ['account', 'contact']]);
    const found = await conn.query("SELECT Account.Name FROM Contact WHERE LastName = 'Leaf'");
    assert.equal(found.records[0].Account.Name, 'Root');
  });
});
