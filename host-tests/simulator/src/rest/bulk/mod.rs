//! The Bulk API 2.0: `/jobs/ingest` and `/jobs/query`. Source: Bulk API 2.0 guide, and recorded answers.
//!
//! A job is carried out when its upload is complete, and a query when it is made: the next look at the job finds it done.

mod carry;
mod ingest;
mod job;
mod query;
mod table;

pub use ingest::run as ingest;
pub use query::run as query;

/// The first version of ingest jobs.
pub const MIN_VERSION: u32 = 41;
/// The first version of query jobs.
pub const MIN_QUERY_VERSION: u32 = 47;
