// A real org behind the page: a large one, for its lists, and the question before a run. The times are printed, and not judged: how fast
// a machine is decides nothing about the page.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { assertClean, launch, named, open, picture, press, serve, shows, type } from './page.mjs';

const DOMAIN = 'example.my.salesforce.com';
const OBJECTS = 1_500;
const FIELDS = 800;
let browser;
let org;
const asked = [];

const padding = Object.fromEntries(Array.from({ length: 18 }, (_, at) => [`someOtherProperty${at}`, { name: 'x', label: [null, false] }]));
const flags = { createable: true, updateable: true, queryable: true };
const sobjects = [
  { name: 'Contact', label: 'Contact', labelPlural: 'Contacts', keyPrefix: '003', custom: false, ...flags, ...padding },
  ...Array.from({ length: OBJECTS - 1 }, (_, at) => ({ name: `Object_${at}__c`, label: `Größe ${at}`, labelPlural: `Größen ${at}`, keyPrefix: 'a00', custom: true, ...flags, ...padding })),
];
const fields = [
  { name: 'LastName', label: 'Last Name', type: 'string', length: 80, nillable: false, filterable: true, ...flags, picklistValues: [], ...padding },
  ...Array.from({ length: FIELDS - 1 }, (_, at) => ({ name: `Field_${at}__c`, label: `Feld ${at}`, type: 'string', length: 255, nillable: true, filterable: true, ...flags, picklistValues: [], ...padding })),
];

/** What an org can be called by those who mean harm. */
const HOSTILE = `</span><script>alert(1)</script><img src=x onerror=alert(1)>\u202egpj.exe`;
let isHostile = false;
const hostile = (one) => ({ ...one, label: `${HOSTILE}${'x'.repeat(100_000)}`, labelPlural: HOSTILE });

/** Answers like an org, as far as the lists and one new Contact go. */
function answer({ url, method }) {
  if (url.endsWith('/sobjects')) return { sobjects: isHostile ? sobjects.slice(0, 40).map(hostile) : sobjects };
  if (url.includes('/describe')) return { name: 'Contact', label: 'Contact', ...flags, keyPrefix: '003', labelPlural: 'Contacts', custom: false, fields: isHostile ? fields.slice(0, 40).map(hostile) : fields, recordTypeInfos: [] };
  return method === 'POST' ? { id: '003Hn0000000001IAA', success: true, errors: [] } : {};
}

before(async () => {
  browser = await launch();
  org = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { compositeRequest } = JSON.parse(Buffer.concat(chunks).toString());
      asked.push(compositeRequest.map(({ method, url }) => `${method} ${url}`).join(', '));
      const parts = compositeRequest.map((part) => ({ body: answer(part), httpHeaders: {}, httpStatusCode: part.method === 'POST' ? 201 : 200, referenceId: part.referenceId }));
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ compositeResponse: parts }));
    });
  });
  await new Promise((done) => org.listen(0, '127.0.0.1', done));
});
after(async () => {
  await browser?.close();
  org?.closeAllConnections();
  org?.close();
});

/** Types a letter and says after how many milliseconds the list shows what it should. */
const listed = (page, field, search, expected) =>
  field.evaluate(
    (input, search, expected) =>
      new Promise((done) => {
        const list = document.getElementById(input.getAttribute('aria-controls'));
        const began = performance.now();
        let longest = 0;
        let before = began;
        const look = (now) => {
          longest = Math.max(longest, now - before);
          before = now;
          if (list.querySelector('li')?.textContent.includes(expected)) done({ milliseconds: Math.round(now - began), longestFrame: Math.round(longest), drawn: list.children.length });
          else requestAnimationFrame(look);
        };
        input.value = search;
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
        requestAnimationFrame(look);
      }),
    search,
    expected,
  );

