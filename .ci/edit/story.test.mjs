// The seed's story in the page, as an author would go through it, and what an author may do on the way.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertAccessible, assertClean, assertFits, named, open, picture, press, serve, shows, type } from './page.mjs';
import { chips, run, say, stories } from './story.mjs';

const DOMAIN = 'example.my.salesforce.com';
const story = stories();

/** Types into a combobox and chooses the first entry. */
async function choose(page, name, search, value) {
  const field = await named(page, name);
  await type(page, field, search);
  await page.waitForFunction((input) => document.getElementById(input.getAttribute('aria-controls')).querySelector('[role=option]'), {}, field);
  await page.waitForFunction((input, value) => document.getElementById(input.getAttribute('aria-controls')).querySelector('[role=option] code, [role=option] span')?.closest('li').textContent.includes(value), {}, field, value);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  assert.equal(await field.evaluate((input) => input.value), value);
}

async function row(page, number, variable, field) {
  await type(page, await named(page, `Variable, Row ${number}`), variable);
  await choose(page, `Object, Row ${number}`, 'conta', 'Contact');
  await choose(page, `Field, Row ${number}`, field.toLowerCase(), field);
}

test('from an empty page to a Contact that is created, and then updated', async () => {
  await story({}, async (page) => {
    await picture(page, '1-empty');
    await type(page, await named(page, 'Deployment domain'), `https://${DOMAIN}/`);
    await press(page, `Use ${DOMAIN}`);
    await press(page, 'Authenticate');
    await shows(page, '{"status":"success"}');
    await row(page, 1, 'customer_email', 'Email');
    await (await page.$('.row:nth-child(1) .key input')).click();
    await press(page, 'Add a row');
    await row(page, 2, 'customer_firstname', 'FirstName');
    await press(page, 'Add a row');
    await row(page, 3, 'customer_lastname', 'LastName');
    await say(page, 'customer_email', 'anna.berg@example.com');
    await say(page, 'customer_firstname', 'Anna');
    await say(page, 'customer_lastname', 'Berg');
    await shows(page, 'Is looked for by Email = "anna.berg@example.com".');
    await shows(page, '1 to 2 requests to Salesforce.');
    await picture(page, '2-filled');
    // The remedy of a remark is one click.
    await shows(page, 'no Contact is written');
    await press(page, 'Set “When the value is blank”: Write nothing at all');
    await shows(page, 'No remarks');
    await press(page, 'Preview');
    await shows(page, 'would be created');
    await run(page);
    assert.deepEqual(await chips(page), ['created']);
    await shows(page, 'Contact holds now');
    await picture(page, '3-created');
    // What was entered is there after a reload, and the org remembers.
    await page.reload();
    await shows(page, 'Is looked for by Email = "anna.berg@example.com".');
    await say(page, 'customer_lastname', 'Berg-Olsen');
    await shows(page, '"Berg-Olsen"');
    await press(page, 'Preview');
    await shows(page, 'would be updated');
    const cells = await page.$$eval('.result tbody tr', (rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
    assert.deepEqual(cells, [['LastName', 'Berg', 'Berg-Olsen']]);
    await picture(page, '4-preview');
    await run(page);
    assert.deepEqual(await chips(page), ['updated']);
    await (await page.$('.exchanges summary')).click();
    await shows(page, '/services/data/v62.0/composite');
    await picture(page, '5-updated');
  });
});

/** Tab, until the control with this name has the focus. */
async function tabTo(page, name) {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent);
    if (focused.startsWith(name)) return;
  }
  assert.fail(`no Tab leads to ${name}`);
}

test('with the keyboard alone', async () => {
  await story({}, async (page) => {
    const { keyboard } = page;
    await tabTo(page, 'Deployment domain');
    await keyboard.type(DOMAIN);
    await tabTo(page, 'Authenticate');
    await keyboard.press('Enter');
    await shows(page, '{"status":"success"}');
    await tabTo(page, 'Variable, Row 1');
    await keyboard.type('name');
    await tabTo(page, 'Object, Row 1');
    await keyboard.type('contact');
    await page.waitForSelector('[role=option]');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await tabTo(page, 'Field, Row 1');
    // The list opens without a letter, is left without a choice, and opens again.
    await keyboard.press('ArrowDown');
    await page.waitForSelector('[role=option]');
    await keyboard.press('Escape');
    assert.equal(await page.$('[role=option]'), null);
    await keyboard.type('lastname');
    await page.waitForSelector('[role=option]');
    // What is typed in another case gets the field's own spelling.
    await keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.value), 'LastName');
    await tabTo(page, 'Add a row');
    await keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('.row').length === 2);
    // The focus is in the new row, which goes on with the object of the one before.
    await page.waitForFunction(() => document.activeElement.getAttribute('aria-label') === 'Kind of value, Row 2');
    await keyboard.type('Fixed value');
    await tabTo(page, 'Fixed value, Row 2');
    await keyboard.type('VIP');
    await tabTo(page, 'Field, Row 2');
    await keyboard.type('Department');
    await keyboard.press('Escape');
    await keyboard.down('Alt');
    await keyboard.press('ArrowUp');
    await keyboard.up('Alt');
    const titles = () => page.$$eval('.row', (rows) => rows.map((one) => one.getAttribute('aria-label')));
    assert.deepEqual(await titles(), ['Row 1: VIP → Contact.Department', 'Row 2: name → Contact.LastName']);
    await keyboard.down('Control');
    await keyboard.press('z');
    await keyboard.up('Control');
    assert.deepEqual(await titles(), ['Row 1: name → Contact.LastName', 'Row 2: VIP → Contact.Department']);
    await tabTo(page, 'name');
    await keyboard.type('Berg');
    await shows(page, 'A new one is created.');
    await tabTo(page, 'Run');
    await keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'result-heading');
    assert.deepEqual(await chips(page), ['created']);
  });
});

