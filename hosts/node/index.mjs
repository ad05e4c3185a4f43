// One copy of the package for both kinds of modules: an error of one is an instance of the other's class.
import salesforce from './dist/index.js';

export const {
  Connections,
  FileStore,
  SalesforceConnectionError,
  SalesforceHostError,
  SalesforceModule,
  SalesforceSettingsError,
} = salesforce;
