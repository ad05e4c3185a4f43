//! The module natively: the rules of the core, of its state machines against the simulated org, and of the project's own files.
//! Nothing here needs the host: `cargo test -p host-tests --no-default-features --test core` builds and links no wasmtime.

// A panic is how a test fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod agreement;
mod audit;
#[path = "../common/mod.rs"]
mod common;
mod describe;
mod forms;
mod fuzz_corpus;
mod handover;
mod handover_org;
mod injection;
mod interface;
mod keys;
mod layers;
mod many;
mod names;
mod no_effect;
mod payloads;
mod people;
mod problems;
mod properties;
mod recipes;
mod recovery;
mod requests;
mod schema;
mod simulated_chat;
mod simulated_org;
mod stage;
mod types;
mod zones;

use fuzz_corpus::checks::form;
