//! Answers that real orgs gave, or that Salesforce's documentation prints: what our REST code reads in them, and whether
//! the simulator answers in the same shape.
//!
//! They lie beside the project, in `../shared/payloads`, and are no part of it: without that folder these tests say so and
//! pass. With it, each file is one of a known kind, or listed as without counterpart: a new one must be put somewhere.

pub mod catalogue;
mod describes;
mod differences;
mod errors;
pub mod files;
mod preparing;
mod reading;
mod shape;
mod shapes;
mod simulated;
mod tokens;

use std::collections::BTreeSet;

use self::catalogue::{COVERED, NO_COUNTERPART};

#[test]
fn every_payload_is_covered_or_listed_as_without_counterpart() {
    let Some(found) = files::all() else { return };
    let covered = COVERED.iter().flat_map(|(_, files)| files.iter().copied());
    let listed: Vec<&str> = covered.chain(NO_COUNTERPART.iter().flat_map(|(_, files)| files.iter().copied())).collect();
    let once: BTreeSet<&str> = listed.iter().copied().collect();
    assert_eq!(listed.len(), once.len(), "a file is listed twice");
    let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    let unlisted: Vec<_> = found.difference(&once).collect();
    let gone: Vec<_> = once.difference(&found).collect();
    assert!(unlisted.is_empty(), "in no list of catalogue.rs: {unlisted:#?}");
    assert!(gone.is_empty(), "listed, but not there: {gone:#?}");
    let without: usize = NO_COUNTERPART.iter().map(|(_, files)| files.len()).sum();
    println!("{} payloads, {} of them without counterpart", found.len(), without);
}
