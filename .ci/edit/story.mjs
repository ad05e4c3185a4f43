// What the stories of an author have in common: a server and a tab for each, and the steps that come again.
import { after, before } from 'node:test';
import { assertClean, launch, open, press, serve, type } from './page.mjs';

/** A browser for the tests of a file; what it gives makes a story of one page, which must be clean in the end. */
export function stories() {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());
  const story = async (options, act, values = []) => {
    const server = await serve(...values);
    const opened = await open(browser, server.address, options);
    try {
      await act(opened.page, server, opened);
      await assertClean(opened, server.origin);
    } finally {
      await opened.page.close();
      server.stop();
    }
  };
  return Object.assign(story, { browser: () => browser });
}

/** The sample value of a variable. */
export async function say(page, variable, value) {
  await type(page, await page.waitForSelector(`::-p-xpath(//label[code='${variable}']/following-sibling::textarea)`), value);
}

export const chips = (page) => page.$$eval('.result .chip', (all) => all.map((one) => one.textContent));

/** Presses the button, and waits until the run has ended. */
export async function run(page, button = 'Run') {
  // What a call before this one brings into view has come to rest.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.evaluate(() => document.activeElement?.blur());
  await press(page, button);
  await page.waitForFunction(() => document.activeElement?.id === 'result-heading');
  await page.waitForFunction((name) => ![...document.querySelectorAll('button')].some((one) => one.textContent === name && one.disabled), {}, button);
}
