//! A reference host for the component, a Salesforce simulator, and `chat-host`, which brings them together.
//!
//! - [`host`] is what an engine developer copies: it loads the component, limits it, guards the way out and calls it.
//! - [`connections`] keeps an engine connected to its orgs: stores tokens and renews them once for all workers.
//! - [`simulator`] is a Salesforce org in memory that refuses what Salesforce refuses.
//! - [`json`] writes the component's answers as the JSON that `chat-host` prints.
//! - [`cli`] and [`demo`] are `chat-host`.

#![cfg(not(target_family = "wasm"))]

pub mod cli;
pub mod connections;
pub mod demo;
pub mod host;
pub mod json;
pub mod simulator;

/// The component, as `build.rs` built it.
pub const COMPONENT: &[u8] = include_bytes!(env!("SALESFORCE_MODULE_WASM"));
