//! Writes a chat conversation's data to Salesforce, and reads from there what the conversation needs.
//!
//! Built for `wasm32-unknown-unknown` this crate is the component `salesforce_module.wasm` (see `wit/`); built natively it
//! is the same code as a library, for tests and comparisons.
//!
//! Three layers, each usable without the next:
//!
//! 1. The core knows no I/O, no clock and no randomness: [`settings`] and [`variables`] → [`mapping`] → [`plan`] →
//!    [`lookup`] → [`decide`] → [`write`](mod@write). [`soql`] and [`rest`] are what it speaks.
//! 2. [`run`] is the conversation with Salesforce as a state machine: it says what to send and is told the answer.
//!    [`retry`] is the table of what trouble leads to. [`api`] is the same for one request of the author's own.
//! 3. `component` (wasm only) is the shell: WIT on one side, `wasi:http` on the other.

pub mod api;
pub mod base;
pub mod decide;
pub mod discover;
pub mod log;
pub mod lookup;
pub mod manifest;
pub mod many;
pub mod mapping;
pub mod module;
pub mod oauth;
pub mod outcome;
pub mod plan;
pub mod prepare;
pub mod rest;
pub mod retry;
pub mod run;
pub mod salesforce;
pub mod settings;
pub mod soql;
pub mod value;
pub mod write;

// The generated bindings pass memory across the border.
#[cfg(target_family = "wasm")]
#[allow(unsafe_code)]
mod component;
