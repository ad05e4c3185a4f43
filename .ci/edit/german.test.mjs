// The page in German: no English word of the page's own, buttons of remarks, and a capital where a sentence follows a colon.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { assertGerman } from './words.mjs';
import { named, press, shows, type } from './page.mjs';
import { run, say, stories } from './story.mjs';

const story = stories();
const german = (act) => story({}, act, ['--language', 'de']);

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