for (const [language, width, dark] of [['de', 390, false], ['en', 390, true], ['de', 1280, true]]) {
  test(`each preset, with all that is behind "More", ${language}, ${width} pixels, ${dark ? 'dark' : 'light'}`, async () => {
    const words = { en: { run: 'Run', done: 'Done.', more: 'More', records: 'Records', further: 'More settings' }, de: { run: 'Ausführen', done: 'Erledigt.', more: 'Mehr', records: 'Datensätze', further: 'Weitere Einstellungen' } }[language];
    await story({ width, dark }, async (page) => {
      for (const preset of ['0', '1', '2', '3']) {
        await page.select('header select', preset);
        await page.waitForFunction(() => document.querySelectorAll('.plan .cards > li').length > 0);
        assert.equal((await page.$$('.findings li')).length, 0);
        await press(page, words.run);
        await shows(page, words.done);
        await assertFits(page);
        await picture(page, `preset-${preset}-${language}-${width}-${dark ? 'dark' : 'light'}`);
      }
      for (const button of await page.$$(`.row button[aria-expanded=false]`)) await button.click();
      for (const summary of await page.$$('details:not([open]) > summary')) await summary.click();
      await assertFits(page);
      await assertAccessible(page);
      await picture(page, `all-${language}-${width}-${dark ? 'dark' : 'light'}`);
    }, ['--language', language]);
  });
}

test('the language changes all words at once, findings among them', async () => {
  await story({}, async (page) => {
    await type(page, await named(page, 'Deployment domain'), 'nonsense');
    await shows(page, 'Error');
    await page.select('header select:last-of-type', 'de');
    await shows(page, 'Domain der Organisation');
    await shows(page, 'Fehler');
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
    const text = await page.$eval('main', (main) => main.innerText);
    assert.ok(!/\b(Error|Mapping|Field|Value|Run)\b/.test(text), text);
  });
});

test('JSON is edited as text, with its errors, and becomes the form', async () => {
  await story({}, async (page) => {
    await page.select('header select', '0');
    await shows(page, 'No remarks');
    await press(page, 'JSON');
    const text = await page.waitForSelector('textarea.document');
    const document = await text.evaluate((area) => area.value);
    await type(page, text, document.replace('"mode"', 'mode'));
    await shows(page, 'not valid JSON');
    await picture(page, 'json');
    await type(page, text, document.replace('"Email"', '"Email__c"').replace('"customer_lastname"', '12345678901234567890').replace('"variable": 12', '"constant": 12'));
    await shows(page, 'No remarks');
    await press(page, 'JSON');
    assert.equal(await (await named(page, 'Field, Row 1')).evaluate((input) => input.value), 'Email__c');
    // A number keeps its digits on the way through the form.
    await type(page, await named(page, 'Field, Row 2'), 'Salutation');
    await press(page, 'JSON');
    assert.ok((await page.$eval('textarea.document', (area) => area.value)).includes(' 12345678901234567890'));
  });
});

test('hostile values are shown as the text that they are', async () => {
  const hostile = `</textarea><script>alert(1)</script><img src=x onerror=alert(1)>\u202egpj.exe {"a":1} \${x} {{y}}`;
  const long = 'ü'.repeat(100_000);
  await story({}, async (page, _, opened) => {
    page.on('dialog', (dialog) => opened.complaints.push(`a dialog: ${dialog.message()}`));
    await page.select('header select', '0');
    await say(page, 'customer_firstname', hostile.slice(0, 40));
    await say(page, 'customer_lastname', hostile.slice(0, 80));
    await run(page);
    assert.deepEqual(await chips(page), ['created']);
    await shows(page, hostile.slice(0, 30));
    await say(page, 'customer_lastname', hostile);
    await run(page);
    // Too long for the field: the visitor is told so, without the value.
    await shows(page, 'The visitor can be told');
    await say(page, 'customer_firstname', long);
    await run(page);
    assert.deepEqual(await chips(page), ['failed']);
    await type(page, await named(page, 'Name of the variable'), hostile);
    await press(page, 'Add a variable');
    await type(page, await named(page, 'Variable, Row 1'), hostile);
    await type(page, await named(page, 'Object, Row 1'), hostile);
    await type(page, await named(page, 'Field, Row 1'), hostile);
    await shows(page, 'API name');
    assert.deepEqual(await page.$$eval('script, img, iframe', (all) => all.map((one) => one.outerHTML)), ['<script type="module" src="/editor.js"></script>']);
    await assertFits(page);
    await picture(page, 'hostile');
  });
});

