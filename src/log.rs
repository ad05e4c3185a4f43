//! What a host may write to its log: which records, fields, codes and ids, and not one value.
//!
//! A plan and a preview hold values, since an author wants to see what would be written; an outcome holds what the flow
//! asked for. Neither belongs into a log. A plan's hash is left out as well: a reader that guesses the values can recognise it.

use std::collections::BTreeMap;

use crate::base::{Finding, Line, Severity};
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
pub fn plan(plan: &module::Plan) -> Line<'_> {
    match plan {
        Work::Write(plan) | Work::Read(plan) => planned(plan),
        Work::Request(plan) => planned_request(plan),
    }
}

fn planned(plan: &Plan) -> Line<'_> {
    let lookups = plan.lookups.iter().map(|lookup| {
        let records = lookup.records().into_iter().filter_map(|index| plan.records.get(index));
        Line::object([
            ("sobject", lookup.select.from.as_str().into()),
            ("records", records.map(|record| record.name().as_str()).collect()),
        ])
    });
    Line::object([
        ("records", plan.records.iter().map(planned_record).collect()),
        ("lookups", lookups.collect()),
        ("files", plan.files.len().into()),
        (
            "requests",
            Line::object([("atLeast", plan.requests_at_least.into()), ("atMost", plan.requests_at_most.into())]),
        ),
        ("findings", findings(&plan.findings)),
    ])
}

fn planned_request(plan: &request::Plan) -> Line<'_> {
    Line::object([
        ("records", Line::List(Vec::new())),
        ("lookups", Line::List(Vec::new())),
        ("files", Line::Number(0)),
        ("requests", Line::object([("atLeast", plan.requests().into()), ("atMost", plan.requests().into())])),
        ("findings", findings(&plan.findings)),
        ("request", target(&plan.target)),
        ("error", error(plan.rendered.as_ref().err())),
    ])
}

/// The WIT member `log` of a preview: what would happen to each record, and how many requests would follow.
pub fn preview(preview: &module::Preview) -> Line<'_> {
    match preview {
        Work::Write(preview) | Work::Read(preview) => previewed(preview),
        Work::Request(plan) => previewed_request(plan),
    }
}

fn previewed(preview: &Preview) -> Line<'_> {
    let records = preview.records.iter().map(|record| {
        Line::object([
            ("name", record.name.as_str().into()),
            ("sobject", record.sobject.as_str().into()),
            ("decision", decision(record.decision).into()),
            ("id", id(record.id.as_ref())),
            ("candidates", ids(&record.candidates)),
            ("error", error(record.error.as_ref())),
        ])
    });
    Line::object([
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

fn previewed_request(plan: &request::Plan) -> Line<'_> {
    Line::object([
        ("status", status(plan.status()).into()),
        ("records", Line::List(Vec::new())),
        ("writes", plan.requests().into()),
        ("files", Line::Number(0)),
        ("requests", Line::Number(0)),
        ("retryAfterSeconds", Line::Null),
        ("apiUsage", Line::Null),
        ("findings", findings(&plan.findings)),
        ("request", target(&plan.target)),
        ("response", Line::object([("httpStatus", Line::Null), ("error", error(plan.rendered.as_ref().err()))])),
    ])
}

/// Of many conversations: how many ended how.
pub fn many(ending: &Ending) -> Line<'_> {
    let all = [Status::Done, Status::Ambiguous, Status::Failed, Status::Deferred, Status::SessionExpired];
    let mut counts =
        Line::object([("bad-input", ending.results.iter().filter(|result| result.is_err()).count().into())]);
    for ended in all {
        let count = ending.results.iter().flatten().filter(|outcome| outcome.status == ended).count();
        counts.insert(status(ended), count.into());
    }
    Line::object([
        ("status", status(ending.status()).into()),
        ("conversations", counts),
        ("requests", ending.spent.requests.into()),
        ("retryAfterSeconds", ending.retry_after_seconds().into()),
        ("apiUsage", api_usage(ending.spent.api_usage)),
    ])
}

/// The WIT member `log` of an outcome: what happened to each record and file, and which variables are handed over.
pub fn outcome(outcome: &module::Outcome) -> Line<'_> {
    match outcome {
        Work::Write(outcome) | Work::Read(outcome) => ended(outcome),
        Work::Request(outcome) => ended_request(outcome),
    }
}

/// The WIT member `log` of `start`, `send` and `end`.
pub fn handed(handed: &Handed) -> Line<'_> {
    let (outcome, failure) = match &handed.outcome {
        Delivery::Sent => ("sent", None),
        Delivery::Unknown(failure) => ("unknown", Some(failure)),
        Delivery::Failed(failure) => ("failed", Some(failure)),
    };
    chat(&handed.progress, [("outcome", outcome.into()), ("error", error(failure))])
}

