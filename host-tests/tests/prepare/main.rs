//! `prepare` as an author and an administrator use it: the real component, and `chat-host`, against a simulated org.

// A panic is how a test fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/org.rs"]
mod org;
#[path = "../common/process.rs"]
mod process;
#[path = "../common/scripted.rs"]
mod scripted;

mod answers;
mod cli;
mod companions;
mod constants;
mod document;
mod drift;
mod fields;
mod keys_and_links;
mod objects;
mod requests;
mod upserts;
mod validation_rules;
