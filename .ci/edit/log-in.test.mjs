// The log-in to a real org from the page, with the simulator's own log-in pages: who allows, who refuses, and who goes away.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { named, picture, press, shows, type } from './page.mjs';
import { stories } from './story.mjs';

const DOMAIN = 'example.my.salesforce.com';
const story = stories();
let org;
let clientId;
let clientSecret;
let store;
let url;

before(async () => {
  store = mkdtempSync(join(tmpdir(), 'edit-store-'));
  org = spawn(process.env.CHAT_HOST, ['simulate', '--json'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await new Promise((done) => createInterface({ input: org.stdout }).once('line', (text) => done([text])));
  ({ url, clientId, clientSecret } = JSON.parse(line));
});
after(() => {
  org?.kill();
  rmSync(store, { recursive: true, force: true });
});

/** A page whose token the org refuses. */
const expired = (act) => story({}, act, ['--domain', DOMAIN, '--route', url, '--token', '00D!expired', '--store', store, '--callback-port', '0']);

/** Begins the log-in, and gives the tab that the person opens with the link. */
async function begin(page, id) {
  if (!(await page.$('.log-in[open]'))) await (await page.waitForSelector('.log-in summary')).click();
  await type(page, await named(page, 'Client id (Consumer Key)'), id);
  await type(page, await named(page, 'Client secret (only if the app demands one)'), clientSecret);
  await press(page, 'Begin the log-in');
  const link = await page.waitForSelector('.log-in a');
  assert.equal(await link.evaluate((one) => `${one.target} ${one.rel}`), '_blank noopener noreferrer');
  const opened = new Promise((done) => page.browser().once('targetcreated', done));
  await link.click();
  const tab = await (await opened).page();
  await tab.waitForSelector('h1');
  return tab;
}

async function decide(tab, name) {
  await (await tab.waitForSelector(`button[value=${name}]`)).click();
  await tab.waitForFunction(() => !document.querySelector('form'));
  const text = await tab.evaluate(() => document.body.innerText);
  await tab.close();
  return text;
}

test('who refuses stays where they were, and who allows goes on with the org', async () => {
  await expired(async (page) => {
    await press(page, 'Authenticate');
    await page.waitForSelector('.domain output .bad');
    const refused = await decide(await begin(page, clientId), 'deny');
    assert.match(refused, /denied/);
    await shows(page, 'access was denied');
    assert.deepEqual(readdirSync(store), []);
    const allowed = await decide(await begin(page, clientId), 'allow');
    assert.match(allowed, /You can close this window/);
    await shows(page, 'chat-host edit --connection example');
    await picture(page, 'logged-in');
    assert.match(await page.$eval('.log-in', (part) => part.innerText), /\{"status":"success"\}/);
    const kept = JSON.parse(readFileSync(join(store, 'example.json'), 'utf8'));
    const content = await page.content();
    for (const secret of [kept.accessToken, kept.grant.refreshToken]) assert.ok(!content.includes(secret), 'a token is on the page');
    await press(page, 'Authenticate');
    await page.waitForFunction(() => document.querySelector('.domain output .good'));
    // It is a real org: before it is written to comes a question.
    await page.select('header select', '0');
    await press(page, 'Run');
    await shows(page, 'Write to the org?');
    await press(page, 'Run it');
    await page.waitForSelector('.result .chip.created');
    rmSync(join(store, 'example.json'));
  });
});

test('another tab learns which org it is', async () => {
  await expired(async (page, server) => {
    const other = await page.browser().newPage();
    await other.goto(server.origin);
    await shows(other, `A real org: ${DOMAIN}.`);
    await other.evaluate(() => {
      globalThis.channel = new BroadcastChannel('salesforce-module-org');
      globalThis.channel.onmessage = ({ data }) => (globalThis.heard = data);
    });
    await page.bringToFront();
    await decide(await begin(page, clientId), 'allow');
    await shows(page, '--connection example');
    await other.waitForFunction(() => globalThis.heard !== undefined);
    assert.deepEqual(await other.evaluate(() => globalThis.heard), { simulated: false, domain: DOMAIN, connection: 'example' });
    // What a tab hears, it shows.
    await page.evaluate(() => new BroadcastChannel('salesforce-module-org').postMessage({ simulated: true, domain: null, connection: null }));
    await other.bringToFront();
    await shows(other, 'A simulator in this process stands for the org');
    await other.close();
    await page.bringToFront();
    rmSync(join(store, 'example.json'));
  });
});

test('a wrong client id is told on the page of the org, and a log-in that is left can be begun again', async () => {
  await expired(async (page) => {
    const wrong = await begin(page, 'no such app');
    assert.match(await wrong.evaluate(() => document.body.innerText), /invalid_client_id/);
    // The tab is closed: the page waits until the person gives up.
    await wrong.close();
    await shows(page, 'Then this page goes on by itself.');
    await press(page, 'Cancel');
    await page.waitForFunction(() => !document.querySelector('.log-in a'));
    const tab = await begin(page, clientId);
    await decide(tab, 'allow');
    await shows(page, '--connection example');
    rmSync(join(store, 'example.json'));
  });
});
