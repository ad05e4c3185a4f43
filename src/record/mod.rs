//! The core of the modes that have records: settings and variables → values → a plan → what exists → decisions → writes.
//!
//! Nothing here sends anything: each part is a function of what the one before it made and of what Salesforce answered.

pub(crate) mod decide;
pub(crate) mod evaluate;
pub(crate) mod found;
pub(crate) mod plan;
pub(crate) mod progress;
#[cfg(test)]
mod sample;
pub(crate) mod write;

pub use evaluate::{FieldValue, Link, MAX_VALUES_BYTES, evaluate};
pub(crate) use progress::{Current, Progress};

pub use plan::{Approach, Lookup, NoneMatches, Plan, PlannedRecord, hash, plan};
