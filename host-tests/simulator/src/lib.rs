//! A Salesforce org in memory, with the REST API in front of it.
//!
//! It guarantees the refusals, not only the happy path: a simulator that accepts everything proves nothing about the
//! requests that pass it. Writes are validated by the same schema that describe prints, a failed composite really
//! undoes what it wrote, and an unknown name, a wrong type or a bad id gets the status and errorCode of the real API.
//!
//! [`Org`] is pure (a request and the time go in, a response comes out; no sockets, no clock, no randomness), [`Simulator`] is the
//! thin HTTP server around it. The folders are layers, in the order of `host-tests/tests/core/layers.rs`: a file uses its own folder
//! and lower ones.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[cfg(feature = "cli")]
pub mod cli;
mod data;
mod document;
pub mod fault;
mod formula;
mod http;
mod messaging;
mod nearest;
mod oauth;
mod org;
pub mod reading;
mod rest;
mod rules;
mod schema;
mod seed;
mod server;
mod settings;
mod soql;
mod start;

pub use crate::http::{Exchange, Request, Response};
pub use data::DataFile;
pub use document::BadFile;
pub use messaging::{Piece, Stream};
pub use oauth::{AuthorizeError, TokenRefusal, TokenRequests};
pub use org::{Org, ValidationRule};
pub use schema::Access;
pub use seed::SeedError;
pub use server::Simulator;
pub use settings::Settings;
pub use start::Files;

#[cfg(test)]
mod tests;

/// The README's test is one.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
