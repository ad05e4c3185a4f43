// What a caller can choose, of the module and of each call.

import type { Agent as HttpsAgent } from 'node:https';
import { optionalText, optionalTexts, wrong } from './arguments.js';
import type { AttachedFile, Renderer } from './generated/types.js';

/** How the module is loaded. */
export interface LoadOptions {
  /** Calls at the same time, 32 unless set; a further one waits. Each takes a thread. */
  maxCalls?: number;
  /** Makes the connections to Salesforce: for a proxy, or for a certificate authority of your own. */
  agent?: HttpsAgent;
  /** Gets a line of JSON about each call, without any value, for the host's log. */
  onLog?: (line: string, of: { function: string }) => void;
  /** Reads the JSON of answers: `JSON.parse`, unless another is to keep the digits of all numbers. */
  parse?: (text: string) => unknown;
  /** Shorter than a call may take, in milliseconds. */
  timeout?: number;
}

/** How one call is made. */
export interface CallOptions {
  /** Ends the call. */
  signal?: AbortSignal | undefined;
}

/** How one call is made that sends requests. */
export interface SendOptions extends CallOptions {
  /** Sends what is meant for the deployment domain to this address instead, such as `http://127.0.0.1:4711`. */
  route?: string | undefined;
}

/** What a form is for. */
export interface FormOptions {
  /** The library that draws it, react-jsonschema-form unless set. */
  renderer?: Renderer | undefined;
  /** The names of records that the mappings have so far: each gets its own part. */
  records?: string[] | undefined;
}

const RENDERERS: readonly unknown[] = ['react-jsonschema-form', 'json-forms'];

export function renderer({ renderer = 'react-jsonschema-form' }: FormOptions): Renderer {
  if (!RENDERERS.includes(renderer)) throw wrong('renderer', `one of ${RENDERERS.join(', ')}`);
  return renderer;
}

export function records({ records }: FormOptions): string[] {
  return optionalTexts('records', records) ?? [];
}

/** A name of the conversation. */
export interface Correlated {
  /**
   * The host's own name of the conversation and its step, such as `conversation-4711/step-3`: 1 to 200 bytes without control
   * characters, and nothing that a visitor typed. It stands in the log and in the outcome, and is not sent to Salesforce.
   */
  correlation?: string | null | undefined;
}

/** How a conversation is run. */
export interface RunOptions extends SendOptions, Correlated {
  /** Files that the host has read itself. */
  files?: AttachedFile[] | undefined;
}

/** Whether the options are what they must be. */
export function check({ maxCalls, agent, onLog, parse, timeout }: LoadOptions): void {
  const isCount = (value: number) => Number.isInteger(value) && value >= 1;
  if (maxCalls !== undefined && !isCount(maxCalls)) throw wrong('maxCalls', 'a whole number from 1 on');
  if (timeout !== undefined && !(timeout > 0)) throw wrong('timeout', 'a number of milliseconds above 0');
  if (agent !== undefined && typeof agent.destroy !== 'function') throw wrong('agent', 'an https.Agent');
  if (onLog !== undefined && typeof onLog !== 'function') throw wrong('onLog', 'a function');
  if (parse !== undefined && typeof parse !== 'function') throw wrong('parse', 'a function');
}

export function correlation(options: Correlated): string | undefined {
  return optionalText('correlation', options.correlation);
}

export function signal({ signal }: CallOptions): AbortSignal | undefined {
  if (signal !== undefined && !(signal instanceof AbortSignal)) throw wrong('signal', 'an AbortSignal');
  return signal;
}
