//! A Salesforce org in memory, with the REST API in front of it.
//!
//! It guarantees the refusals, not only the happy path: a simulator that accepts everything proves nothing about the
//! requests that pass it. Writes are validated by the same schema that describe prints, a failed composite really
//! undoes what it wrote, and an unknown name, a wrong type or a bad id gets the status and errorCode of the real API.
//!
//! Two layers: [`Org`] is pure (a request and the time go in, a response comes out; no sockets, no clock, no
//! randomness), [`Simulator`] is the thin HTTP server around it.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod address;
mod admin;
mod batch;
mod call;
mod collections;
mod composite;
mod content;
mod conversion;
mod convert;
mod decimal;
mod describe;
mod duplicates;
mod entities;
mod error;
pub mod fault;
mod graph;
mod id;
mod message;
mod oauth;
mod org;
mod person;
mod query;
mod read;
pub mod reading;
mod reference;
mod resources;
mod retrieve;
mod route;
mod rows;
mod rules;
mod save;
mod schema;
mod seed;
mod server;
mod settings;
mod soql;
mod store;
mod temporal;
mod tooling;
mod upsert;
mod uri;
mod validate;

pub use message::{Exchange, Request, Response};
pub use oauth::{AuthorizeError, TokenRefusal, TokenRequests};
pub use org::Org;
pub use schema::Access;
pub use seed::SeedError;
pub use server::Simulator;
pub use settings::Settings;
pub use tooling::ValidationRule;

#[cfg(test)]
mod tests;
