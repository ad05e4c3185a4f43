// Connections to orgs that last: stored, and renewed once for all workers.
//
// Salesforce rotates refresh tokens: a renewal answers a new one and ends the old one, and presenting an old one again revokes the
// connection for everybody. So
//
// 1. a renewal is single-flight, in a process and across processes: what holds the store's lock looks first whether the token has been
//    renewed already;
// 2. the new grant is stored before the new token is used: a process that dies in between loses nothing that is in use;
// 3. a call is made again once after a renewal, since `session-expired` means that nothing was written.
//
// The requests for tokens are made by the interface `oauth`, in an instance of its own, as every call has one.

import { setTimeout as sleep } from 'node:timers/promises';
import { SalesforceConnectionError } from '../errors.js';
import type { Authorization, Client, Grant, OauthAdvice } from '../generated/types.js';
import { oauth, type SalesforceModule } from '../module.js';
import type { Session } from '../session.js';
import type { Connection, ConnectionStore } from './store.js';

/** How often, and how long apart, a renewal is tried while the same connection is renewed outside of this store. */
const ATTEMPTS = 3;
const PAUSE_MILLISECONDS = 500;

/** A client, as the WIT has it; a public one has no secret. */
export type App = Omit<Client, 'clientSecret'> & { clientSecret?: string | null };

/** What a token answer gives, as jco lifts it. */
interface Tokens {
  session: { instanceUrl: string; accessToken: string };
  grant: Grant | undefined;
}

interface OauthError {
  advice: OauthAdvice;
  code: string;
  message: string;
  remedy: string;
}

/** The connections of an engine. */
export class Connections {
  readonly #salesforce: SalesforceModule;
  readonly #store: ConnectionStore;
  readonly #route: string | undefined;
  /** Renewals that are under way, by connection and refused token. */
  readonly #flights = new Map<string, Promise<string>>();

  constructor(salesforce: SalesforceModule, store: ConnectionStore, options: { route?: string | undefined } = {}) {
    this.#salesforce = salesforce;
    this.#store = store;
    this.#route = options.route;
  }

  /** A session over a stored connection, for any call: it is renewed when that is due. */
  async session(name: string): Promise<Session> {
    const { client } = await this.#load(name);
    const tokenProvider = async (refused?: string) =>
      refused === undefined ? (await this.#load(name)).accessToken : this.renew(name, refused);
    return { domain: client.deploymentDomain, tokenProvider };
  }

  /**
   * A token other than the refused one, renewed here or elsewhere meanwhile. All who wait for the same renewal get its answer, also if it
   * is an error. It goes on whether its callers wait for it or not: its answer is the only place where the new grant stands.
   */
  renew(name: string, refused: string): Promise<string> {
    const key = JSON.stringify([name, refused]);
    const flight = this.#flights.get(key);
    if (flight) return flight;
    const renewal = this.#renew(name, refused).finally(() => this.#flights.delete(key));
    this.#flights.set(key, renewal);
    return renewal;
  }

  /** Begins a log-in. Send the person's browser to its `url`, and keep the rest until the callback comes. */
  authorize(app: App, redirectUri: string): Promise<Authorization> {
    return this.#ask('authorize', null, [client(app), redirectUri]);
  }

  /** Ends a log-in: the callback's query, or its whole URL, becomes a stored connection. */
  async connect(name: string, app: App, redirectUri: string, authorization: Authorization, callback: string): Promise<void> {
    await this.#replace(name, app, () =>
      this.#ask('exchange', app.deploymentDomain, [client(app), redirectUri, authorization, callback]),
    );
  }

  /** Connects as the app's own run-as user, without a log-in page (client credentials flow). */
  async connectApp(name: string, app: App): Promise<void> {
    await this.#replace(name, app, () => this.#ask('clientCredentials', app.deploymentDomain, [client(app)]));
  }

  /** Gives the token back and forgets the connection. It is forgotten also if the org does not take the token back: then that is thrown. */
  async disconnect(name: string): Promise<void> {
    // A renewal that is under way gives another token to revoke, and would bring the connection back.
    await this.#locked(name, async () => {
      const { client, grant, accessToken } = await this.#load(name);
      try {
        await this.#ask('revoke', client.deploymentDomain, [client.deploymentDomain, grant?.refreshToken ?? accessToken]);
      } finally {
        await this.#store.remove(name);
      }
    });
  }

  async #load(name: string): Promise<Connection> {
    const connection = await this.#store.load(name);
    if (connection) return connection;
    const message = `There is no connection \`${name}\`.`;
    throw new SalesforceConnectionError('log-in-again', 'not-connected', message, 'Connect it with `connect` or `connectApp`.');
  }

  async #renew(name: string, refused: string): Promise<string> {
    return this.#locked(name, async () => {
      for (let attempt = 1; ; attempt += 1) {
        const { client: app, accessToken, grant } = await this.#load(name);
        if (accessToken !== refused) return accessToken;
        try {
          const tokens = await this.#ask<Tokens>(
            grant ? 'refresh' : 'clientCredentials',
            app.deploymentDomain,
            grant ? [client(app), withoutNulls(grant)] : [client(app)],
          );
          return await this.#save(name, app, tokens);
        } catch (error) {
          // The same grant is renewed where this lock is not known.
          const isElsewhere =
            error instanceof SalesforceConnectionError && error.advice === 'try-later' && error.code === 'invalid_grant';
          if (!isElsewhere || attempt >= ATTEMPTS) throw error;
          await sleep(PAUSE_MILLISECONDS * attempt);
        }
      }
    });
  }

  async #replace(name: string, app: App, ask: () => Promise<Tokens>): Promise<void> {
    await this.#locked(name, async () => this.#save(name, app, await ask()));
  }

  async #save(name: string, app: App, { session, grant }: Tokens): Promise<string> {
    const { accessToken } = session;
    await this.#store.save(name, { client: { ...app, clientSecret: app.clientSecret ?? null }, accessToken, grant: grant ?? null });
    return accessToken;
  }

  async #locked<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
    const release = await this.#store.lock(name);
    try {
      return await work();
    } finally {
      await release();
    }
  }

  async #ask<Value>(name: string, domain: string | null, values: unknown[]): Promise<Value> {
    const ending = await this.#salesforce[oauth](name, domain, values, this.#route);
    if ('answer' in ending) return ending.answer as Value;
    const { advice, code, message, remedy } = ending.refused as OauthError;
    throw new SalesforceConnectionError(advice, code, message, remedy);
  }
}

/** As jco lowers it. */
function client({ deploymentDomain, clientId, clientSecret }: App): object {
  return { deploymentDomain, clientId, clientSecret: clientSecret ?? undefined };
}

function withoutNulls({ refreshToken, instanceUrl, scope, identityUrl }: Grant): object {
  return { refreshToken, instanceUrl, scope: scope ?? undefined, identityUrl: identityUrl ?? undefined };
}
