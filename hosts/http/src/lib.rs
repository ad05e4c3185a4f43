//! The Salesforce module behind HTTP, for engines in any language.
//!
//! This crate is a component that imports the interface of the module and exports `wasi:http/incoming-handler`. Composed with the module it is
//! one file that every host of `wasi:http` serves. It keeps no state: a platform runs as many replicas as it likes.
//!
//! What can be decided without the module is decided in plain modules, which are tested natively: [`routes`], [`config`], [`members`],
//! [`asked`], [`handover`], [`access`] and [`mcp`]. `component` is the shell, for wasm only: `wasi:http` on one side, the module on the other.

pub mod access;
pub mod answer;
pub mod asked;
pub mod config;
pub mod handover;
pub mod mcp;
pub mod members;
pub mod problem;
pub mod routes;

#[cfg(target_family = "wasm")]
mod component;

/// Answers are written as `chat-host --json` writes them, by the same file. It finds the interface's types where the reference host has them.
#[cfg(target_family = "wasm")]
#[allow(dead_code, unused_imports, unreachable_pub, clippy::indexing_slicing)]
#[path = "../../../host-tests/src"]
mod shared {
    pub(crate) mod json;
}
#[cfg(target_family = "wasm")]
mod host {
    pub(crate) use crate::component::bindings::chat_flow::salesforce::handover::*;
    pub(crate) use bindings::exports::chat_flow::salesforce::types::{ManyOutcome, ModuleManifest, SettingsForm, Tool};

    pub(crate) mod bindings {
        pub(crate) mod exports {
            pub(crate) mod chat_flow {
                pub(crate) mod salesforce {
                    pub(crate) use crate::component::bindings::chat_flow::salesforce::types;
                }
            }
        }
    }
}

/// The front's own description (OpenAPI 3.1).
pub const OPENAPI: &str = include_str!("openapi.json");