/// The WIT member `log` of `receive`: what happened, by its kind, and not a word of it.
pub fn received(received: &Received) -> Line<'_> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for event in &received.events {
        *counts.entry(event.what.kind()).or_default() += 1;
    }
    let counts = counts.into_iter().map(|(kind, count)| (kind, count.into())).collect();
    chat(&received.progress, [("events", Line::Object(counts)), ("error", error(received.error.as_ref()))])
}

fn chat<'a>(progress: &'a Progress, [first, second]: [(&'static str, Line<'a>); 2]) -> Line<'a> {
    Line::object([
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
pub fn unread(found: &[Finding]) -> Line<'_> {
    Line::object([
        ("status", status(Status::Failed).into()),
        ("records", Line::List(Vec::new())),
        ("files", Line::List(Vec::new())),
        ("variables", Line::List(Vec::new())),
        ("requests", Line::Number(0)),
        ("retryAfterSeconds", Line::Null),
        ("apiUsage", Line::Null),
        ("findings", findings(found)),
    ])
}

fn ended(outcome: &Outcome) -> Line<'_> {
    let records = outcome.records.iter().map(|record| {
        Line::object([
            ("name", record.name.as_str().into()),
            ("sobject", record.sobject.as_str().into()),
            ("result", result(record.result).into()),
            ("id", id(record.id.as_ref())),
            ("candidates", ids(&record.candidates)),
            ("error", error(record.error.as_ref())),
        ])
    });
    Line::object([
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

fn ended_request(outcome: &RequestOutcome) -> Line<'_> {
    Line::object([
        ("status", status(outcome.status).into()),
        ("records", Line::List(Vec::new())),
        ("files", Line::List(Vec::new())),
        ("variables", outcome.variables.keys().map(String::as_str).collect()),
        ("requests", outcome.requests.into()),
        ("retryAfterSeconds", outcome.retry_after_seconds.into()),
        ("apiUsage", api_usage(outcome.api_usage)),
        ("findings", findings(&outcome.findings)),
        ("request", target(&outcome.target)),
        (
            "response",
            Line::object([("httpStatus", outcome.http_status.into()), ("error", error(outcome.error.as_ref()))]),
        ),
    ])
}

fn target(target: &RequestTarget) -> Line<'_> {
    Line::object([("method", target.method.into()), ("path", target.path.as_str().into())])
}

fn file(file: &FileOutcome) -> Line<'_> {
    let result = match file.result {
        FileResult::Created => "created",
        FileResult::Failed => "failed",
        FileResult::Unknown => "unknown",
        FileResult::Skipped => "skipped",
    };
    Line::object([
        ("record", file.record.as_str().into()),
        ("result", result.into()),
        ("id", id(file.id.as_ref())),
        ("error", error(file.error.as_ref())),
    ])
}

fn planned_record(record: &PlannedRecord) -> Line<'_> {
    let names = |fields: &mut dyn Iterator<Item = String>| fields.collect::<Line>();
    let links_of_keys = record.link_keys().map(|link| link.field.to_string());
    let (approach, failure) = match &record.approach {
        Approach::Create => ("create", None),
        Approach::LookUp => ("look-up", None),
        Approach::UpsertByKey(_) => ("upsert-by-key", None),
        Approach::UpdateById(_) => ("update-by-id", None),
        Approach::Skip { .. } => ("skip", None),
        Approach::Fail(failure) => ("fail", Some(failure)),
    };
    Line::object([
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

fn id(id: Option<&RecordId>) -> Line<'_> {
    id.map_or(Line::Null, |id| id.as_str().into())
}

fn ids(ids: &[RecordId]) -> Line<'_> {
    ids.iter().map(RecordId::as_str).collect()
}

fn error(error: Option<&RecordError>) -> Line<'_> {
    let Some(error) = error else { return Line::Null };
    let retry = match error.retry {
        Retry::Never => "never",
        Retry::RenewSession => "renew-session",
        Retry::Later => "later",
        Retry::Verify => "verify",
    };
    Line::object([
        ("code", error.code.as_str().into()),
        ("fields", error.fields.iter().map(String::as_str).collect()),
        ("retry", retry.into()),
    ])
}

fn api_usage(usage: Option<ApiUsage>) -> Line<'static> {
    usage.map_or(Line::Null, |usage| Line::object([("used", usage.used.into()), ("limit", usage.limit.into())]))
}

fn findings(findings: &[Finding]) -> Line<'_> {
    findings.iter().map(finding).collect()
}

fn finding(finding: &Finding) -> Line<'_> {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let code = finding.code.word();
    Line::object([("severity", severity.into()), ("code", code.into()), ("path", finding.path.as_str().into())])
}
