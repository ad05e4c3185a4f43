// `chat-host chat --web`: the visitor's page, beside the page of the simulator's agents, as two people use them.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertClean, launch, named, picture, press, shows, start, tab, type } from './page.mjs';

const DOMAIN = 'example.my.salesforce.com';
const QUESTIONS = ['What is your e-mail address?', 'Your first name?', 'And your last name?', 'What is it about?', 'Which product?', 'Please describe it.'];
const ANSWERS = ['anna.berg@example.com', 'Anna', 'Berg', 'Repair', 'Coffee machine', 'It leaks.'];
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** The page of the visitor, of a command that prints its address. */
async function visitor(server, options) {
  const opened = await tab(browser, options);
  await opened.page.goto(server.line);
  await opened.page.waitForSelector('.talk .bubble');
  return opened;
}

/** The page of the agents of the simulator at this address. */
async function agent(url, name) {
  const { page } = await tab(browser);
  await page.goto(`${url}/agent`);
  await type(page, await page.waitForSelector('#name'), name);
  return page;
}

/** A simulator of its own process, and the options that lead a chat there. */
async function simulator(folder) {
  const server = await start('simulate');
  const { url, accessToken } = JSON.parse(server.line);
  const options = ['--kept', folder, '--domain', DOMAIN, '--route', url, '--token', accessToken];
  return { url, options, stop: server.stop };
}

async function say(page, text) {
  const field = await page.waitForSelector('#answer:not([readonly])');
  await type(page, field, text);
  await page.keyboard.press('Enter');
}

/** Answers the questions from this one on, each when it is asked. */
async function answers(page, from, to) {
  for (let at = from; at < to; at += 1) {
    await shows(page, QUESTIONS[at]);
    await say(page, ANSWERS[at]);
    await bubble(page, ANSWERS[at]);
  }
}

/** Waits until the last bubble of this text is kept by the server. */
const bubble = (page, text) =>
  page.waitForFunction((text) => [...document.querySelectorAll('.bubble')].some((one) => one.querySelector('.text').textContent === text && !one.querySelector('em')), {}, text);

const bubbles = (page) => page.$$eval('.bubble .text', (all) => all.map((one) => one.textContent));
const chips = (page) => page.$$eval('.behind .chip', (all) => all.map((one) => one.textContent));

/** Opens the conversation that waits and accepts it. */
async function accept(page) {
  await page.bringToFront();
  const waiting = await page.waitForSelector('::-p-xpath(//nav//button[contains(., "waiting")])');
  await waiting.click();
  await (await page.waitForSelector('#accept:not(:disabled)')).click();
  await page.waitForSelector('#text:not(:disabled)');
}

