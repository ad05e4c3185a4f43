// The module's functions over this host, against a Salesforce org in memory.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SalesforceModule } from '../index.mjs';
import { DOMAIN, example, simulator } from './support.mjs';

const variables = JSON.parse(example('variables'));

async function load(t) {
  const salesforce = await SalesforceModule.load();
  t.after(() => salesforce.close());
  return salesforce;
}

test('a Contact is created, left alone and updated', async (t) => {
  const [salesforce, org] = await Promise.all([load(t), simulator(t)]);
  const settings = JSON.parse(example('contact'));
  const run = (changed) => salesforce.run(org.session, settings, { ...variables, ...changed }, { route: org.url });
  const [created, unchanged, updated] = [await run({}), await run({}), await run({ customer_lastname: 'Berg-Olsen' })];
  assert.deepEqual(
    [created, unchanged, updated].map(({ status, records: [record] }) => [status, record.result]),
    [['done', 'created'], ['done', 'unchanged'], ['done', 'updated']],
  );
  assert.equal(updated.records[0].id, created.records[0].id);
  assert.deepEqual(created.variables, { salesforce_contact_id: created.records[0].id });
  const read = await salesforce.run(org.session, example('read'), variables, { route: org.url });
  assert.deepEqual([read.status, read.variables.salesforce_contact_id], ['done', created.records[0].id]);
});

test('settings are prepared, described and checked', async (t) => {
  const [salesforce, org] = await Promise.all([load(t), simulator(t)]);
  const settings = example('support');
  const prepared = await salesforce.prepare(org.session, settings, { route: org.url });
  assert.equal(prepared.status, 'done');
  const before = await salesforce.plan(settings, variables);
  const after = await salesforce.plan(prepared.settings, variables);
  assert.ok(after.requests.atLeast < before.requests.atLeast, 'facts spare the lookup');
  const tool = await salesforce.describe(prepared.settings);
  assert.deepEqual(tool.variables.properties.customer_email.type, ['string', 'null']);
  const { findings } = await salesforce.check(settings, ['customer_mail']);
  assert.ok(findings.some(({ code }) => code === 'unknown-variable'));
  assert.equal((await salesforce.manifest()).settingsSchema.title, 'Salesforce');
});

test('objects and fields are listed', async (t) => {
  const [salesforce, org] = await Promise.all([load(t), simulator(t)]);
  const { objects } = await salesforce.objects(org.session, { search: 'cont' }, { route: org.url });
  assert.equal(objects[0].name, 'Contact');
  const { fields, object } = await salesforce.fields(org.session, { object: 'contact', search: 'email' }, { route: org.url });
  assert.deepEqual([object.name, fields[0].name, fields[0].type], ['Contact', 'Email', 'email']);
});

test('files are attached, and one that is too large is left out', async (t) => {
  const [salesforce, org] = await Promise.all([load(t), simulator(t)]);
  const photo = { variable: 'photo', name: 'leak.jpg', mediaType: 'image/jpeg', content: Buffer.alloc(3 << 20, 7) };
  const film = { ...photo, name: 'leak.mp4', mediaType: null, content: new Uint8Array(40 << 20) };
  const given = { ...variables, messages: [{ from: 'visitor', text: 'It leaks.' }] };
  const outcome = await salesforce.run(org.session, example('complaint'), given, { route: org.url, files: [photo, film] });
  assert.deepEqual(
    outcome.files.filter(({ variable }) => variable === 'photo').map(({ result, error }) => [result, error?.code]),
    [['created', undefined], ['failed', 'FILE_TOO_LARGE']],
  );
});

test('many conversations are run together', async (t) => {
  const [salesforce, org] = await Promise.all([load(t), simulator(t)]);
  const conversations = Array.from({ length: 300 }, (_, index) => ({
    variables: { ...variables, customer_email: `visitor${index}@example.com` },
    correlation: `list:${index}`,
  }));
  conversations.push({ variables: '[]' });
  const many = await salesforce.runMany(org.session, example('contact'), conversations, [], { route: org.url });
  assert.equal(many.conversations.length, 301);
  const created = many.conversations.filter(({ records }) => records[0]?.result === 'created');
  assert.deepEqual([created.length, created[7].correlation], [300, 'list:7']);
  assert.equal(many.conversations[300].findings[0].code, 'bad-variables');
  assert.ok(many.requests < 10, `${many.requests} requests`);
});

test('a refused token is asked for once more, and only another one is used', async (t) => {
  const [salesforce, org] = await Promise.all([load(t), simulator(t)]);
  const asked = [];
  const provider = (tokens) => (refused) => {
    asked.push(refused);
    return tokens.shift();
  };
  const run = (tokens) =>
    salesforce.run({ domain: DOMAIN, tokenProvider: provider(tokens) }, example('contact'), variables, { route: org.url });
  assert.equal((await run(['old', org.accessToken])).status, 'done');
  assert.equal((await run(['old', 'old'])).status, 'session-expired');
  assert.deepEqual(asked, [undefined, 'old', undefined, 'old']);
});

test('calls side by side write one record each', async (t) => {
  const [salesforce, org] = await Promise.all([load(t), simulator(t)]);
  const run = (index) => {
    const given = { ...variables, customer_email: `visitor${index}@example.com` };
    return salesforce.run(org.session, example('contact'), given, { route: org.url });
  };
  const outcomes = await Promise.all(Array.from({ length: 40 }, (_, index) => run(index)));
  assert.ok(outcomes.every(({ records: [record] }) => record.result === 'created'));
  assert.equal(new Set(outcomes.map(({ records: [record] }) => record.id)).size, 40);
});
