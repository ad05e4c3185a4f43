// A step of a flow, as an n8n node or a Botpress action would have it: settings from the author, variables from the conversation.
//
//   node example/flow.mjs [URL ACCESS-TOKEN]      without arguments it starts the simulator itself
//
// The conversation comes twice, the second time with another last name: one Contact is created, and then updated.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
// In a project of your own: from 'salesforce-module'
import { SalesforceHostError, SalesforceModule, SalesforceSettingsError } from '../index.mjs';

/** Once for the whole process. */
const salesforce = await SalesforceModule.load({ onLog: (line) => console.error(line) });

/** What the author has filled in, as the engine stores it. */
const settings = {
  mode: 'sobject-write',
  deploymentDomain: 'example.my.salesforce.com',
  mappings: [
    { source: { variable: 'email' }, object: 'Contact', field: 'Email', useToFindExisting: true, whenBlank: 'fail' },
    { source: { variable: 'lastName' }, object: 'Contact', field: 'LastName' },
  ],
  objects: { Contact: { store: { Id: 'contactId' } } },
};

/**
 * The engine's step: what the flow goes on with. An engine offers a way out for each: what was saved; a question to be asked again; a
 * text to be shown; a mistake of the author's, who is told in the editor.
 */
async function salesforceStep(session, variables, { correlation, route, signal }) {
  try {
    const outcome = await salesforce.run(session, settings, variables, { correlation, route, signal });
    if (outcome.status === 'done') return { exit: 'done', variables: outcome.variables, records: outcome.records };
    const record = outcome.records.find(({ error, problems }) => error || problems.length > 0);
    const [problem] = record?.problems ?? [];
    if (problem) return { exit: 'ask-again', variable: problem.variable, text: problem.texts.en };
    return { exit: outcome.status, text: record?.error?.texts.en.visitor, retry: record?.error?.retry };
  } catch (error) {
    if (error instanceof SalesforceSettingsError) return { exit: 'author-must-act', findings: error.findings };
    if (error instanceof SalesforceHostError) return { exit: 'failed', code: error.code, text: error.message };
    throw error;
  }
}

const org = await simulated(process.argv.slice(2));
const session = { domain: settings.deploymentDomain, accessToken: org.accessToken };
for (const [index, variables] of [
  { email: 'anna.berg@example.com', lastName: 'Berg' },
  { email: 'anna.berg@example.com', lastName: 'Berg-Olsen' },
  { email: 'anna.berg', lastName: 'Berg' },
].entries()) {
  const step = await salesforceStep(session, variables, {
    correlation: `conversation-${index + 1}/step-3`,
    route: org.url,
    signal: AbortSignal.timeout(30_000),
  });
  const [record] = step.records ?? [];
  if (record) console.log(`${record.result} ${record.sobject} ${record.id}`);
  else console.log(`${step.exit}: ${step.text}`);
}
await salesforce.close();
org.stop();

/** The simulator: of the arguments, or one of our own. */
async function simulated([url, accessToken]) {
  if (url) return { url, accessToken, stop() {} };
  const program = process.env.CHAT_HOST ?? fileURLToPath(new URL('../../../target/debug/chat-host', import.meta.url));
  const child = spawn(program, ['simulate'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const line = await new Promise((resolve, reject) => {
    child.on('error', () => reject(new Error(`${program} is not built: run \`cargo build\`, or let CHAT_HOST name it.`)));
    createInterface(child.stdout).once('line', resolve);
  });
  return { ...JSON.parse(line), stop: () => child.kill() };
}
