//! How many conversations ended.

use super::{api_usage, findings, outcome, status, wit};
use crate::audit::Audit;
use crate::base::{Finding, text};
use crate::log;
use crate::many::Ending;
use crate::settings::Work;

/// The correlations are those of the conversations, in their order.
pub(crate) fn many_outcome(ending: Ending, correlations: Vec<Option<String>>, audit: &Audit) -> wit::ManyOutcome {
    wit::ManyOutcome {
        log: text(&audit.note(log::many(&ending))),
        status: status(ending.status()),
        retry_after_seconds: ending.retry_after_seconds(),
        requests: ending.spent.requests,
        api_usage: ending.spent.api_usage.map(api_usage),
        conversations: ending
            .results
            .into_iter()
            .zip(correlations)
            .map(|(result, correlation)| {
                let audit = audit.of(correlation);
                match result {
                    Ok(ended) => outcome(Work::Write(ended), &audit),
                    Err(findings) => unread(findings, &audit),
                }
            })
            .collect(),
    }
}

/// Of a conversation that could not be read: findings of severity `error`, and no record.
fn unread(found: Vec<Finding>, audit: &Audit) -> wit::Outcome {
    wit::Outcome {
        log: text(&audit.note(log::unread(&found))),
        correlation: audit.correlation.clone(),
        status: wit::Status::Failed,
        records: Vec::new(),
        files: Vec::new(),
        variables: "{}".to_owned(),
        requests: 0,
        retry_after_seconds: None,
        api_usage: None,
        response: None,
        findings: findings(found),
    }
}
