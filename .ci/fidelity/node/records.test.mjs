// What jsforce makes of records, alone and several in one request.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { base, conn, refused } from './support.mjs';

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
