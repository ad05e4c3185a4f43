// Access to one org, for one call.

import { wrong } from './arguments.js';
import { PLACEHOLDER_TOKEN, type Destination } from './egress.js';

/**
 * Gives an access token. After a call has ended `session-expired` it is asked once more, with the token that was refused; if it gives
 * another one then, the call is made again, once.
 */
export type TokenProvider = (refused?: string) => string | Promise<string>;

/** Access to one Salesforce org. */
export type Session =
  /** The org's My Domain host, such as `example.my.salesforce.com`, which must be the settings' deployment domain; and an access token. */
  { domain: string; accessToken: string } | { domain: string; tokenProvider: TokenProvider };

/** A session with the token that it has for one call. */
export interface Access {
  /** What the module is given. */
  session: { instanceUrl: string; accessToken: string };
  destination: Omit<Destination, 'route'>;
  token: string;
}

/** What the module accepts as a token: one header value (RFC 6750, `b64token`, and no stricter). */
const TOKEN = /^[\x21-\x7e]{1,8192}$/;

export function checked(session: Session): Session {
  if (typeof session !== 'object' || session === null) throw wrong('session', 'an object with domain and accessToken');
  if (typeof session.domain !== 'string') throw wrong('session.domain', 'the My Domain host, such as example.my.salesforce.com');
  const hasProvider = 'tokenProvider' in session && session.tokenProvider !== undefined;
  if (hasProvider && typeof session.tokenProvider !== 'function') throw wrong('session.tokenProvider', 'a function');
  if (!hasProvider && typeof (session as { accessToken?: unknown }).accessToken !== 'string') {
    throw wrong('session.accessToken', 'a text, unless there is a tokenProvider');
  }
  return session;
}

/** Asks for a token. What a provider throws, the caller gets as it is. */
export async function access(session: Session, refused?: string): Promise<Access> {
  const token = 'tokenProvider' in session ? await session.tokenProvider(refused) : session.accessToken;
  if (typeof token !== 'string') throw wrong('The token of session.tokenProvider', 'a text');
  const { domain } = session;
  // A token that is none goes to the module, which says so. Any other never enters an instance: it is put in at the way out.
  const isToken = TOKEN.test(token);
  return {
    session: { instanceUrl: `https://${domain}`, accessToken: isToken ? PLACEHOLDER_TOKEN : token },
    destination: { domain: domain.trim().toLowerCase(), accessToken: isToken ? token : null },
    token,
  };
}
