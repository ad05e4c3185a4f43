//! Values as visitors type them, in the types of the org: from prepared settings to what Salesforce stores, and back.

// A panic is how a test fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/org.rs"]
mod org;

mod awkward_keys;
mod clocks;
mod conversions;
mod entities;
mod epochs;
mod keys;
mod lengths;
mod lists;
mod misfits;
mod properties;
mod spellings;
