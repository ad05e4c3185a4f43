// Draws the forms in headless Chromium, as an author would fill them in: the seed's three rows, a mistake and its message, a row edited,
// one more, and `check` of what comes out. Pictures are left in the folder PICTURES.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';

const { CHAT_HOST: host, CHROMIUM: executablePath, PICTURES: pictures, EXAMPLES: examples } = process.env;
const MORE = { en: 'More settings', de: 'Weitere Einstellungen' };
const STOPS = { en: 'Write nothing at all', de: 'Gar nichts schreiben' };
/** What the author is told of a wrong domain: the beginning of the setting's own help. */
const DOMAIN = { en: "The org's My Domain host", de: 'Der Host der Organisation' };
const DRAWN = { 'react-jsonschema-form': 'rjsf', 'json-forms': 'jsonforms' };
const row = (variable, field) => ({ source: { variable }, object: 'Contact', field });
/** The seed's three rows. */
const SEED = {
  mode: 'sobject-write',
  deploymentDomain: 'example.my.salesforce.com',
  mappings: [{ ...row('customer_email', 'Email'), useToFindExisting: true }, row('customer_firstname', 'FirstName'), row('customer_lastname', 'LastName')],
};
const EDITED = {
  ...SEED,
  mappings: [SEED.mappings[0], row('first_name', 'FirstName'), { ...SEED.mappings[2], whenBlank: 'fail' }, row('customer_phone', 'Phone')],
};
const style = readFileSync(new URL('style.css', import.meta.url), 'utf8');
const bundles = {};
let browser;

const ask = (values, input) => JSON.parse(execFileSync(host, values, { input, encoding: 'utf8' }));
const forms = new Map();

function formOf(mode, renderer, language, records = 'Contact') {
  const values = ['form', mode, '--renderer', renderer, '--language', language, '--records', records];
  const key = values.join(' ');
  if (!forms.has(key)) forms.set(key, ask(values));
  return forms.get(key);
}

/** Errors that `check` finds in settings. It exits 2 where there is one, and this throws. */
const errors = (settings) => ask(['check', '--json', '--settings', '-'], JSON.stringify(settings)).findings.filter(({ severity }) => severity === 'error');

before(async () => {
  mkdirSync(pictures, { recursive: true });
  for (const name of Object.values(DRAWN)) {
    const entry = new URL(`${name}.jsx`, import.meta.url).pathname;
    const options = { bundle: true, minify: true, write: false, jsx: 'automatic', define: { 'process.env.NODE_ENV': '"production"' }, logLevel: 'warning' };
    bundles[name] = (await build({ ...options, entryPoints: [entry] })).outputFiles[0].text;
  }
  browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
});

after(() => browser?.close());

