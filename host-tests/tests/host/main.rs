//! The module as hosts and users meet it: the component in the reference host, and `chat-host`, against the simulator or answers
//! that a script gives.
//!
//! One program, since wasmtime is linked into each.

// A panic is how a test fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod audit;
mod border;
#[cfg(unix)]
mod cache;
mod cli;
#[path = "../common/mod.rs"]
mod common;
mod component;
mod connections;
mod discovery;
mod docs;
mod edit;
mod faults;
mod files;
#[path = "../../../fuzz/src/form.rs"]
mod form;
mod handover;
mod injection;
mod many;
mod org;
mod peers;
mod people;
mod prepare;
mod process;
mod reading;
mod real_org;
mod relay;
mod requests;
mod rules;
mod sandbox;
mod scripted;
mod transport;
mod types;
