// Who gets the page in a real browser, and what a page of another site can do to it: nothing.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { launch, open, serve } from './page.mjs';

let browser;
let other;

before(async () => {
  browser = await launch();
  // Another site, of which the browser has a page open.
  other = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>Other</title><link rel="icon" href="data:,">'));
  await new Promise((done) => other.listen(0, '127.0.0.1', done));
});
after(async () => {
  await browser?.close();
  other?.closeAllConnections();
  other?.close();
});

const elsewhere = () => `http://localhost:${other.address().port}/`;

test('the address works once, and in another browser not at all', async () => {
  const server = await serve();
  const { page } = await open(browser, server.address);
  assert.equal(page.url(), `${server.origin}/`, 'the token is not left in the address');
  assert.equal(await page.evaluate(() => document.cookie), '', 'no script can read the cookie');
  const stranger = await browser.createBrowserContext();
  const tab = await stranger.newPage();
  assert.equal((await tab.goto(server.address)).status(), 401);
  assert.equal((await tab.goto(server.origin)).status(), 401);
  // In the same browser the address is a bookmark.
  assert.equal((await page.goto(server.address)).status(), 200);
  await stranger.close();
  await page.close();
  server.stop();
});

test('a page of another site can neither read nor write', async () => {
  const server = await serve();
  const { page } = await open(browser, server.address);
  const evil = await browser.newPage();
  await evil.goto(elsewhere());
  const answers = await evil.evaluate(async (origin) => {
    const tried = [];
    for (const [path, options] of [
      ['/api/start', { credentials: 'include' }],
      ['/api/start', { credentials: 'include', mode: 'no-cors' }],
      ['/api/run', { method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json' }, body: '{}' }],
      ['/api/run', { method: 'POST', credentials: 'include', mode: 'no-cors', body: '{}' }],
    ]) {
      tried.push(await fetch(origin + path, options).then(async (answer) => `${answer.status}${await answer.text()}`, () => 'refused'));
    }
    return tried;
  }, server.origin);
  for (const answer of answers) assert.ok(answer === 'refused' || answer === '0', answer);
  // Nor can it show the page in a frame, or load its script.
  const shown = await evil.evaluate(async (origin) => {
    const frame = document.createElement('iframe');
    frame.src = origin;
    const script = document.createElement('script');
    script.src = `${origin}/editor.js`;
    const ended = new Promise((done) => {
      script.onload = () => done('loaded');
      script.onerror = () => done('refused');
    });
    document.body.append(frame, script);
    await new Promise((done) => (frame.onload = done));
    return [await ended, frame.contentDocument === null];
  }, server.origin);
  assert.deepEqual(shown, ['refused', true]);
  await evil.close();
  await page.close();
  server.stop();
});

test('another name for this machine is refused', async () => {
  const server = await serve();
  const tab = await browser.newPage();
  const { port } = new URL(server.origin);
  assert.equal((await tab.goto(`http://localhost:${port}/`)).status(), 403);
  await tab.close();
  server.stop();
});
