// Compiled, not run: what a TypeScript engine sees of the package.
import {
  Connections,
  FileStore,
  SalesforceModule,
  SalesforceSettingsError,
  type ChatEvent,
  type Finding,
  type Phase,
  type Outcome,
  type RecordOutcome,
  type RunPlan,
} from 'salesforce-module';

export async function step(settings: string, variables: Record<string, unknown>): Promise<string | undefined> {
  const salesforce = await SalesforceModule.load({ maxCalls: 8, onLog: (line, { function: name }) => console.log(name, line.length) });
  const session = { domain: 'example.my.salesforce.com', tokenProvider: async (refused?: string) => refused ?? 'token' };
  try {
    const outcome: Outcome = await salesforce.run(session, settings, variables, {
      correlation: 'conversation-1/step-1',
      files: [{ variable: 'photo', name: 'a.png', mediaType: 'image/png', content: new Uint8Array(3) }],
      signal: AbortSignal.timeout(1_000),
    });
    const [record]: (RecordOutcome | undefined)[] = outcome.records;
    if (outcome.status === 'session-expired' || outcome.status === 'deferred') return String(outcome.retryAfterSeconds);
    // @ts-expect-error There is no such status.
    if (outcome.status === 'success') return undefined;
    return record?.result === 'ambiguous' ? record.ambiguity?.differIn.join() : record?.error?.texts.de?.visitor;
  } catch (error) {
    if (error instanceof SalesforceSettingsError) return error.findings.map((finding: Finding) => finding.code).join();
    throw error;
  } finally {
    await salesforce.close();
  }
}

export async function connected(salesforce: SalesforceModule): Promise<number> {
  const connections = new Connections(salesforce, await FileStore.open('connections'));
  const session = await connections.session('crm');
  const plan: RunPlan = await salesforce.plan({}, {});
  const { objects } = await salesforce.objects(session, { search: 'cont' });
  const { fields } = await salesforce.fields(session, { object: 'Contact', values: 0 });
  // @ts-expect-error An object must be named.
  await salesforce.fields(session, { search: 'mail' });
  return plan.requests.atMost + objects.length + fields.length;
}

export async function handedOver(salesforce: SalesforceModule, settings: object): Promise<[Phase, string[]]> {
  const { handover } = salesforce;
  const { chat } = await handover.start(settings, { step: '1' }, { correlation: 'conversation-1/step-1', earlier: null });
  if (chat === null) return ['refused', []];
  await handover.send(settings, chat, { key: '1', text: 'Hello' });
  // @ts-expect-error A message says something.
  await handover.send(settings, chat, { key: '2' });
  const { events, phase } = await handover.receive(settings, chat, { wait: 25, signal: AbortSignal.timeout(30_000) });
  const told = (event: ChatEvent): string => {
    if ('message' in event) return 'text' in event.message ? `${event.message.author.name}: ${event.message.text}` : event.message.id;
    if ('joined' in event) return event.joined.role;
    // @ts-expect-error There is no such event.
    return 'shouted' in event ? event.shouted : event.at ?? '';
  };
  return [phase, events.map(told)];
}
