// The calls of the server. Each answer is the component's, as `chat-host --json` prints it.
import { type Members, members, parse } from './model/json';

/** The server could not do it, or is gone. */
export class Problem extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

export type Call = 'form' | 'follow' | 'authenticate' | 'objects' | 'fields' | 'prepare' | 'preview' | 'run' | 'runs' | 'save' | 'choose-file' | 'log-in' | 'logged-in';

export const start = (): Promise<Members> => send('start', { method: 'GET' });

export const call = (name: Call, asked: object, signal?: AbortSignal): Promise<Members> =>
  send(name, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asked), signal: signal ?? null });

async function send(name: string, request: RequestInit): Promise<Members> {
  let response: Response;
  try {
    response = await fetch(`/api/${name}`, request);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem('gone', '');
  }
  const text = await response.text();
  if (response.status === 401 || response.status === 403) throw new Problem('gone', '');
  const answer = members(parse(text));
  const error = members(answer.error);
  if (!response.ok) throw new Problem(String(error.code ?? 'host-error'), String(error.message ?? response.status));
  return answer;
}

export const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';
