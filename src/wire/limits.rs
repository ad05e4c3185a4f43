//! Limits of requests and answers that more than one part of the module knows.

/// Existing records fetched for each alternative of a lookup: enough to list candidates to an author.
pub const MAX_CANDIDATES: usize = 10;
/// How long to wait if the answer does not say: Salesforce's 24 hours slide, so requests come free all the time.
pub(crate) const DEFAULT_DEFER_SECONDS: u32 = 900;
/// Longest path with its query. Source: REST API guide, Status Codes, 414.
pub const MAX_URL_BYTES: usize = 16_384;
