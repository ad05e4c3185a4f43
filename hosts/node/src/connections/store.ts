// What is stored of a connection, and where.

import type { Client, Grant } from '../generated/types.js';

/** All that is known of one connection. Secret as a whole. */
export interface Connection {
  client: Client;
  accessToken: string;
  /** None for the client credentials flow, which asks anew with the client secret. */
  grant: Grant | null;
}

/** Where connections live. An engine puts its database here. */
export interface ConnectionStore {
  load(name: string): Promise<Connection | null>;
  /** Replaces the connection as a whole, durably: when this is done, every other worker sees it. */
  save(name: string, connection: Connection): Promise<void>;
  remove(name: string): Promise<boolean>;
  names(): Promise<string[]>;
  /**
   * Waits until no other worker of any process holds it, such as for a row locked in a transaction. It is held while one worker renews,
   * until the function that it gives is called.
   */
  lock(name: string): Promise<() => Promise<void>>;
}

/** The connection as the Rust host stores it too. */
export function toJson({ client, accessToken, grant }: Connection): string {
  const stored = {
    deploymentDomain: client.deploymentDomain,
    clientId: client.clientId,
    clientSecret: client.clientSecret ?? null,
    accessToken,
    grant: grant && {
      refreshToken: grant.refreshToken,
      instanceUrl: grant.instanceUrl,
      scope: grant.scope ?? null,
      identityUrl: grant.identityUrl ?? null,
    },
  };
  return `${JSON.stringify(stored, null, 2)}\n`;
}

/** Null if the text is no connection. */
export function fromJson(text: string): Connection | null {
  let stored: Record<string, unknown>;
  try {
    stored = JSON.parse(text);
  } catch {
    return null;
  }
  const grant = stored?.grant as Record<string, unknown> | null | undefined;
  const needed = [stored?.deploymentDomain, stored?.clientId, stored?.accessToken];
  if (grant) needed.push(grant.refreshToken, grant.instanceUrl);
  if (!needed.every((value) => typeof value === 'string')) return null;
  const optional = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    client: {
      deploymentDomain: stored.deploymentDomain as string,
      clientId: stored.clientId as string,
      clientSecret: optional(stored.clientSecret),
    },
    accessToken: stored.accessToken as string,
    grant: grant
      ? {
          refreshToken: grant.refreshToken as string,
          instanceUrl: grant.instanceUrl as string,
          scope: optional(grant.scope),
          identityUrl: optional(grant.identityUrl),
        }
      : null,
  };
}
