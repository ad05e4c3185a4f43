// Draws the forms in headless Chromium, as an author would fill them in: the seed's three rows, one edited, one more, and `check` of what
// comes out. Pictures go to target/form/.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';

const host = process.env.CHAT_HOST;
const pictures = process.env.PICTURES;
const WORDS = {
  en: { more: 'More settings', submit: 'Submit', add: 'Add to Mappings', object: 'Object', field: 'Field', value: 'Variable' },
  de: { more: 'Weitere Einstellungen', submit: 'Absenden', add: 'Zuordnungen', object: 'Objekt', field: 'Feld', value: 'Variable' },
};
/** The seed's three rows. */
const SEED = {
  mode: 'sobject-write',
  deploymentDomain: 'example.my.salesforce.com',
  mappings: [
    { source: { variable: 'customer_email' }, object: 'Contact', field: 'Email', useToFindExisting: true },
    { source: { variable: 'customer_firstname' }, object: 'Contact', field: 'FirstName' },
    { source: { variable: 'customer_lastname' }, object: 'Contact', field: 'LastName' },
  ],
};
const style = readFileSync(new URL('style.css', import.meta.url), 'utf8');
const bundles = {};
let browser;

function formOf(mode, renderer, language) {
  const values = ['form', mode, '--renderer', renderer, '--language', language, '--records', 'Contact'];
  return JSON.parse(execFileSync(host, values, { encoding: 'utf8' }));
}

/** What `check` says of settings; it exits 2 where one of the findings is an error. */
function check(settings) {
  const input = JSON.stringify(settings);
  return JSON.parse(execFileSync(host, ['check', '--json', '--settings', '-'], { input, encoding: 'utf8' })).findings;
}

before(async () => {
  mkdirSync(pictures, { recursive: true });
  for (const renderer of ['rjsf', 'jsonforms']) {
    const options = { bundle: true, write: false, jsx: 'automatic', define: { 'process.env.NODE_ENV': '"production"' } };
    const built = await build({
      ...options, entryPoints: [new URL(`${renderer}.jsx`, import.meta.url).pathname], logLevel: 'warning',
      nodePaths: [process.env.NODE_MODULES],
    });
    bundles[renderer] = built.outputFiles[0].text;
  }
  browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
});

after(() => browser?.close());

/** A page with a form, and what its console complains of. */
async function open(renderer, language, width, page) {
  const tab = await browser.newPage();
  await tab.setViewport({ width, height: 900 });
  const complaints = [];
  tab.on('pageerror', (error) => complaints.push(String(error)));
  tab.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text());
  });
  await tab.setContent(`<!doctype html><html lang="${language}"><meta charset="utf-8"><style>${style}</style><main id="form"></main></html>`);
  const given = JSON.stringify({ language, words: WORDS[language], ...page }).replaceAll('<', '\\u003c');
  await tab.addScriptTag({ content: `window.page = ${given};` });
  await tab.addScriptTag({ content: bundles[renderer] });
  await tab.waitForSelector('#form input');
  return { tab, complaints };
}

/** Clicks what stands still: accordions open slowly. */
const click = (element) => element.asLocator().click();

/** Types over what stands in a field. */
async function type(tab, field, text) {
  await click(field);
  await field.evaluate((input) => input.select());
  // At once: JSON Forms writes back what it has after a pause, and a slow machine types slower than that.
  await tab.keyboard.sendCharacter(text);
}

async function isNarrow(tab) {
  const [content, window] = await tab.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window, `${content} pixels of content in ${window}`);
}

const settings = (tab) => tab.evaluate(() => window.settings);

/** What was submitted is what `check` takes, with the two changes and nothing that the author did not enter. */
async function assertSubmitted(tab) {
  const submitted = await tab.waitForFunction(() => window.submitted, { timeout: 5000 }).catch(async () => {
    assert.fail(`not submitted: ${await tab.$eval('#form', (element) => element.innerText)}`);
  });
  const value = await submitted.jsonValue();
  const expected = structuredClone(SEED);
  expected.mappings[1].source.variable = 'first_name';
  expected.mappings.push({ source: { variable: 'customer_phone' }, object: 'Contact', field: 'Phone' });
  assert.deepEqual(value, expected);
  assert.deepEqual(check(value).filter(({ severity }) => severity === 'error'), []);
}

