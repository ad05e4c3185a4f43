//! What a host may write to its log: which records, fields, codes and ids, and not one value.
//!
//! A plan and a preview hold values, since an author wants to see what would be written; an outcome holds what the flow
//! asked for. Neither belongs into a log. A plan's hash is left out as well: a reader that guesses the values can recognise it.

use serde_json::{Map, Value};

use crate::base::json::object;
use crate::base::{Finding, Severity};
use crate::handover::{Delivery, EndedBy, Handed, Progress, Received};
use crate::many::Ending;
use crate::module;
use crate::record::{Approach, Plan, PlannedRecord};
use crate::report::{
    FileOutcome, FileResult, Outcome, Preview, PreviewDecision, RecordError, RecordResult, RequestOutcome,
    RequestTarget, Retry, Status,
};
use crate::request;
use crate::salesforce::RecordId;
use crate::settings::Work;
use crate::wire::ApiUsage;

/// The WIT member `log` of a plan: SObjects, names of records and fields, how each record is brought to Salesforce.
pub fn plan(plan: &module::Plan) -> Value {
    match plan {
        Work::Write(plan) | Work::Read(plan) => planned(plan),
        Work::Request(plan) => planned_request(plan),
    }
}

fn planned(plan: &Plan) -> Value {
    let lookups = plan.lookups.iter().map(|lookup| {
        let records = lookup.records().into_iter().filter_map(|index| plan.records.get(index));
        let names: Vec<&str> = records.map(|record| record.name().as_str()).collect();
        object([("sobject", lookup.select.from.as_str().into()), ("records", names.into())])
    });
    object([
        ("records", plan.records.iter().map(planned_record).collect()),
        ("lookups", lookups.collect()),
        ("files", plan.files.len().into()),
        ("requests", object([("atLeast", plan.requests_at_least.into()), ("atMost", plan.requests_at_most.into())])),
        ("findings", findings(&plan.findings)),
    ])
}

fn planned_request(plan: &request::Plan) -> Value {
    object([
        ("records", Value::Array(Vec::new())),
        ("lookups", Value::Array(Vec::new())),
        ("files", 0.into()),
        ("requests", object([("atLeast", plan.requests().into()), ("atMost", plan.requests().into())])),
        ("findings", findings(&plan.findings)),
        ("request", target(&plan.target)),
        ("error", error(plan.rendered.as_ref().err())),
    ])
}

/// The WIT member `log` of a preview: what would happen to each record, and how many requests would follow.
pub fn preview(preview: &module::Preview) -> Value {
    match preview {
        Work::Write(preview) | Work::Read(preview) => previewed(preview),
        Work::Request(plan) => previewed_request(plan),
    }
}

fn previewed(preview: &Preview) -> Value {
    let records = preview.records.iter().map(|record| {
        object([
            ("name", record.name.as_str().into()),
            ("sobject", record.sobject.as_str().into()),
            ("decision", decision(record.decision).into()),
            ("id", id(record.id.as_ref())),
            ("candidates", ids(&record.candidates)),
            ("error", error(record.error.as_ref())),
        ])
    });
    object([
        ("status", status(preview.status).into()),
        ("records", records.collect()),
        ("writes", preview.writes.len().into()),
        ("files", preview.files.len().into()),
        ("requests", preview.requests.into()),
        ("retryAfterSeconds", preview.retry_after_seconds.into()),
        ("apiUsage", api_usage(preview.api_usage)),
        ("findings", findings(&preview.findings)),
    ])
}

fn previewed_request(plan: &request::Plan) -> Value {
    object([
        ("status", status(plan.status()).into()),
        ("records", Value::Array(Vec::new())),
        ("writes", plan.requests().into()),
        ("files", 0.into()),
        ("requests", 0.into()),
        ("retryAfterSeconds", Value::Null),
        ("apiUsage", Value::Null),
        ("findings", findings(&plan.findings)),
        ("request", target(&plan.target)),
        ("response", object([("httpStatus", Value::Null), ("error", error(plan.rendered.as_ref().err()))])),
    ])
}

