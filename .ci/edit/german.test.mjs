// The page in German: no English word of the page's own, buttons of remarks, and a capital where a sentence follows a colon.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { named, press, shows, type } from './page.mjs';
import { run, say, stories } from './story.mjs';

const story = stories();
const german = (act) => story({}, act, ['--language', 'de']);

/** Words that the page has in English; those that German shares with it are left out. */
const ENGLISH = /\b(the|and|with|finds|existing|part of|request|requests|record|records|field|value|found|created|updated|failed|nothing|again|choose|file|error|remarks|row|run|settings)\b/i;
/** What comes from settings, variables and Salesforce. */
const OTHERS = 'fieldset .help, code, pre, .chip + code, dt, dd, textarea, option, .exchanges';

async function assertGerman(page) {
  const text = await page.evaluate((others) => {
    const copy = document.querySelector('#page').cloneNode(true);
    copy.querySelectorAll(others).forEach((one) => one.remove());
    return [...copy.querySelectorAll('*')].flatMap((one) => [...[...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent), one.getAttribute('aria-label'), one.getAttribute('title'), one.getAttribute('placeholder')]).filter(Boolean);
  }, OTHERS);
  for (const line of text) {
    const own = line.replace(/\(JSON: [^)]*\)|customer_\w+|Contact(\.\w+)?|\w+__c|salesforce_\w+|\S+\.(com|json)\S*/g, '');
    assert.doesNotMatch(own, ENGLISH, line);
    // By itself it is the name of a field.
    if (own !== 'Id') assert.doesNotMatch(own, /\bId\b/, `it is ID in German: ${line}`);
    // A sentence after a colon has a verb behind its first word.
    assert.doesNotMatch(own, /: (es|er|sie|das|ein|hier|öffnen|wird|ist) /, line);
  }
}

test('a story from the beginning to the list of runs', async () => {
  await german(async (page) => {
    await page.select('header select', '0');
    await shows(page, 'Contact.Email; findet den vorhandenen Datensatz');
    await assertGerman(page);
    await press(page, 'Vorschau');
    await shows(page, 'würde angelegt');
    await assertGerman(page);
    await run(page, 'Ausführen');
    await assertGerman(page);
    await say(page, 'customer_lastname', 'x'.repeat(100));
    await run(page, 'Ausführen');
    await shows(page, 'Text für den Besucher');
    for (const summary of await page.$$('details:not([open]) > summary')) await summary.click();
    await shows(page, 'Läufe (2)');
    await assertGerman(page);
    await press(page, 'Mit der Organisation abgleichen');
    await shows(page, 'Die Organisation hat alles, was in den Einstellungen steht.');
    await assertGerman(page);
  });
});

test('a remark has its button in German, too', async () => {
  await german(async (page) => {
    await page.select('header select', '0');
    await type(page, await named(page, 'Feld, Zeile 2'), 'FirstNme');
    await press(page, 'Mit der Organisation abgleichen');
    await press(page, 'FirstName übernehmen');
    assert.equal(await (await named(page, 'Feld, Zeile 2')).evaluate((input) => input.value), 'FirstName');
    await (await page.$('.row:nth-child(2) .key input')).click();
    // Of several remedies each that helps has a button.
    await press(page, '„Wenn der Wert leer ist“ auf „Gar nichts schreiben“ setzen');
    await page.waitForFunction(() => !document.querySelector('.row:nth-child(2) .findings button')?.textContent.includes('Gar nichts schreiben'));
  });
});
