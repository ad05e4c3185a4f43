// Whether a page is German throughout: no English word of its own, and a capital where a sentence follows a colon.
import assert from 'node:assert/strict';

/** Words that the page has in English; those that German shares with it are left out. */
const ENGLISH = /\b(the|and|with|finds|existing|part of|request|requests|record|records|field|value|found|created|updated|failed|nothing|again|choose|file|error|remarks|row|run|settings)\b/i;
/** What comes from settings, variables and Salesforce. */
const OTHERS = 'fieldset .help, code, pre, .chip + code, dt, dd, textarea, option, .exchanges';

export async function assertGerman(page, others = OTHERS) {
  const text = await page.evaluate((others) => {
    const copy = document.querySelector('#page').cloneNode(true);
    copy.querySelectorAll(others).forEach((one) => one.remove());
    return [...copy.querySelectorAll('*')].flatMap((one) => [...[...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent), one.getAttribute('aria-label'), one.getAttribute('title'), one.getAttribute('placeholder')]).filter(Boolean);
  }, others);
  for (const line of text) {
    const own = line.replace(/\(JSON: [^)]*\)|customer_\w+|Contact(\.\w+)?|\w+__c|salesforce_\w+|\S+\.(com|json)\S*/g, '');
    assert.doesNotMatch(own, ENGLISH, line);
    // By itself it is the name of a field.
    if (own !== 'Id') assert.doesNotMatch(own, /\bId\b/, `it is ID in German: ${line}`);
    // A sentence after a colon has a verb behind its first word.
    assert.doesNotMatch(own, /: (es|er|sie|das|ein|hier|öffnen|wird|ist) /, line);
  }
}