/// Of many conversations: how many ended how.
pub fn many(ending: &Ending) -> Value {
    let all = [Status::Done, Status::Ambiguous, Status::Failed, Status::Deferred, Status::SessionExpired];
    let mut counts = Map::new();
    for ended in all {
        let count = ending.results.iter().flatten().filter(|outcome| outcome.status == ended).count();
        counts.insert(status(ended).to_owned(), count.into());
    }
    counts.insert("bad-input".to_owned(), ending.results.iter().filter(|result| result.is_err()).count().into());
    object([
        ("status", status(ending.status()).into()),
        ("conversations", counts.into()),
        ("requests", ending.spent.requests.into()),
        ("retryAfterSeconds", ending.retry_after_seconds().into()),
        ("apiUsage", api_usage(ending.spent.api_usage)),
    ])
}

/// The WIT member `log` of an outcome: what happened to each record and file, and which variables are handed over.
pub fn outcome(outcome: &module::Outcome) -> Value {
    match outcome {
        Work::Write(outcome) | Work::Read(outcome) => ended(outcome),
        Work::Request(outcome) => ended_request(outcome),
    }
}

/// The WIT member `log` of `start`, `send` and `end`.
pub fn handed(handed: &Handed) -> Value {
    let (outcome, failure) = match &handed.outcome {
        Delivery::Sent => ("sent", None),
        Delivery::Unknown(failure) => ("unknown", Some(failure)),
        Delivery::Failed(failure) => ("failed", Some(failure)),
    };
    chat(&handed.progress, [("outcome", outcome.into()), ("error", error(failure))])
}

/// The WIT member `log` of `receive`: what happened, by its kind, and not a word of it.
pub fn received(received: &Received) -> Value {
    let mut counts = Map::new();
    for event in &received.events {
        let count = counts.get(event.what.kind()).and_then(Value::as_u64).unwrap_or(0);
        counts.insert(event.what.kind().to_owned(), Value::from(count + 1));
    }
    chat(&received.progress, [("events", Value::Object(counts)), ("error", error(received.error.as_ref()))])
}

fn chat(progress: &Progress, [first, second]: [(&str, Value); 2]) -> Value {
    object([
        ("phase", progress.phase.name().into()),
        ("endedBy", progress.ended_by.map(EndedBy::name).into()),
        ("conversation", progress.conversation.as_deref().into()),
        first,
        second,
        ("variables", progress.variables.keys().map(String::as_str).collect()),
        ("requests", progress.requests.into()),
        ("retryAfterSeconds", progress.retry_after_seconds.into()),
        ("findings", findings(&progress.findings)),
    ])
}

/// Of one of many conversations that could not be read.
pub fn unread(found: &[Finding]) -> Value {
    object([
        ("status", status(Status::Failed).into()),
        ("records", Value::Array(Vec::new())),
        ("files", Value::Array(Vec::new())),
        ("variables", Value::Array(Vec::new())),
        ("requests", 0.into()),
        ("retryAfterSeconds", Value::Null),
        ("apiUsage", Value::Null),
        ("findings", findings(found)),
    ])
}

fn ended(outcome: &Outcome) -> Value {
    let records = outcome.records.iter().map(|record| {
        object([
            ("name", record.name.as_str().into()),
            ("sobject", record.sobject.as_str().into()),
            ("result", result(record.result).into()),
            ("id", id(record.id.as_ref())),
            ("candidates", ids(&record.candidates)),
            ("error", error(record.error.as_ref())),
        ])
    });
    object([
        ("status", status(outcome.status).into()),
        ("records", records.collect()),
        ("files", outcome.files.iter().map(file).collect()),
        ("variables", outcome.variables.keys().map(String::as_str).collect()),
        ("requests", outcome.requests.into()),
        ("retryAfterSeconds", outcome.retry_after_seconds.into()),
        ("apiUsage", api_usage(outcome.api_usage)),
        ("findings", findings(&outcome.findings)),
    ])
}

fn ended_request(outcome: &RequestOutcome) -> Value {
    object([
        ("status", status(outcome.status).into()),
        ("records", Value::Array(Vec::new())),
        ("files", Value::Array(Vec::new())),
        ("variables", outcome.variables.keys().map(String::as_str).collect()),
        ("requests", outcome.requests.into()),
        ("retryAfterSeconds", outcome.retry_after_seconds.into()),
        ("apiUsage", api_usage(outcome.api_usage)),
        ("findings", findings(&outcome.findings)),
        ("request", target(&outcome.target)),
        ("response", object([("httpStatus", outcome.http_status.into()), ("error", error(outcome.error.as_ref()))])),
    ])
}

