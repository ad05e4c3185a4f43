// The simulator, as jsforce is told of it.

import assert from 'node:assert/strict';

import jsforce from 'jsforce';

export const simulator = JSON.parse(process.env.SIMULATOR);
export const { instanceUrl, clientId, clientSecret } = simulator;
export const httpProxy = process.env.PROXY;
export const version = '62.0';
export const base = `/services/data/v${version}`;
export const callback = 'http://localhost:1717/callback';

export const connect = (more = { accessToken: simulator.accessToken }) =>
  new jsforce.Connection({ instanceUrl, httpProxy, version, ...more });
export const app = (more = {}) =>
  new jsforce.OAuth2({ loginUrl: instanceUrl, httpProxy, clientId, clientSecret, redirectUri: callback, ...more });
export const conn = connect();

// The call must fail with that code; gives the error.
export async function refused(code, call) {
  const error = await call().then(() => assert.fail(`no ${code}`), (caught) => caught);
  assert.equal(error.errorCode ?? error.name, code, error.message);
  return error;
}

// What a person does in the browser: allows the access, and is sent back to the app.
export async function allow(authorizeUrl, decision = 'allow') {
  const { pathname, searchParams } = new URL(authorizeUrl);
  const body = new URLSearchParams([...searchParams, ['decision', decision]]);
  const answer = await fetch(simulator.url + pathname, { method: 'POST', body, redirect: 'manual' });
  assert.equal(answer.status, 302, await answer.text());
  return new URL(answer.headers.get('location')).searchParams;
}

export async function logIn() {
  const oauth2 = app({ useVerifier: true });
  const answer = await allow(oauth2.getAuthorizationUrl({ scope: 'api refresh_token', state: 's' }));
  assert.equal(answer.get('state'), 's');
  const connection = connect({ oauth2 });
  const user = await connection.authorize(answer.get('code'));
  return { connection, user, oauth2 };
}
