// A page of chat-host in headless Chromium: starts it, opens its page, and holds what each page must: no complaint in the console, no
// request elsewhere, and content that fits the window.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import axe from 'axe-core';
import puppeteer from 'puppeteer-core';

const { CHAT_HOST: host, CHROMIUM: executablePath, PICTURES: pictures } = process.env;
mkdirSync(pictures, { recursive: true });

export const launch = () => puppeteer.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });

/** A command of chat-host that goes on, and the first line that it prints. */
export async function start(...values) {
  const server = spawn(host, values, { stdio: ['ignore', 'pipe', 'inherit'] });
  // A test that fails leaves it to the end of all tests.
  process.once('exit', () => server.kill());
  server.unref();
  const line = await new Promise((done, failed) => {
    createInterface({ input: server.stdout }).once('line', done);
    server.once('exit', (code) => failed(new Error(`chat-host ${values[0]} ended with ${code}`)));
  });
  server.stdout.unref();
  const ended = new Promise((done) => server.once('exit', done));
  return { line, stop: () => server.kill(), kill: () => server.kill('SIGKILL') && ended };
}

/** The server of the editor, and the address that it prints. */
export async function serve(...values) {
  // The user's own runs are not for tests.
  const runs = mkdtempSync(join(tmpdir(), 'edit-runs-'));
  const { line, stop } = await start('edit', '--runs', runs, ...values);
  return { address: line, origin: new URL(line).origin, runs, stop: () => stop() && rmSync(runs, { recursive: true, force: true }) };
}

/** A tab whose console and requests are watched. */
export async function tab(browser, { width = 1280, dark = false } = {}) {
  const page = await browser.newPage();
  // A machine that is busy with other things is slow, not wrong.
  page.setDefaultTimeout(30_000);
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
  const complaints = [];
  const asked = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => ['error', 'warn'].includes(message.type()) && complaints.push(message.text()));
  page.on('request', (request) => request.url().startsWith('data:') || asked.push(new URL(request.url()).origin));
  return { page, complaints, asked };
}

export async function open(browser, address, options) {
  const opened = await tab(browser, options);
  await opened.page.goto(address);
  await opened.page.waitForSelector('.settings, textarea.document');
  return opened;
}

/** What every page must be in the end. */
export async function assertClean({ page, complaints, asked }, origin) {
  assert.deepEqual(complaints, []);
  assert.deepEqual([...new Set(asked)], [origin]);
  await assertFits(page);
  await assertAccessible(page);
}

export async function assertFits(page) {
  const [content, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= width, `${content} pixels of content in ${width}`);
}

/** axe-core finds nothing that it calls serious or critical. */
export async function assertAccessible(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const grave = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
  assert.deepEqual(grave.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`), []);
}

export async function picture(page, name) {
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** The control with this accessible name. */
export const named = (page, name) => page.waitForSelector(`::-p-aria([name=${JSON.stringify(name)}])`);

/** Waits until the page shows this text. */
export async function shows(page, text) {
  try {
    await page.waitForFunction((text) => document.body.innerText.includes(text), {}, text);
  } catch {
    await picture(page, 'failed');
    assert.fail(`“${text}” is not shown, but ${await page.evaluate(() => document.body.innerText)}`);
  }
}

/** Types over what stands in a field. */
export async function type(page, field, text) {
  await field.click();
  await field.evaluate((input) => input.select());
  await page.keyboard.sendCharacter(text);
}

/** A button that is off, such as while another call is under way, is waited for. */
export async function press(page, name) {
  const button = await page.waitForSelector(`::-p-xpath(//button[normalize-space()=${JSON.stringify(name)} and not(@disabled)])`);
  await button.click();
}