async function agentSays(page, text) {
  await page.bringToFront();
  await (await page.waitForSelector('#text:not(:disabled)')).click();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

const lines = (page) => page.$$eval('#log li.EndUser, #log li.Agent', (all) => all.map((one) => one.textContent));

test('the whole conversation, from the first question to the Case', async () => {
  for (const [width, dark] of [[1280, false], [390, true]]) {
    const server = await start('chat', '--web');
    const opened = await visitor(server, { width, dark });
    const { page } = opened;
    await shows(page, 'A Salesforce simulator in this process');
    await answers(page, 0, 3);
    await shows(page, 'Contact holds now');
    assert.deepEqual(await chips(page), ['created']);
    // Reloaded in the middle, all of it is there again.
    const before = await bubbles(page);
    await page.reload();
    await shows(page, QUESTIONS[3]);
    assert.deepEqual((await bubbles(page)).slice(0, before.length), before);
    await answers(page, 3, 6);
    await shows(page, 'Your case number is 00001026.');
    assert.deepEqual(await chips(page), ['created', 'unchanged', 'created']);
    await (await page.$('.requests summary')).click();
    await shows(page, '"compositeRequest"');
    assert.ok(!(await page.content()).includes('00D'), 'no token');
    await picture(page, `chat-${width}`);
    await press(page, 'Begin again');
    await page.waitForFunction(() => document.querySelectorAll('.bubble').length === 2);
    await assertClean(opened, new URL(server.line).origin);
    await page.close();
    server.stop();
  }
});

test('two tabs, visitor and agent, talk: with choices, a transfer, an end, and what comes after', async () => {
  const server = await start('chat', '--web');
  const opened = await visitor(server);
  const { page } = opened;
  await answers(page, 0, 3);
  await shows(page, QUESTIONS[3]);
  await press(page, 'Talk to a person');
  const link = await page.waitForSelector('::-p-xpath(//a[contains(., "Be the agent")])');
  await shows(page, 'A person is looked for');
  const url = new URL(await link.evaluate((one) => one.href)).origin;
  const [maya, ben] = [await agent(url, 'Maya'), await agent(url, 'Ben')];
  await accept(maya);
  assert.ok((await maya.$eval('#log', (log) => log.innerText)).includes(ANSWERS[0]), 'the transcript');
  await page.bringToFront();
  await shows(page, 'Maya joins');
  await say(page, 'My machine leaks.');
  await maya.bringToFront();
  await shows(maya, 'My machine leaks.');
  await maya.click('#text');
  await maya.keyboard.type('Which one is it? The red / The blue');
  await page.bringToFront();
  await shows(page, 'The person types …');
  await picture(page, 'chat-typing');
  await maya.bringToFront();
  await maya.click('#choices');
  await page.bringToFront();
  await press(page, 'The blue');
  await bubble(page, 'The blue');
  // An option is taken once.
  await page.waitForFunction(() => !document.querySelector('.talk [role=group]'));
  await maya.bringToFront();
  await shows(maya, 'The blue');
  await (await maya.$('#transfer')).click();
  await accept(ben);
  await page.bringToFront();
  await shows(page, 'Ben joins');
  await agentSays(ben, 'Ben here.');
  await page.bringToFront();
  await shows(page, 'Ben here.');
  await say(page, 'Thank you.');
  await bubble(page, 'Thank you.');
  await picture(page, 'chat-talk');
  await ben.bringToFront();
  await shows(ben, 'Thank you.');
  await picture(ben, 'chat-agent');
  await (await ben.$('#end')).click();
  await page.bringToFront();
  await shows(page, 'Thank you for talking to us.');
  await shows(page, 'ended; talked with Ben, 3 messages of yours');
  // That is what the flow knows, and the visitor is not told.
  await shows(page, '"person_ended_by":"agent"');
  assert.ok(!(await page.$eval('.log', (log) => log.innerText)).includes('person_'));
  // The requests of the talk, and no token of it.
  await shows(page, 'POST /iamessage/api/v2/conversation → 201');
  await press(page, 'Begin again');
  await page.waitForFunction(() => document.querySelectorAll('.bubble').length === 2);
  await assertClean(opened, new URL(server.line).origin);
  for (const one of [page, maya, ben]) await one.close();
  server.stop();
});

test('with the keyboard alone', async () => {
  const server = await start('chat', '--web');
  const { page } = await visitor(server);
  const { keyboard } = page;
  const focused = (name) => page.waitForFunction((name) => (document.activeElement.labels?.[0] ?? document.activeElement).textContent === name, {}, name);
  while (!(await page.evaluate(() => document.activeElement.id === 'answer'))) await keyboard.press('Tab');
  for (const [at, answer] of ANSWERS.entries()) {
    await shows(page, QUESTIONS[at]);
    await keyboard.type(answer);
    await keyboard.press('Enter');
    await bubble(page, answer);
  }
  // Where the field was is the button now, and has the focus; and the other way round.
  await focused('Begin again');
  await keyboard.press('Enter');
  await focused('Your answer');
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await focused('Talk to a person');
  await keyboard.press('Enter');
  await focused('Your message');
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await focused('End the chat');
  await keyboard.press('Enter');
  await focused('Begin again');
  await page.close();
  server.stop();
});

test('two tabs of the visitor show the same, and a question takes one answer', async () => {
  const server = await start('chat', '--web');
  const first = await visitor(server);
  const second = await tab(browser);
  await second.page.goto(new URL(server.line).origin);
  await shows(second.page, QUESTIONS[0]);
  // Both have the same question before them.
  await second.page.setOfflineMode(true);
  await first.page.bringToFront();
  await answers(first.page, 0, 1);
  await shows(first.page, QUESTIONS[1]);
  await second.page.bringToFront();
  await say(second.page, 'other@example.com');
  await second.page.setOfflineMode(false);
  await shows(second.page, QUESTIONS[1]);
  await second.page.waitForFunction(() => !document.querySelector('.bubble em'));
  const both = [await bubbles(first.page), await bubbles(second.page)];
  assert.deepEqual(both[0], both[1]);
  assert.deepEqual(both[0].slice(1), [QUESTIONS[0], ANSWERS[0], QUESTIONS[1]]);
  await first.page.close();
  await second.page.close();
  server.stop();
});

test('the host is killed in the middle of a talk, and it goes on: nothing is lost, nothing is there twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-kept-'));
  const org = await simulator(folder);
  let server = await start('chat', '--web', ...org.options);
  const { port } = new URL(server.line);
  const again = async () => (server = await start('chat', '--web', '--port', port, ...org.options));
  const { page } = await visitor(server);
  await answers(page, 0, 2);
  await shows(page, QUESTIONS[2]);
  // While a question waits. The tab goes on by itself: the same port, the same cookie.
  await server.kill();
  await shows(page, 'chat-host does not answer');
  await picture(page, 'chat-gone');
  await again();
  await page.waitForFunction(() => !document.querySelector('.banner'));
  await answers(page, 2, 3);
  await shows(page, QUESTIONS[3]);
  await press(page, 'Talk to a person');
  const maya = await agent(org.url, 'Maya');
  await accept(maya);
  await page.bringToFront();
  await shows(page, 'Maya joins');
  const said = [];
  for (let round = 0; round < 4; round += 1) {
    // With a message on its way, with one that is said while nobody listens, and with an answer that nobody has heard.
    await page.bringToFront();
    said.push(`visitor ${round}`);
    await say(page, said.at(-1));
    if (round % 2 === 0) await bubble(page, said.at(-1));
    await server.kill();
    said.push(`late ${round}`);
    await say(page, said.at(-1));
    await agentSays(maya, `agent ${round}`);
    await again();
    await page.bringToFront();
    await bubble(page, said.at(-1));
    await shows(page, `agent ${round}`);
  }
  await agentSays(maya, 'Good bye');
  await page.bringToFront();
  await shows(page, 'Good bye');
  const talked = (await bubbles(page)).filter((text) => /^(visitor|late|agent) \d$/.test(text));
  assert.deepEqual(talked.filter((text) => !text.startsWith('agent')), said);
  assert.deepEqual(talked.filter((text) => text.startsWith('agent')), [0, 1, 2, 3].map((round) => `agent ${round}`));
  await maya.bringToFront();
  await shows(maya, said.at(-1));
  const read = (await lines(maya)).filter((text) => /^(visitor|late) \d$/.test(text));
  assert.deepEqual(read, said);
  await (await maya.$('#end')).click();
  await page.bringToFront();
  await shows(page, 'Thank you for talking to us.');
  // The end is known after a kill, too.
  await server.kill();
  await again();
  await page.waitForFunction(() => !document.querySelector('.banner'));
  await press(page, 'Begin again');
  await page.waitForFunction(() => document.querySelectorAll('.bubble').length === 2);
  await page.close();
  await maya.close();
  server.stop();
  org.stop();
  rmSync(folder, { recursive: true });
});

