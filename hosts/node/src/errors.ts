import type { Finding, OauthAdvice } from './generated/types.js';

/** Settings, variables or the session are not what they must be. Nothing was sent. */
export class SalesforceSettingsError extends Error {
  override name = 'SalesforceSettingsError';
  /** What is wrong, and what to do about it, in each language. No finding holds a value that a visitor typed. */
  readonly findings: Finding[];

  constructor(findings: Finding[]) {
    const worst = findings.filter(({ severity }) => severity === 'error');
    const said = (worst.length > 0 ? worst : findings).map(({ path, message, remedy }) =>
      `${path === '' ? '' : `${path}: `}${message} ${remedy}`.trim(),
    );
    super(said.join('\n'));
    this.findings = findings;
  }
}

/**
 * Why the host ended a call:
 *
 * - `trap`: the module trapped, which is a bug of the module or an argument that does not fit into its memory
 * - `timeout`: the call took longer than any call may
 * - `aborted`: by the caller's `AbortSignal`, or by `close`
 * - `host`: the call could not be made as it was asked for, or the host failed
 */
export type HostErrorCode = 'trap' | 'timeout' | 'aborted' | 'host';

/**
 * The host ended the call. A call that had begun to write may have written: for `trap`, `timeout` and `aborted` of `run` and
 * `runMany` it is not known. The message holds neither a token nor a value.
 */
export class SalesforceHostError extends Error {
  override name = 'SalesforceHostError';
  readonly code: HostErrorCode;

  constructor(code: HostErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A stored connection cannot be used. Nothing was written. */
export class SalesforceConnectionError extends Error {
  override name = 'SalesforceConnectionError';
  /** What has to be done about it, and by whom. */
  readonly advice: OauthAdvice;
  /** Salesforce's own code (`invalid_grant`), `HTTP_` and a status, or one of the module's in kebab-case. */
  readonly code: string;
  /** What to do, in the words of today's setup pages. */
  readonly remedy: string;

  constructor(advice: OauthAdvice, code: string, message: string, remedy: string) {
    super(`${message} ${remedy}`.trim());
    this.advice = advice;
    this.code = code;
    this.remedy = remedy;
  }
}
