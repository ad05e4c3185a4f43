export {
  SalesforceConnectionError,
  SalesforceHostError,
  SalesforceSettingsError,
  type HostErrorCode,
} from './errors.js';
export type * from './generated/types.js';
export {
  SalesforceModule,
  type CallOptions,
  type Correlated,
  type LoadOptions,
  type RunOptions,
  type SendOptions,
} from './module.js';
export type { Session, TokenProvider } from './session.js';