test('a choice is made once while the host is away, and a tab that can keep nothing sends all the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-kept-'));
  const org = await simulator(folder);
  let server = await start('chat', '--web', ...org.options);
  const { port } = new URL(server.line);
  const { page } = await visitor(server);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await answers(page, 0, 1);
  await shows(page, QUESTIONS[1]);
  await press(page, 'Talk to a person');
  const maya = await agent(org.url, 'Maya');
  await accept(maya);
  await maya.click('#text');
  await maya.keyboard.type('Which one is it? The red / The blue');
  await maya.click('#choices');
  await page.bringToFront();
  await page.waitForSelector('.talk [role=group]');
  await server.kill();
  await press(page, 'The blue');
  await shows(page, 'on its way');
  assert.equal(await page.$('.talk [role=group]'), null);
  server = await start('chat', '--web', '--port', port, ...org.options);
  await bubble(page, 'The blue');
  assert.equal(await page.$('.talk [role=group]'), null);
  assert.equal((await bubbles(page)).filter((text) => text === 'The blue').length, 1);
  await say(page, 'Thank you.');
  await bubble(page, 'Thank you.');
  await page.close();
  await maya.close();
  server.stop();
  org.stop();
  rmSync(folder, { recursive: true });
});

test('a problem that is shown goes when the next thing works', async () => {
  const server = await start('chat', '--web');
  const { page } = await visitor(server);
  await page.evaluate(() => {
    const { fetch } = globalThis;
    globalThis.fetch = (path, sent) => {
      if (path !== '/api/say') return fetch(path, sent);
      globalThis.fetch = fetch;
      return Promise.resolve(new Response('{"error":{"message":"It was too much."}}', { status: 413 }));
    };
  });
  await say(page, ANSWERS[0]);
  await shows(page, 'It was too much.');
  await answers(page, 0, 1);
  await page.waitForFunction(() => !document.querySelector('.banner'));
  await page.close();
  server.stop();
});