for (const language of ['en', 'de']) {
  for (const width of [1280, 390]) {
    const words = WORDS[language];

    test(`react-jsonschema-form, ${language}, ${width} pixels`, async () => {
      const form = formOf('sobject-write', 'react-jsonschema-form', language);
      const { tab, complaints } = await open('rjsf', language, width, { form, data: SEED });
      assert.deepEqual(await settings(tab), SEED, 'nothing is filled in by itself');
      const labels = () => tab.$$eval('fieldset.row > legend', (all) => all.map((legend) => legend.textContent));
      assert.deepEqual((await labels()).slice(0, 2), ['customer_email → Contact.Email', 'customer_firstname → Contact.FirstName']);
      await isNarrow(tab);
      await tab.screenshot({ path: join(pictures, `rjsf-${language}-${width}.png`), fullPage: true });
      await type(tab, await tab.$('#root_mappings_1_source_variable'), 'first_name');
      await click(await tab.$('#root_mappings__add'));
      await tab.waitForSelector('#root_mappings_3_source_variable');
      await type(tab, await tab.$('#root_mappings_3_source_variable'), 'customer_phone');
      await type(tab, await tab.$('#root_mappings_3_object'), 'Contact');
      await type(tab, await tab.$('#root_mappings_3_field'), 'Phone');
      assert.equal((await labels())[3], 'customer_phone → Contact.Phone');
      await click(await tab.$('fieldset.row details summary'));
      await tab.screenshot({ path: join(pictures, `rjsf-${language}-${width}-more.png`), fullPage: true });
      await click(await tab.$('button[type=submit]'));
      await assertSubmitted(tab);
      assert.deepEqual(complaints, []);
      await tab.close();
    });

    test(`JSON Forms, ${language}, ${width} pixels`, async () => {
      const form = formOf('sobject-write', 'json-forms', language);
      const { tab, complaints } = await open('jsonforms', language, width, { form, data: SEED });
      const text = () => tab.$eval('#form', (element) => element.innerText);
      assert.ok(!(await text()).includes('No applicable renderer'), await text());
      await isNarrow(tab);
      const rows = () => tab.$$('.MuiAccordion-root');
      const unfold = async (at) => {
        const row = (await rows())[at];
        const summary = await row.$('.MuiAccordionSummary-root');
        if (await summary.evaluate((one) => one.getAttribute('aria-expanded')) !== 'true') await click(summary);
        await tab.waitForFunction((one) => one.querySelectorAll('input').length >= 4, {}, row);
        return row.$$('input');
      };
      await tab.screenshot({ path: join(pictures, `jsonforms-${language}-${width}.png`), fullPage: true });
      const [variable] = await unfold(1);
      await variable.asLocator().hover();
      await tab.screenshot({ path: join(pictures, `jsonforms-${language}-${width}-row.png`), fullPage: true });
      await type(tab, variable, 'first_name');
      await click(await tab.$('button[aria-label^=Add]'));
      await tab.waitForFunction(() => document.querySelectorAll('.MuiAccordion-root').length === 4);
      const [source, object, field] = await unfold(3);
      await type(tab, source, 'customer_phone');
      await type(tab, object, 'Contact');
      await type(tab, field, 'Phone');
      await tab.waitForFunction(() => window.settings.mappings[3]?.field === 'Phone');
      await tab.screenshot({ path: join(pictures, `jsonforms-${language}-${width}-more.png`), fullPage: true });
      assert.ok(!(await text()).includes('No applicable renderer'), await text());
      await click(await tab.$('button[type=submit]'));
      await assertSubmitted(tab);
      assert.deepEqual(complaints, []);
      await tab.close();
    });
  }

  for (const mode of ['sobject-write', 'sobject-read', 'api-request']) {
    test(`an empty form of ${mode} in each renderer, ${language}`, async () => {
      for (const [page, renderer] of [['rjsf', 'react-jsonschema-form'], ['jsonforms', 'json-forms']]) {
        const form = formOf(mode, renderer, language);
        for (const isStock of page === 'rjsf' ? [false, true] : [true]) {
          const { tab, complaints } = await open(page, language, 1280, { form, data: form.data, isStock });
          const text = await tab.$eval('#form', (element) => element.innerText);
          assert.ok(!/No applicable renderer|Unsupported field|Unknown field/.test(text), text);
          await tab.screenshot({ path: join(pictures, `${page}-${mode}-${language}${isStock ? '-stock' : ''}.png`), fullPage: true });
          await tab.click('button[type=submit]');
          assert.equal(await tab.evaluate(() => window.submitted), undefined, 'an empty form is not submitted');
          // react-jsonschema-form says so by itself.
          assert.deepEqual(complaints.filter((complaint) => !complaint.startsWith('Form validation failed')), []);
          await tab.close();
        }
      }
    });
  }
}
