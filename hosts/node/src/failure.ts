// What the guest is told about a request that failed, for the words in which it tells the flow. Whether anything can have reached
// Salesforce it knows by itself.

import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { ErrorCode } from './messages.js';

/** The reason of an error that Node has given for a request. */
export function reason(error: NodeJS.ErrnoException, socket: Socket | null, wasConnected: boolean): ErrorCode {
  if (wasConnected) return { tag: 'connection-terminated' };
  if (socket && (socket as TLSSocket).authorizationError) return { tag: 'TLS-certificate-error' };
  const code = error.code ?? '';
  if (error.syscall === 'getaddrinfo') return { tag: 'DNS-error', val: { rcode: undefined, infoCode: undefined } };
  switch (code) {
    case 'ECONNREFUSED':
      return { tag: 'connection-refused' };
    case 'ETIMEDOUT':
      return { tag: 'connection-timeout' };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
    case 'EACCES':
    case 'EMFILE':
      return { tag: 'destination-unavailable' };
  }
  // What a peer that speaks no TLS, or ends the handshake, leads to.
  const isOfTls = code === 'EPROTO' || code.startsWith('ERR_SSL_') || (socket !== null && 'encrypted' in socket);
  return isOfTls ? { tag: 'TLS-protocol-error' } : { tag: 'destination-unavailable' };
}
