//! The core of the modes that have records: settings and variables → values → a plan → what exists → decisions → writes.
//!
//! Nothing here sends anything: each part is a function of what the one before it made and of what Salesforce answered.

pub mod decide;
pub mod evaluate;
pub mod found;
pub mod plan;
pub mod write;
