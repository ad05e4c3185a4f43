//! Writes a chat conversation's data to Salesforce, and reads from there what the conversation needs.
//!
//! Built for `wasm32-unknown-unknown` this crate is the component `salesforce_module.wasm` (see `wit/`); built natively it
//! is the same code as a library, for tests and comparisons.
//!
//! A module uses those of lower layers and no others; `host-tests/tests/core/layers.rs` holds the list and fails where it is broken.
//! From the lowest up:
//!
//! 1. [`base`] knows neither Salesforce nor settings; `texts` is what people read, in each language; `code` is the table of error
//!    codes; [`salesforce`] is the vocabulary; [`value`] turns chat values into field values.
//! 2. [`wire`] is requests out and answers in; [`report`] is what a host is told; [`exchange`] is how the two are carried out
//!    without I/O, and what trouble leads to.
//! 3. [`settings`] are what an author filled in. [`record`] is the core of the modes that have records, and knows no I/O, no clock
//!    and no randomness: `evaluate` → `plan` → `found` → `decide` → `write`.
//! 4. [`run`] is the conversation with Salesforce as a state machine: it says what to send and is told the answer. [`request`] is the
//!    same for one request of the author's own, [`prepare`], [`discover`], [`oauth`] and [`handover`] for what they are named after, and
//!    [`many`] for many runs that share their requests.
//! 5. `component` (wasm only) is the shell: WIT on one side, `wasi:http` on the other.

pub mod audit;
pub mod base;
mod code;
pub mod describe;
pub mod discover;
pub mod exchange;
pub mod form;
pub mod handover;
pub mod log;
pub mod manifest;
pub mod many;
pub mod module;
pub mod oauth;
pub mod prepare;
pub mod record;
pub mod report;
pub mod request;
pub mod run;
pub mod salesforce;
pub mod settings;
mod texts;
pub mod value;
pub mod wire;

// The generated bindings pass memory across the border.
#[cfg(target_family = "wasm")]
#[allow(unsafe_code)]
mod component;

// Its allocator is tested without the component.
#[cfg(all(test, not(target_family = "wasm")))]
#[allow(unsafe_code)]
#[path = "component/memory.rs"]
mod memory;
