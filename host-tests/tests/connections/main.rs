//! Connections to an org that last: the rules of the interface `oauth`, of the store and of renewal, with the real component in
//! the real host against the simulator, or against a script where the simulator would be too good.

// A panic is how a test fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;

mod answer;
mod authorize;
mod callback;
mod cli;
mod command;
mod flight;
mod memory;
mod runs;
mod store;
mod support;
mod wire;
mod worker;
