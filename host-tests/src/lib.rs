//! A reference host for the component, a Salesforce simulator, and `chat-host`, which brings them together.
//!
//! - [`host`] is what an engine developer copies: it loads the component, limits it, guards the way out and calls it.
//! - [`connections`] keeps an engine connected to its orgs: stores tokens and renews them once for all workers.
//! - [`simulator`] is a Salesforce org in memory that refuses what Salesforce refuses.
//! - [`json`] writes the component's answers as the JSON that `chat-host` prints.
//! - [`conform`] asks a host in any language what the reference host does.
//! - [`cli`], [`demo`] and [`edit`] are `chat-host`; [`web`] serves its pages.
//!
//! All but the simulator needs the feature `host`, which is on unless it is asked not to be.

#![cfg(not(target_family = "wasm"))]

#[cfg(feature = "host")]
pub mod cli;
#[cfg(feature = "host")]
pub mod conform;
#[cfg(feature = "host")]
pub mod connections;
#[cfg(feature = "host")]
pub mod demo;
#[cfg(feature = "host")]
pub mod edit;
#[cfg(feature = "host")]
pub mod host;
#[cfg(feature = "host")]
pub mod json;
#[cfg(feature = "host")]
mod private_folder;
#[cfg(feature = "host")]
pub mod relay;
#[cfg(feature = "host")]
pub mod web;

pub use salesforce_simulator as simulator;

/// The component, as `build.rs` built it.
#[cfg(feature = "host")]
pub const COMPONENT: &[u8] = include_bytes!(env!("SALESFORCE_MODULE_WASM"));
