//! The resources of the REST API, and the door to them: it adds [`handle`](super::Org::handle) to the org.

mod batch;
mod collections;
mod composite;
mod describe;
mod door;
mod graph;
mod query;
mod reference;
mod resources;
mod retrieve;
mod route;
mod rows;
mod tooling;
mod upsert;
