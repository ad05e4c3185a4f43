//! `run-many`: what a thousand conversations cost, that each ends as if it had been alone, in order, and that nothing is ever
//! written twice.

// A panic is how a test fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/org.rs"]
mod org;
#[path = "../common/process.rs"]
mod process;
#[path = "../recovery/stage.rs"]
#[allow(dead_code)]
mod stage;

mod alike;
mod cli;
mod doubts;
mod earlier;
mod few_requests;
mod in_order;
mod sandbox;
mod support;
mod trouble;