/** A page with a form, and what its console complains of. */
async function open(renderer, language, width, page) {
  const tab = await browser.newPage();
  await tab.setViewport({ width, height: 900 });
  const complaints = [];
  tab.on('pageerror', (error) => complaints.push(String(error)));
  tab.on('console', (message) => {
    // react-jsonschema-form tells the console, too, that what was submitted is not valid.
    if (['error', 'warn'].includes(message.type()) && !message.text().startsWith('Form validation failed')) complaints.push(message.text());
  });
  await tab.setContent(`<!doctype html><html lang="${language}"><meta charset="utf-8"><style>${style}</style><main id="form"></main></html>`);
  const given = JSON.stringify({ language, ...page }).replaceAll('<', '\\u003c');
  await tab.addScriptTag({ content: `window.page = ${given};` });
  await tab.addScriptTag({ content: bundles[DRAWN[renderer]] });
  await tab.waitForSelector('#form input');
  const picture = async (name) => {
    await tab.screenshot({ path: join(pictures, `${DRAWN[renderer]}-${name}.png`), fullPage: true });
    // The page is scrolled back to where it was, which must not fall into a click.
    await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  };
  return { tab, complaints, picture };
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

async function choose(select, label) {
  const value = await select.$$eval('option', (all, label) => all.find((option) => option.textContent === label).value, label);
  await select.select(value);
}

const text = (tab) => tab.$eval('#form', (element) => element.innerText);

/** No part is wider than the window, and no text is cut. */
async function assertFits(tab) {
  const [content, width, cut] = await tab.evaluate(() => [
    document.documentElement.scrollWidth,
    innerWidth,
    [...document.querySelectorAll('label, legend, summary, button, h2, p, .MuiTypography-root')]
      .filter((one) => !one.closest('[aria-hidden=true]') && one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent),
  ]);
  assert.ok(content <= width, `${content} pixels of content in ${width}`);
  assert.deepEqual(cut, []);
}

async function submit(tab) {
  await click(await tab.$('button[type=submit]'));
  return tab.evaluate(() => window.submitted ?? null);
}

/** What was submitted is what `check` takes, with the changes and nothing that the author did not enter. */
async function assertSubmitted(tab, expected) {
  const submitted = await submit(tab);
  assert.ok(submitted, `not submitted: ${await text(tab)}`);
  assert.deepEqual(submitted, expected);
  assert.deepEqual(errors(submitted), []);
}

/** A wrong domain is not submitted, and the message tells what is expected. */
async function assertRefused(tab, domain, language) {
  await type(tab, domain, 'https://login.example.com');
  assert.equal(await submit(tab), null);
  const said = await tab.$$eval('.error-detail, .Mui-error', (all) => all.map((one) => one.textContent).join(' '));
  assert.ok(said.includes(DOMAIN[language]), said);
  await type(tab, domain, SEED.deploymentDomain);
}

/** The ways in which an author fills in each form: from the three rows to `EDITED`. */
const FILL = {
  async 'react-jsonschema-form'(tab, picture, language) {
    const labels = () => tab.$$eval('.row-of-form > legend', (all) => all.map((legend) => legend.textContent));
    assert.deepEqual((await labels()).slice(0, 2), ['customer_email → Contact.Email', 'customer_firstname → Contact.FirstName']);
    await picture('seed');
    await assertRefused(tab, await tab.$('#root_deploymentDomain'), language);
    await type(tab, await tab.$('#root_mappings_1_source_variable'), 'first_name');
    const third = (await tab.$$('.row-of-form'))[2];
    await click(await third.$('summary'));
    await choose(await third.$('#root_mappings_2_whenBlank'), STOPS[language]);
    await assertFits(tab);
    await picture('more');
    await click(await third.$('summary'));
    await click(await tab.$('#root_mappings__add'));
    await tab.waitForSelector('#root_mappings_3_source_variable');
    await type(tab, await tab.$('#root_mappings_3_source_variable'), 'customer_phone');
    await type(tab, await tab.$('#root_mappings_3_object'), 'Contact');
    await type(tab, await tab.$('#root_mappings_3_field'), 'Phone');
    assert.equal((await labels())[3], 'customer_phone → Contact.Phone');
  },
  async 'json-forms'(tab, picture, language) {
    const labels = () => tab.$$eval('.MuiAccordionSummary-content', (all) => all.map((one) => one.textContent));
    assert.deepEqual((await labels()).slice(0, 2), ['customer_email → Contact.Email', 'customer_firstname → Contact.FirstName']);
    await picture('seed');
    await assertRefused(tab, await tab.$('input'), language);
    await tab.waitForFunction(() => !document.querySelector('.Mui-error'));
    const unfold = async (at) => {
      const row = (await tab.$$('.MuiAccordion-root'))[at];
      const summary = await row.$('.MuiAccordionSummary-root');
      if (await summary.evaluate((one) => one.getAttribute('aria-expanded')) !== 'true') await click(summary);
      await tab.waitForFunction((one) => one.querySelectorAll('input').length >= 3, {}, row);
      return row;
    };
    await type(tab, await (await unfold(1)).$('input'), 'first_name');
    await picture('row');
    const third = await unfold(2);
    const more = await third.evaluateHandle((row, text) => [...row.querySelectorAll('[role=tab]')].find((one) => one.textContent === text), MORE[language]);
    await click(more);
    await assertFits(tab);
    await picture('more');
    await choose(await third.$('select[id*=whenBlank]'), STOPS[language]);
    await click(await tab.$('button.add'));
    await tab.waitForFunction(() => document.querySelectorAll('.MuiAccordion-root').length === 4);
    const [source, object, field] = await (await unfold(3)).$$('input:not([type=checkbox])');
    await type(tab, source, 'customer_phone');
    await type(tab, object, 'Contact');
    await type(tab, field, 'Phone');
    await tab.waitForFunction(() => window.settings.mappings[3]?.field === 'Phone');
    assert.equal((await labels())[3], 'customer_phone → Contact.Phone');
  },
};

for (const renderer of Object.keys(DRAWN)) {
  for (const language of ['en', 'de']) {
    for (const width of [1280, 390]) {
      test(`the seed's rows in ${renderer}, ${language}, ${width} pixels`, async () => {
        const form = formOf('sobject-write', renderer, language);
        const { tab, complaints, picture } = await open(renderer, language, width, { form, data: SEED });
        await assertFits(tab);
        await FILL[renderer](tab, (name) => picture(`${language}-${width}-${name}`), language);
        await assertFits(tab);
        await assertSubmitted(tab, EDITED);
        await picture(`${language}-${width}-end`);
        assert.deepEqual(complaints, []);
        await tab.close();
      });
    }
  }

  for (const mode of ask(['manifest']).modes) {
    test(`an empty form of ${mode} in ${renderer}, with the recipe and without`, async () => {
      for (const [language, width, isStock] of [['en', 1280, true], ['en', 1280, false], ['de', 390, false]]) {
        const form = formOf(mode, renderer, language);
        const { tab, complaints, picture } = await open(renderer, language, width, { form, data: form.data, isStock });
        const shown = await text(tab);
        assert.ok(!/No applicable renderer|Unsupported field|Unknown field/.test(shown), shown);
        if (!isStock) await assertFits(tab);
        await picture(`${mode}-${language}-${width}${isStock ? '-stock' : ''}`);
        assert.equal(await submit(tab), null, 'an empty form is not submitted');
        assert.deepEqual(complaints, []);
        await tab.close();
      }
    });
  }

  // A stored document is opened, and comes out as it was: nothing is filled in, chosen or left out by itself.
  test(`the settings of the examples in ${renderer}`, async () => {
    let opened = 0;
    for (const file of readdirSync(examples).filter((name) => name.endsWith('.json'))) {
      const settings = JSON.parse(readFileSync(join(examples, file), 'utf8'));
      if (settings.mode === undefined) continue;
      const records = [...new Set((settings.mappings ?? []).map(({ object }) => object))].join(',');
      // JSON Forms changes nothing by itself, with or without the recipe.
      for (const isStock of renderer === 'json-forms' ? [false] : [false, true]) {
        const { tab, complaints } = await open(renderer, 'en', 1280, { form: formOf(settings.mode, renderer, 'en', records), data: settings, isStock });
        await assertSubmitted(tab, settings);
        assert.deepEqual(complaints, [], file);
        await tab.close();
        opened += 1;
      }
    }
    assert.ok(opened >= 5, `${opened}`);
  });
}
