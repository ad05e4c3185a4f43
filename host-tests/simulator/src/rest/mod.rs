//! The resources of the REST API, and the door to them: it adds [`handle`](super::Org::handle) to the org.

mod actions;
mod batch;
mod bulk;
mod changes;
mod chat;
mod collections;
mod composite;
mod control;
mod describe;
mod described;
mod door;
mod graph;
mod named;
mod one;
mod query;
mod reference;
mod resources;
mod retrieve;
mod route;
mod rows;
mod search;
mod searched;
mod tooling;
mod tree;
mod upsert;