test('hostile values are shown as the text that they are', async () => {
  const hostile = `</p><script>alert(1)</script><img src=x onerror=alert(1)>\u202egpj.exe {{y}} \${x}`;
  const server = await start('chat', '--web');
  const opened = await visitor(server);
  const { page } = opened;
  page.on('dialog', (dialog) => opened.complaints.push(`a dialog: ${dialog.message()}`));
  await answers(page, 0, 1);
  await shows(page, QUESTIONS[1]);
  await say(page, hostile.slice(0, 40));
  await shows(page, QUESTIONS[2]);
  await say(page, 'ü'.repeat(100_000));
  // Too long for the field: the bot says so, and asks again.
  await shows(page, 'The visitor reads');
  await page.waitForFunction((question) => [...document.querySelectorAll('.bubble .text')].filter((one) => one.textContent === question).length === 2, {}, QUESTIONS[2]);
  await picture(page, 'chat-hostile');
  await say(page, hostile.slice(0, 80));
  await shows(page, 'Contact holds now');
  await shows(page, QUESTIONS[3]);
  await press(page, 'Talk to a person');
  const link = await page.waitForSelector('::-p-xpath(//a[contains(., "Be the agent")])');
  const maya = await agent(new URL(await link.evaluate((one) => one.href)).origin, '<b>Maya</b>');
  await accept(maya);
  await agentSays(maya, hostile);
  await page.bringToFront();
  await bubble(page, hostile);
  await shows(page, '<b>Maya</b> joins');
  assert.deepEqual(await page.$$eval('script, img, iframe, b', (all) => all.map((one) => one.outerHTML)), ['<script type="module" src="/chat.js"></script>']);
  await assertClean(opened, new URL(server.line).origin);
  await page.close();
  await maya.close();
  server.stop();
});

test('where no agent is there, the visitor is told so, and the flow goes on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-kept-'));
  const org = await simulator(folder);
  await fetch(`${org.url}/simulator/agent/presence`, { method: 'POST', body: '{"online":false}' });
  const server = await start('chat', '--web', ...org.options);
  const opened = await visitor(server, { width: 390 });
  const { page } = opened;
  await answers(page, 0, 3);
  await shows(page, QUESTIONS[3]);
  // As in the terminal.
  await say(page, 'Person');
  await shows(page, 'nobody could talk to you');
  await shows(page, 'refused; talked with nobody');
  await named(page, 'Begin again');
  await picture(page, 'chat-nobody');
  await assertClean(opened, new URL(server.line).origin);
  await page.close();
  server.stop();
  org.stop();
  rmSync(folder, { recursive: true });
});
