// A chat with a person: the simulator's agents, its scripts, and what goes wrong on the way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SalesforceHostError, SalesforceModule, SalesforceSettingsError } from '../index.mjs';
import { DOMAIN, script, serve, simulator } from './support.mjs';

const settings = {
  mode: 'handover',
  deploymentDomain: DOMAIN,
  organizationId: '00DHn0000000001',
  deployment: 'Chat_Engine',
  mappings: [
    { source: { variable: 'email' }, attribute: '_email' },
    { source: { variable: 'name' }, attribute: '_lastName' },
  ],
  idempotency: { variable: 'step' },
  store: { '/phase': 'phase', '/agent': 'agent', '/endedBy': 'by' },
};
const variables = { email: 'anna.berg@example.com', name: 'Berg', step: 'conversation-1/step-2' };

async function load(t, options) {
  const salesforce = await SalesforceModule.load(options);
  t.after(() => salesforce.close());
  return salesforce;
}

/** An org in which one agent follows a script. */
async function org(t, agents) {
  const { url } = await simulator(t);
  const answer = await fetch(`${url}/simulator/agents`, { method: 'POST', body: JSON.stringify(agents) });
  assert.equal(answer.status, 201, await answer.text());
  return url;
}

/** Receives until an event fits. */
async function until(salesforce, chat, route, fits) {
  const events = [];
  for (let calls = 0; calls < 20; calls += 1) {
    const received = await salesforce.handover.receive(settings, chat, { route, wait: 10 });
    assert.equal(received.error, null);
    chat = received.chat;
    events.push(...received.events);
    if (events.some(fits)) return { ...received, events };
  }
  assert.fail(JSON.stringify(events));
}

const said = (text) => (event) => event.message?.text === text;

test('a chat is opened, talks both ways and ends, and the log knows no word of it', { timeout: 120_000 }, async (t) => {
  const lines = [];
  const salesforce = await load(t, { onLog: (line, of) => lines.push({ ...of, line }) });
  const route = await org(t, [{ say: 'Hi' }, { after: 'message', say: 'Bye' }, { after: 'message', end: true }]);
  const prepared = await salesforce.handover.prepare(settings, { route });
  assert.deepEqual([prepared.status, prepared.files, prepared.findings], ['done', true, []]);
  assert.ok(prepared.fields.some(({ name, required }) => name === '_lastName' && required));
  const started = await salesforce.handover.start(settings, variables, { route, correlation: 'c-1' });
  assert.deepEqual([started.outcome, started.error, started.phase], ['sent', null, 'waiting']);
  assert.ok(started.texts.de.length > 0);
  const hi = await until(salesforce, started.chat, route, said('Hi'));
  assert.deepEqual([hi.phase, hi.variables.agent], ['connected', 'Maya']);
  const thanks = await salesforce.handover.send(settings, hi.chat, { key: '1', text: 'Thanks' }, { route });
  assert.equal(thanks.outcome, 'sent');
  const bye = await until(salesforce, thanks.chat, route, said('Bye'));
  const file = { name: 'a.pdf', mediaType: 'application/pdf', content: Uint8Array.from([0, 255, 10]) };
  const sent = await salesforce.handover.send(settings, bye.chat, { key: '2', file }, { route });
  assert.equal(sent.outcome, 'sent');
  const over = await until(salesforce, sent.chat, route, (event) => event.ended);
  assert.deepEqual(over.variables, { phase: 'ended', agent: 'Maya', by: 'agent' });
  assert.equal((await salesforce.handover.end(settings, over.chat, { route })).outcome, 'sent');
  assert.deepEqual([...new Set(lines.map((line) => line.function))], ['start', 'receive', 'send', 'end']);
  for (const word of ['Thanks', 'Bye', 'Maya', 'Berg', 'eyJ']) assert.ok(lines.every(({ line }) => !line.includes(word)), word);
});

