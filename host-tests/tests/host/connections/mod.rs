//! Connections to an org that last: the rules of the interface `oauth`, of the store and of renewal, with the real component in
//! the real host against the simulator, or against a script where the simulator would be too good.

mod answer;
mod authorize;
mod callback;
mod cli;
mod command;
mod flight;
mod memory;
mod runs;
mod store;
pub mod support;
mod wire;
pub mod worker;
