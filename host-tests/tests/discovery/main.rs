//! `objects` and `fields` as a form and an administrator use them: the real component, and `chat-host`, against a simulated
//! org and against orgs that are larger than it.

// A panic is how a test fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/border.rs"]
mod border;
#[path = "../common/org.rs"]
mod org;
#[path = "../common/process.rs"]
mod process;
#[path = "../common/scripted.rs"]
mod scripted;

mod answers;
mod bad_input;
mod cli;
mod fields;
mod large;
mod objects;
mod questions;