fn target(target: &RequestTarget) -> Value {
    object([("method", target.method.into()), ("path", target.path.as_str().into())])
}

fn file(file: &FileOutcome) -> Value {
    let result = match file.result {
        FileResult::Created => "created",
        FileResult::Failed => "failed",
        FileResult::Unknown => "unknown",
        FileResult::Skipped => "skipped",
    };
    object([
        ("record", file.record.as_str().into()),
        ("result", result.into()),
        ("id", id(file.id.as_ref())),
        ("error", error(file.error.as_ref())),
    ])
}

fn planned_record(record: &PlannedRecord) -> Value {
    let names = |fields: &mut dyn Iterator<Item = String>| fields.map(Value::String).collect::<Value>();
    let links_of_keys = record.link_keys().map(|link| link.field.to_string());
    let (approach, failure) = match &record.approach {
        Approach::Create => ("create", None),
        Approach::LookUp => ("look-up", None),
        Approach::UpsertByKey(_) => ("upsert-by-key", None),
        Approach::UpdateById(_) => ("update-by-id", None),
        Approach::Skip { .. } => ("skip", None),
        Approach::Fail(failure) => ("fail", Some(failure)),
    };
    object([
        ("name", record.name().as_str().into()),
        ("sobject", record.sobject().as_str().into()),
        ("approach", approach.into()),
        ("keys", names(&mut record.keys().map(|key| key.path.to_string()).chain(links_of_keys))),
        ("fields", names(&mut record.fields.iter().map(|field| field.path.to_string()))),
        ("links", names(&mut record.links.iter().map(|link| link.field.to_string()))),
        ("readBack", names(&mut record.fields_read())),
        ("error", error(failure)),
    ])
}

fn decision(decision: PreviewDecision) -> &'static str {
    match decision {
        PreviewDecision::Create => "create",
        PreviewDecision::Update => "update",
        PreviewDecision::Upsert => "upsert",
        PreviewDecision::Unchanged => "unchanged",
        PreviewDecision::Found => "found",
        PreviewDecision::Skip => "skip",
        PreviewDecision::Ambiguous => "ambiguous",
        PreviewDecision::Fail => "fail",
    }
}

fn result(result: RecordResult) -> &'static str {
    match result {
        RecordResult::Created => "created",
        RecordResult::Updated => "updated",
        RecordResult::Unchanged => "unchanged",
        RecordResult::Found => "found",
        RecordResult::Skipped => "skipped",
        RecordResult::Ambiguous => "ambiguous",
        RecordResult::Failed => "failed",
        RecordResult::Unknown => "unknown",
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Done => "done",
        Status::Ambiguous => "ambiguous",
        Status::Failed => "failed",
        Status::Deferred => "deferred",
        Status::SessionExpired => "session-expired",
    }
}

fn id(id: Option<&RecordId>) -> Value {
    id.map_or(Value::Null, |id| id.as_str().into())
}

fn ids(ids: &[RecordId]) -> Value {
    ids.iter().map(RecordId::as_str).collect()
}

fn error(error: Option<&RecordError>) -> Value {
    let Some(error) = error else { return Value::Null };
    let retry = match error.retry {
        Retry::Never => "never",
        Retry::RenewSession => "renew-session",
        Retry::Later => "later",
        Retry::Verify => "verify",
    };
    object([("code", error.code.as_str().into()), ("fields", error.fields.as_slice().into()), ("retry", retry.into())])
}

fn api_usage(usage: Option<ApiUsage>) -> Value {
    usage.map_or(Value::Null, |usage| object([("used", usage.used.into()), ("limit", usage.limit.into())]))
}

fn findings(findings: &[Finding]) -> Value {
    let finding = |finding: &Finding| {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let code = finding.code.word();
        object([("severity", severity.into()), ("code", code.into()), ("path", finding.path.as_str().into())])
    };
    findings.iter().map(finding).collect()
}