test('1,500 objects and 800 fields', async () => {
  const server = await serve('--domain', DOMAIN, '--route', `http://127.0.0.1:${org.address().port}`, '--token', '00D!simulated');
  const opened = await open(browser, server.address);
  const { page } = opened;
  assert.equal(await (await named(page, 'Deployment domain')).evaluate((input) => input.value), DOMAIN);
  await press(page, 'Authenticate');
  await shows(page, '{"status":"success"}');
  const object = await named(page, 'Object, Row 1');
  for (const [search, expected] of [['g', 'Größe'], ['größe 14', 'Größe 14'], ['größe 149', 'Größe 149'], ['object_1234', 'Object_1234__c']]) {
    const { drawn, ...times } = await listed(page, object, search, expected);
    console.log(`objects, “${search}”: ${JSON.stringify(times)}`);
    assert.ok(drawn <= 50, `${drawn} entries are drawn`);
  }
  await type(page, object, '');
  await object.click();
  await shows(page, '1450 more: type to find them.');
  await picture(page, 'objects');
  await type(page, object, 'Contact');
  await page.keyboard.press('Escape');
  const field = await named(page, 'Field, Row 1');
  for (const [search, expected] of [['f', 'Feld'], ['feld 79', 'Feld 79'], ['field_512', 'Field_512__c'], ['lastname', 'LastName']]) {
    const { drawn, ...times } = await listed(page, field, search, expected);
    console.log(`fields, “${search}”: ${JSON.stringify(times)}`);
    assert.ok(drawn <= 50, `${drawn} entries are drawn`);
  }
  // The org was asked once for each list.
  assert.equal(asked.length, 2, asked.join('\n'));
  await type(page, field, 'LastName');
  await page.keyboard.press('Escape');
  await type(page, await named(page, 'Variable, Row 1'), 'name');
  await type(page, await page.waitForSelector(`::-p-xpath(//label[code='name']/following-sibling::textarea)`), 'Berg');
  await shows(page, 'A new one is created.');
  // A real org is written to after a question, and not after "Cancel".
  await press(page, 'Run');
  await shows(page, 'Write to the org?');
  await picture(page, 'question');
  await press(page, 'Cancel');
  await page.waitForFunction(() => !document.querySelector('dialog'));
  assert.equal(asked.length, 2, asked.join('\n'));
  await press(page, 'Run');
  await press(page, 'Run it');
  await page.waitForSelector('.result a');
  assert.equal(await page.$eval('.result a', (link) => link.href), `https://${DOMAIN}/003Hn0000000001IAA`);
  assert.ok(!(await page.content()).includes('00D!simulated'), 'the token is on the page');
  await assertClean(opened, server.origin);
  await page.close();
  server.stop();
});

test('names of a hostile org are shown as the text that they are, and a link is one to the web', async () => {
  isHostile = true;
  const server = await serve('--domain', DOMAIN, '--route', `http://127.0.0.1:${org.address().port}`, '--token', '00D!simulated');
  // A run that something else has written into the folder.
  const record = { name: HOSTILE, sobject: 'Contact', result: HOSTILE, id: HOSTILE, url: 'javascript:alert(1)', error: { code: HOSTILE, retry: HOSTILE, texts: { en: { administrator: HOSTILE } } } };
  const run = { id: '00000000000001-00000000', at: HOSTILE, status: HOSTILE, correlation: HOSTILE, domain: HOSTILE, simulated: false, settings: {}, names: [HOSTILE], values: null, records: [record, { ...record, url: 'data:text/html,x' }, 5, null], error: 7 };
  writeFileSync(join(server.runs, `${run.id}.json`), JSON.stringify(run));
  writeFileSync(join(server.runs, '00000000000002-00000000.json'), '[]');
  const opened = await open(browser, server.address);
  const { page } = opened;
  page.on('dialog', (dialog) => opened.complaints.push(`a dialog: ${dialog.message()}`));
  await (await page.waitForSelector('.runs summary')).click();
  await shows(page, '<script>');
  assert.equal((await page.$$('.runs a')).length, 0);
  const object = await named(page, 'Object, Row 1');
  await type(page, object, 'object_3');
  await page.waitForSelector('[role=option]');
  const [first] = await page.$$eval('[role=option] span', (all) => all.map((one) => [one.textContent.length, getComputedStyle(one).unicodeBidi]));
  assert.deepEqual(first, [301, 'isolate']);
  await type(page, object, 'Contact');
  await page.keyboard.press('Escape');
  await type(page, await named(page, 'Field, Row 1'), 'field_3');
  await page.waitForSelector('[role=option]');
  assert.deepEqual(await page.$$eval('script, img, iframe', (all) => all.map((one) => one.outerHTML)), ['<script type="module" src="/editor.js"></script>']);
  await page.keyboard.press('Escape');
  await assertClean(opened, server.origin);
  await page.close();
  server.stop();
  isHostile = false;
});
