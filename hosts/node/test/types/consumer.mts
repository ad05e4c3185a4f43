// Compiled, not run: what a TypeScript engine sees of the package.
import {
  Connections,
  FileStore,
  SalesforceModule,
  SalesforceSettingsError,
  type Finding,
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
