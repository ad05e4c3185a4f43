// The pictures of the guides for authors, in both languages, and the one of the README: they are made here, from the page as it is.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertClean, launch, open, press, serve, shows, start, tab, type } from './page.mjs';

const folder = join(process.env.PICTURES, 'guide');
const WORDS = {
  en: { plan: '1 to 2 requests to Salesforce.', preview: 'Preview', run: 'Run', create: 'would be created', created: 'created', update: 'would be updated' },
  de: { plan: '1 bis 2 Anfragen an Salesforce.', preview: 'Vorschau', run: 'Ausführen', create: 'würde angelegt', created: 'angelegt', update: 'würde geändert' },
};
const row = (variable, field, more) => ({ source: { variable }, object: 'Contact', field, ...more });
const SETTINGS = {
  mode: 'sobject-write',
  deploymentDomain: 'example.my.salesforce.com',
  mappings: [
    row('customer_email', 'Email', { useToFindExisting: true, whenBlank: 'fail' }),
    row('customer_firstname', 'FirstName'),
    row('customer_lastname', 'LastName', { whenBlank: 'fail' }),
  ],
};
const VARIABLES = { customer_email: 'anna.berg@example.com', customer_firstname: 'Anna', customer_lastname: 'Berg' };
let browser;
let home;

before(async () => {
  mkdirSync(folder, { recursive: true });
  home = mkdtempSync(join(tmpdir(), 'edit-guide-'));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

function file(name, content) {
  const path = join(home, name);
  writeFileSync(path, JSON.stringify(content, null, 2));
  return path;
}

/** What a window shows, with this part of the page at its top. */
async function picture(page, name, selector, height = 780) {
  await page.setViewport({ width: 1280, height });
  await page.$eval(selector, (part) => part.scrollIntoView());
  await page.screenshot({ path: join(folder, `${name}.webp`), type: 'webp', quality: 80 });
}

for (const language of Object.keys(WORDS)) {
  test(`the pictures of the guide, ${language}`, async () => {
    const words = WORDS[language];
    const server = await serve('--settings', file(`${language}.json`, SETTINGS), '--variables', file(`${language}-variables.json`, VARIABLES), '--language', language);
    const opened = await open(browser, server.address);
    const { page } = opened;
    await shows(page, words.plan);
    const shown = await page.evaluate(() => document.body.innerText);
    assert.equal(shown.includes('finds the existing record'), language === 'en');
    await picture(page, `settings-${language}`, 'body');
    await press(page, words.preview);
    await shows(page, words.create);
    await press(page, words.run);
    await shows(page, words.created);
    await page.waitForFunction((id) => document.activeElement?.id === id, {}, 'result-heading');
    await picture(page, `created-${language}`, '#result-heading', 520);
    await type(page, await page.waitForSelector("::-p-xpath(//label[code='customer_lastname']/following-sibling::textarea)"), 'Berg-Olsen');
    await shows(page, '"Berg-Olsen"');
    await press(page, words.preview);
    await shows(page, words.update);
    await picture(page, `preview-${language}`, '#result-heading', 420);
    await assertClean(opened, server.origin);
    await page.close();
    server.stop();
  });
}

test("the pictures of the guide, the visitor's page", async () => {
  const questions = ['What is your e-mail address?', 'Your first name?', 'And your last name?', 'What is it about?'];
  const server = await start('chat', '--web');
  const opened = await tab(browser);
  const { page } = opened;
  await page.goto(server.line);
  for (const [at, answer] of ['anna.berg@example.com', 'Anna', 'Berg'].entries()) {
    await shows(page, questions[at]);
    await type(page, await page.waitForSelector('#answer:not([readonly])'), answer);
    await page.keyboard.press('Enter');
  }
  await shows(page, questions[3]);
  await shows(page, 'Contact holds now');
  await picture(page, 'chat-en', 'body');
  await assertClean(opened, new URL(server.line).origin);
  await page.close();
  server.stop();
});

test('docs/pictures has the pictures that are made here', () => {
  const committed = readdirSync(process.env.COMMITTED).sort();
  assert.deepEqual(committed, readdirSync(folder).sort(), 'run `.ci/edit/run --pictures`, which puts them there');
});
