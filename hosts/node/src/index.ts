export { Connections, type App } from './connections/index.js';
export { FileStore } from './connections/file-store.js';
export type { Connection, ConnectionStore } from './connections/store.js';
export {
  SalesforceConnectionError,
  SalesforceHostError,
  SalesforceSettingsError,
  type HostErrorCode,
} from './errors.js';
export type * from './generated/types.js';
export type { ChatOptions, Handover, ReceiveOptions, StartOptions } from './handover/index.js';
export type * from './handover/types.js';
export { SalesforceModule } from './module.js';
export type { CallOptions, Correlated, FormOptions, LoadOptions, RunOptions, SendOptions } from './options.js';
export type { Session, TokenProvider } from './session.js';
