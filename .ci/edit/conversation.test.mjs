// What an author does with the sample conversation and with the runs: files, runs that are made again, names of every kind.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { named, picture, press, shows, type } from './page.mjs';
import { chips, run, say, stories } from './story.mjs';

const DOMAIN = 'example.my.salesforce.com';
const story = stories();
const document = (mappings, more) => ({ mode: 'sobject-write', deploymentDomain: DOMAIN, mappings, ...more });
const row = (variable, object, field, more) => ({ source: { variable }, object, field, ...more });

/** Opens settings from a file, as with "Open…". */
async function openSettings(page, settings) {
  const folder = mkdtempSync(join(tmpdir(), 'edit-open-'));
  const path = join(folder, 'settings.json');
  writeFileSync(path, typeof settings === 'string' ? settings : JSON.stringify(settings));
  const input = await page.waitForSelector('header input[type=file]');
  await input.uploadFile(path);
  // The page has read it when its field is empty again, and drawn it one frame later.
  await page.waitForFunction((field) => field.files.length === 0, {}, input);
  rmSync(folder, { recursive: true });
}

test('a file is chosen, planned, previewed and attached', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'edit-choose-'));
  const photo = join(folder, 'photo.jpg');
  writeFileSync(photo, 'x'.repeat(2_000));
  const large = join(folder, 'large.bin');
  writeFileSync(large, 'x'.repeat((4 << 20) + 1));
  await story({}, async (page) => {
    await openSettings(page, document([row('topic', 'Case', 'Subject'), { source: { file: 'photo' }, object: 'Case' }]));
    await say(page, 'topic', 'Help');
    const input = await page.waitForSelector('input[aria-label="Choose a file: photo"]');
    await input.uploadFile(large);
    await shows(page, 'The file is too large');
    await input.uploadFile(photo);
    await shows(page, 'photo.jpg 2 kB');
    await shows(page, 'file of Case: photo.jpg 2 kB');
    // A reload keeps what was chosen: the server has it.
    await page.reload();
    await shows(page, 'photo.jpg 2 kB');
    await press(page, 'Preview');
    await shows(page, 'What would happen');
    assert.match(await page.$eval('.result', (part) => part.innerText), /Case: photo\.jpg 2 kB/);
    await run(page);
    assert.deepEqual(await chips(page), ['created', 'created']);
    await picture(page, 'file');
    await (await page.waitForSelector('button[aria-label="Remove: photo.jpg"]')).click();
    await page.waitForFunction(() => !document.querySelector('.chosen li'));
    await run(page);
    assert.deepEqual(await chips(page), ['created']);
  });
  rmSync(folder, { recursive: true });
});

test('a run that wrote nothing is made again with one click', async () => {
  await story({}, async (page) => {
    await page.select('header select', '0');
    await (await page.waitForSelector('::-p-aria([name="Keep the values with the run"])')).click();
    await say(page, 'customer_lastname', 'x'.repeat(100));
    await run(page);
    assert.deepEqual(await chips(page), ['failed']);
    // The page has other values now, and the run its own.
    await say(page, 'customer_lastname', 'Berg');
    await run(page);
    assert.deepEqual(await chips(page), ['created']);
    await (await page.$('.runs summary')).click();
    await (await page.waitForSelector('::-p-aria([name="Only those that need a look (1)"])')).click();
    await shows(page, 'Nothing was written. Running it again helps only after');
    await picture(page, 'run-again');
    await run(page, 'Run again');
    assert.deepEqual(await chips(page), ['failed']);
    assert.equal(await page.$$eval('.variables textarea', (all) => all.find((one) => one.value === 'Berg')?.value), 'Berg');
    // The new one has taken its place among those that need a look.
    await shows(page, 'Runs (3)');
    assert.equal((await page.$$('.runs li')).length, 1);
    // What is done is not made again.
    await (await page.waitForSelector('::-p-aria([name="Only those that need a look (1)"])')).click();
    await shows(page, 'It was run again.');
    assert.equal((await page.$$('.runs li [aria-label^="Run again"]')).length, 1);
  });
});

test('a row is dragged to another place with the mouse', async () => {
  await story({}, async (page) => {
    await page.select('header select', '0');
    const titles = () => page.$$eval('.row', (rows) => rows.map((one) => one.getAttribute('aria-label').replace(/.* → /, '')));
    await shows(page, 'No remarks');
    assert.deepEqual(await titles(), ['Contact.Email', 'Contact.FirstName', 'Contact.LastName']);
    const middle = async (selector) => {
      const { x, y, width, height } = await (await page.waitForSelector(selector)).boundingBox();
      return [x + width / 2, y + height / 2];
    };
    const drag = async (from, to) => {
      await page.mouse.move(...(await middle(`.row:nth-child(${from}) .grip`)));
      await page.mouse.down();
      // Chromium begins to drag after some pixels.
      const [x, y] = await middle(`.row:nth-child(${to}) .grip`);
      await page.mouse.move(x, y - 4, { steps: 5 });
      await page.mouse.move(x, y, { steps: 2 });
      await page.mouse.up();
    };
    await drag(1, 3);
    await page.waitForFunction(() => document.querySelector('.row:last-child').getAttribute('aria-label').endsWith('Contact.Email'));
    assert.deepEqual(await titles(), ['Contact.FirstName', 'Contact.LastName', 'Contact.Email']);
    await drag(3, 2);
    await page.waitForFunction(() => document.querySelector('.row:nth-child(2)').getAttribute('aria-label').endsWith('Contact.Email'));
    await press(page, 'Undo');
    assert.deepEqual(await titles(), ['Contact.FirstName', 'Contact.LastName', 'Contact.Email']);
    // Text in a field is selected with the mouse, and drags no row.
    await page.mouse.move(...(await middle('.row:nth-child(1) .combobox input')));
    await page.mouse.down();
    await page.mouse.move(...(await middle('.row:nth-child(3) .combobox input')), { steps: 5 });
    await page.mouse.up();
    assert.deepEqual(await titles(), ['Contact.FirstName', 'Contact.LastName', 'Contact.Email']);
  });
});

