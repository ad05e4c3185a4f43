//! Values as visitors type them, in the types of the org: from prepared settings to what Salesforce stores, and back.

mod awkward_keys;
mod clocks;
mod conversions;
mod entities;
mod epochs;
mod keys;
mod lengths;
mod lists;
mod misfits;
mod spellings;
