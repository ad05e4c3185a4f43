//! How a run ended.

use serde_json::Value;

use super::{ambiguity, api_usage, error, findings, id, ids, number, problem, status, wit, with_texts};
use crate::audit::Audit;
use crate::base::text;
use crate::log;
use crate::module::Outcome;
use crate::report::{Act, FileOutcome, FileResult, RecordError, RecordOutcome, RecordResult};
use crate::salesforce::Domain;
use crate::settings::Work;

pub(crate) fn outcome(outcome: Outcome, audit: &Audit) -> wit::Outcome {
    let log = text(&audit.note(log::outcome(&outcome)));
    let correlation = audit.correlation.clone();
    let act = outcome.act(|outcome| outcome.target.act);
    match outcome {
        Work::Write(outcome) | Work::Read(outcome) => wit::Outcome {
            log,
            correlation,
            status: status(outcome.status),
            records: outcome.records.into_iter().map(|record| record_outcome(record, act, &audit.domain)).collect(),
            files: outcome.files.into_iter().map(file_outcome).collect(),
            variables: text(&Value::Object(outcome.variables)),
            requests: outcome.requests,
            retry_after_seconds: outcome.retry_after_seconds,
            api_usage: outcome.api_usage.map(api_usage),
            response: None,
            findings: findings(outcome.findings),
        },
        Work::Request(outcome) => wit::Outcome {
            log,
            correlation,
            status: status(outcome.status),
            records: Vec::new(),
            files: Vec::new(),
            variables: text(&Value::Object(outcome.variables)),
            requests: outcome.requests,
            retry_after_seconds: outcome.retry_after_seconds,
            api_usage: outcome.api_usage.map(api_usage),
            response: Some(wit::ApiResponse {
                http_status: outcome.http_status,
                error: outcome.error.map(|failure| error(failure, act, None)),
            }),
            findings: findings(outcome.findings),
        },
    }
}

fn record_outcome(record: RecordOutcome, act: Act, domain: &Domain) -> wit::RecordOutcome {
    wit::RecordOutcome {
        name: record.name.as_str().to_owned(),
        sobject: record.sobject.as_str().to_owned(),
        result: match record.result {
            RecordResult::Created => wit::RecordResult::Created,
            RecordResult::Updated => wit::RecordResult::Updated,
            RecordResult::Unchanged => wit::RecordResult::Unchanged,
            RecordResult::Found => wit::RecordResult::Found,
            RecordResult::Skipped => wit::RecordResult::Skipped,
            RecordResult::Ambiguous => wit::RecordResult::Ambiguous,
            RecordResult::Failed => wit::RecordResult::Failed,
            RecordResult::Unknown => wit::RecordResult::Unknown,
        },
        url: record.id.as_ref().map(|id| domain.record_url(id)),
        id: id(record.id),
        candidates: ids(&record.candidates),
        error: record.error.map(|failure| error(failure, act, Some(record.result))),
        problems: record.problems.into_iter().map(problem).collect(),
        ambiguity: record.ambiguity.map(ambiguity),
    }
}

fn file_outcome(file: FileOutcome) -> wit::FileOutcome {
    wit::FileOutcome {
        record: file.record.as_str().to_owned(),
        variable: file.variable,
        index: number(file.index),
        result: match file.result {
            FileResult::Created => wit::FileResult::Created,
            FileResult::Failed => wit::FileResult::Failed,
            FileResult::Unknown => wit::FileResult::Unknown,
            FileResult::Skipped => wit::FileResult::Skipped,
        },
        id: id(file.id),
        error: file.error.map(|error| with_texts(error, RecordError::for_visitor_of_file(file.result))),
    }
}