test('groups of keys and a rule by its id have fields of their own', async () => {
  await story({}, async (page) => {
    const key = { useToFindExisting: true };
    await openSettings(page, document([row('mail', 'Contact', 'Email', { ...key, whenBlank: 'fail' }), row('first', 'Contact', 'FirstName', key), row('last', 'Contact', 'LastName', key), row('topic', 'Case', 'Subject')], { objects: { Case: { assignmentRule: '01Q000000000001' } } }));
    await (await page.waitForSelector('::-p-xpath(//summary[normalize-space()="Records"])')).click();
    const rule = await named(page, 'Assignment rule: The rule with this id');
    assert.equal(await rule.evaluate((input) => input.value), '01Q000000000001');
    const keys = await named(page, 'How several keys work together');
    const choose = (select, title) => select.evaluate((one, title) => one.querySelectorAll('option').forEach((option) => option.textContent === title && (one.value = option.value)) ?? one.dispatchEvent(new Event('change', { bubbles: true })), title);
    await choose(keys, 'Groups, tried in order');
    const group = 'How several keys work together: Groups, tried in order: Entry 1';
    await type(page, await named(page, `${group}: Entry 1`), 'Email');
    await page.keyboard.press('Escape');
    const add = await page.waitForSelector(`::-p-xpath(//*[@aria-label="${group}"]/button)`);
    await add.click();
    await type(page, await named(page, `${group}: Entry 2`), 'FirstName');
    await page.keyboard.press('Escape');
    await picture(page, 'groups');
    await press(page, 'JSON');
    const { objects } = JSON.parse(await page.$eval('textarea.document', (area) => area.value));
    assert.deepEqual(objects.Contact.matchKeys, [['Email', 'FirstName']]);
    await press(page, 'JSON');
    assert.equal((await page.$$('.settings textarea.code')).length, 0, 'nothing is left to be written as JSON');
    await (await page.waitForSelector('::-p-xpath(//summary[normalize-space()="Records"])')).click();
    await choose(await named(page, 'How several keys work together'), 'Tried in order');
    await page.waitForFunction(() => !document.querySelector('[role=group]'));
  });
});

test('what a hostile file, name or pointer can do: be shown', async () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
  const deep = (depth) => '['.repeat(depth) + ']'.repeat(depth);
  await story({}, async (page) => {
    await openSettings(page, document(names.map((name) => row(name, 'Contact', name === '__proto__' ? 'LastName' : name)), { objects: { Contact: { store: { Id: 'constructor' } } } }));
    for (const name of names) await say(page, name, `value of ${name}`);
    await shows(page, '"value of __proto__"');
    assert.equal(await page.evaluate(() => Object.keys(Object.prototype).length), 0);
    await type(page, await named(page, 'Name of the variable'), 'valueOf');
    await press(page, 'Add a variable');
    await say(page, 'valueOf', 'x');
    for (const settings of [
      document([row('constructor', 'constructor', 'valueOf')], { objects: { constructor: { store: { Id: 'toString' } } } }),
      { mode: {}, deploymentDomain: { a: 1 }, mappings: 5, objects: [] },
      { mode: 'sobject-write', mappings: [[], null, 'x', { source: [], object: {}, field: [1], onlyFor: 'x', useToFindExisting: {} }], objects: { Contact: 5, __proto__: { x: 1 } } },
      { mode: '__proto__', mappings: {} },
      `{"mode":"sobject-write","__proto__":{"polluted":1},"mappings":[{"source":{"__proto__":{"polluted":1}},"object":"Contact","field":"LastName"}],"objects":{"__proto__":{"store":{}}}}`,
      `{"mode":"sobject-write","title":${deep(90)}}`,
      document([row('a', 'Contact', 'LastName')], { title: 'x'.repeat(100_000), objects: { ['y'.repeat(100_000)]: {} } }),
    ]) {
      await openSettings(page, settings);
      await page.waitForSelector('.settings');
      await page.waitForFunction(() => document.querySelectorAll('.findings li.error').length > 0 || document.querySelector('.counted').textContent !== '');
      assert.equal(await page.evaluate(() => ({}).polluted), undefined);
    }
    // What no reader takes is not opened.
    await openSettings(page, `{"title":${deep(100_000)}}`);
    await shows(page, 'This is not JSON');
  });
});