test('requests go to the messaging host, with the token of the chat, and a second start needs the chat', async (t) => {
  const salesforce = await load(t);
  const { url, requests } = await script(t, [
    { status: 200, json: { accessToken: 'guest-token', lastEventId: '0' } },
    { status: 201, text: '' },
    { status: 409, json: {} },
    { status: 404, json: {} },
  ]);
  const started = await salesforce.handover.start(settings, variables, { route: url });
  assert.deepEqual(
    requests.map(({ method, path }) => `${method} ${path}`),
    ['POST /iamessage/api/v2/authorization/unauthenticated/access-token', 'POST /iamessage/api/v2/conversation'],
  );
  assert.equal(requests[0].headers.authorization, undefined);
  assert.equal(requests[1].headers.authorization, 'Bearer guest-token');
  const again = await salesforce.handover.start(settings, variables, { route: url, earlier: started.chat });
  assert.deepEqual([again.outcome, requests.length], ['sent', 2]);
});

test('a wait ends with the first event while the stream goes on, and with an abort', { timeout: 60_000 }, async (t) => {
  const salesforce = await load(t);
  const opening = await script(t, [{ status: 200, json: { accessToken: 'guest-token' } }, { status: 201, text: '' }]);
  const { chat } = await salesforce.handover.start(settings, variables, { route: opening.url });
  const { conversationId } = JSON.parse(opening.requests[1].text);
  const entryPayload = JSON.stringify({ abstractMessage: { id: 'm', messageType: 'StaticContentMessage', staticContent: { formatType: 'Text', text: 'Hi' } } });
  const entry = { identifier: 'e', transcriptedTimestamp: 1764201605000, senderDisplayName: 'Maya', sender: { role: 'Agent' }, entryPayload };
  const event = `id: 7\nevent: CONVERSATION_MESSAGE\ndata: ${JSON.stringify({ conversationId, conversationEntry: entry })}\n\n`;
  let tells = true;
  let open;
  const listening = new Promise((resolve) => (open = resolve));
  const { url } = await serve(t, (request, response) => {
    if (!request.url.startsWith('/eventrouter/')) return void response.end('{"conversationEntries":[]}');
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('event: ping\ndata: 0\n\n');
    // In two pieces, in the middle of a line, and the stream goes on.
    if (tells) setTimeout(() => response.write(event.slice(0, 60)), 50);
    if (tells) setTimeout(() => response.write(event.slice(60)), 150);
    else open(response);
  });
  const received = await salesforce.handover.receive({ ...settings, deadlineSeconds: 60 }, chat, { route: url, wait: 55 });
  assert.deepEqual(received.events.map(({ message }) => message.text), ['Hi']);
  assert.equal(received.events[0].at, '2025-11-27T00:00:05Z');
  tells = false;
  const abort = new AbortController();
  const waiting = salesforce.handover.receive({ ...settings, deadlineSeconds: 60 }, chat, { route: url, wait: 55, signal: abort.signal });
  const response = await listening;
  const gone = new Promise((resolve) => response.once('close', resolve));
  abort.abort();
  await assert.rejects(waiting, (error) => error instanceof SalesforceHostError && error.code === 'aborted');
  await gone;
});

test('what is wrong is said with its name, and nothing of it', async (t) => {
  const salesforce = await load(t);
  const { handover } = salesforce;
  const host = (message) => (error) => error instanceof SalesforceHostError && error.message.includes(message) && !/canary/.test(error.message);
  await assert.rejects(handover.send(settings, 7, { key: '1', text: 'canary' }), host('chat must be a text'));
  await assert.rejects(handover.send(settings, 'x', { key: '1' }), host('message must be an object with text, choice or file'));
  await assert.rejects(handover.send(settings, 'x', { key: '1', file: { name: 'canary', mediaType: 'a/b', content: 'canary' } }), host('message.file.content'));
  await assert.rejects(handover.receive(settings, 'x', { wait: 1.5 }), host('wait must be a whole number'));
  await assert.rejects(handover.receive(settings, 'canary'), (error) => {
    assert.ok(error instanceof SalesforceSettingsError && !/canary/.test(JSON.stringify(error.findings)));
    assert.deepEqual(error.findings.map(({ code }) => code), ['bad-chat']);
    return true;
  });
  // Of an org without a messaging host nothing is asked.
  const { url, requests } = await script(t, []);
  for (const wrong of ['{', { ...settings, deploymentDomain: 'evil.example.com' }, { ...settings, mode: 'sobject-write' }]) {
    await assert.rejects(handover.prepare(wrong, { route: url }), SalesforceSettingsError);
  }
  assert.deepEqual(requests, []);
});