test('runs are there again, those that need a look first, and with values if these were kept', async () => {
  await story({}, async (page) => {
    await page.select('header select', '0');
    await say(page, 'customer_lastname', 'x'.repeat(100));
    await run(page);
    assert.deepEqual(await chips(page), ['failed']);
    await say(page, 'customer_lastname', 'Berg');
    await (await page.waitForSelector('::-p-aria([name="Keep the values with the run"])')).click();
    await type(page, await named(page, 'Name of the conversation, for logs'), 'conversation-4711/step-3');
    await run(page);
    assert.deepEqual(await chips(page), ['created']);
    await press(page, 'New');
    await shows(page, 'Runs (2)');
    await (await page.$('.runs summary')).click();
    await shows(page, 'conversation-4711/step-3');
    await picture(page, 'runs');
    await press(page, 'Open again');
    await shows(page, '"Berg"');
    assert.equal(await (await named(page, 'Field, Row 1')).evaluate((input) => input.value), 'Email');
    await (await page.waitForSelector('::-p-aria([name="Only those that need a look (1)"])')).click();
    await shows(page, 'Running it again helps only after');
    assert.equal((await page.$$('.runs li')).length, 1);
    await press(page, 'Forget all');
    await page.waitForFunction(() => !document.querySelector('.runs'));
  });
});

test('the org is asked about the settings, and its facts are taken over', async () => {
  await story({}, async (page) => {
    await page.select('header select', '0');
    await type(page, await named(page, 'Field, Row 2'), 'FirstNme');
    await press(page, 'Check with the org');
    await shows(page, 'Failed.');
    await picture(page, 'asked');
    await press(page, 'Use FirstName');
    assert.equal(await (await named(page, 'Field, Row 2')).evaluate((input) => input.value), 'FirstName');
    await press(page, 'Check with the org');
    await shows(page, 'The org has all that the settings name.');
    await press(page, 'Use the prepared settings');
    await shows(page, 'These settings are prepared.');
    await shows(page, 'No remarks');
    // Salesforce itself finds the record now.
    await shows(page, 'Salesforce itself finds it by its key');
    await run(page);
    assert.deepEqual(await chips(page), ['created']);
    // What the org has not been asked about is told.
    await type(page, await named(page, 'Field, Row 2'), 'Department');
    await shows(page, '1 warning');
  });
});

test('a file is opened as it is, saved, and not written over another program', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'edit-file-'));
  const file = join(folder, 's.json');
  writeFileSync(file, '{ "mode": "sobject-write", ');
  const settings = JSON.stringify({ mode: 'sobject-write', deploymentDomain: DOMAIN, mappings: [{ source: { variable: 'name' }, object: 'Contact', field: 'LastName' }] });
  await story({}, async (page) => {
    await shows(page, 'not valid JSON');
    await type(page, await page.$('textarea.document'), settings);
    await press(page, 'Save');
    await shows(page, 'Saved to s.json.');
    assert.equal(readFileSync(file, 'utf8'), `${settings}\n`);
    writeFileSync(file, '{}');
    await press(page, 'Save');
    await shows(page, 'was changed by another program');
    assert.equal(readFileSync(file, 'utf8'), '{}');
    // A reload opens what is there now.
    await page.reload();
    await page.waitForSelector('.settings');
    assert.equal(await page.$eval('#mode', (select) => select.value), '');
  }, ['--settings', file]);
  rmSync(folder, { recursive: true });
});

test('a mode of its own settings: any other request', async () => {
  await story({}, async (page) => {
    await type(page, await named(page, 'Deployment domain'), DOMAIN);
    await page.select('#mode', 'api-request');
    await type(page, await named(page, 'Path'), '/services/data/v62.0/limits');
    await shows(page, '1 request to Salesforce.');
    await run(page);
    await shows(page, 'Done.');
  });
});

test('two tabs are two documents, and a server that is gone is told', async () => {
  const server = await serve();
  const first = await open(story.browser(), server.address);
  const second = await open(story.browser(), server.origin);
  await first.page.bringToFront();
  await first.page.select('header select', '0');
  await shows(first.page, 'customer_email');
  await second.page.bringToFront();
  assert.ok(!(await second.page.$eval('main', (main) => main.innerText)).includes('customer_email'));
  await assertClean(second, server.origin);
  server.stop();
  await type(second.page, await named(second.page, 'Deployment domain'), DOMAIN);
  await shows(second.page, 'chat-host edit');
  await picture(second.page, 'gone');
  await first.page.close();
  await second.page.close();
});

