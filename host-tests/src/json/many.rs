//! What became of many conversations, as JSON.

use serde_json::{Value, json};

use super::{api_usage, list, outcome, status};
use crate::host::ManyOutcome;

/// The answer of the function `run-many`, for all conversations together.
pub fn many_outcome(many: &ManyOutcome) -> Value {
    json!({
        "status": status(many.status),
        "conversations": list(&many.conversations, outcome),
        "requests": many.requests,
        "retryAfterSeconds": many.retry_after_seconds,
        "apiUsage": many.api_usage.map_or(Value::Null, api_usage),
    })
}
