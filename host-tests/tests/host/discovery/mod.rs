//! `objects` and `fields` as a form and an administrator use them: the real component, and `chat-host`, against a simulated
//! org and against orgs that are larger than it.

mod answers;
mod bad_input;
mod cli;
mod fields;
mod large;
mod objects;
mod questions;
