//! What a host may write to its log: which records, fields, codes and ids, and not one value.
//!
//! A plan and a preview hold values, since an author wants to see what would be written; an outcome holds what the flow
//! asked for. Neither belongs into a log. A plan's hash is left out as well: a reader that guesses the values can recognise it.

use serde_json::{Map, Value, json};

use crate::base::{Finding, Severity};
use crate::many::Ending;
use crate::record::{Approach, Plan, PlannedRecord};
use crate::report::{
    ApiResponse, FileOutcome, FileResult, Outcome, Preview, PreviewDecision, RecordError, RecordResult, RequestTarget,
    Retry, Status,
};
use crate::salesforce::RecordId;
use crate::wire::ApiUsage;

/// The WIT member `log` of a plan: SObjects, names of records and fields, how each record is brought to Salesforce.
pub fn plan(plan: &Plan) -> Value {
    let lookups = plan.lookups.iter().map(|lookup| {
        let records = lookup.records().into_iter().filter_map(|index| plan.records.get(index));
        let names: Vec<&str> = records.map(|record| record.name().as_str()).collect();
        json!({ "sobject": lookup.select.from.as_str(), "records": names })
    });
    let mut log = json!({
        "records": plan.records.iter().map(planned).collect::<Value>(),
        "lookups": lookups.collect::<Value>(),
        "files": plan.files.len(),
        "requests": { "atLeast": plan.requests_at_least, "atMost": plan.requests_at_most },
        "findings": findings(&plan.findings),
    });
    if let Some(request) = &plan.request {
        add(&mut log, "request", target(&request.target));
        add(&mut log, "error", error(request.rendered.as_ref().err()));
    }
    log
}

/// The WIT member `log` of a preview: what would happen to each record, and how many requests would follow.
pub fn preview(preview: &Preview) -> Value {
    let records = preview.records.iter().map(|record| {
        json!({
            "name": record.name.as_str(),
            "sobject": record.sobject.as_str(),
            "decision": match record.decision {
                PreviewDecision::Create => "create",
                PreviewDecision::Update => "update",
                PreviewDecision::Upsert => "upsert",
                PreviewDecision::Unchanged => "unchanged",
                PreviewDecision::Found => "found",
                PreviewDecision::Skip => "skip",
                PreviewDecision::Ambiguous => "ambiguous",
                PreviewDecision::Fail => "fail",
            },
            "id": id(record.id.as_ref()),
            "candidates": ids(&record.candidates),
            "error": error(record.error.as_ref()),
        })
    });
    let mut log = json!({
        "status": status(preview.status),
        "records": records.collect::<Value>(),
        "writes": preview.writes.len(),
        "files": preview.files.len(),
        "requests": preview.requests,
        "retryAfterSeconds": preview.retry_after_seconds,
        "apiUsage": api_usage(preview.api_usage),
        "findings": findings(&preview.findings),
    });
    add_response(&mut log, preview.response.as_ref());
    log
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
    json!({
        "status": status(ending.status()),
        "conversations": counts,
        "requests": ending.spent.requests,
        "retryAfterSeconds": ending.retry_after_seconds(),
        "apiUsage": api_usage(ending.spent.api_usage),
    })
}

/// The WIT member `log` of an outcome: what happened to each record and file, and which variables are handed over.
pub fn outcome(outcome: &Outcome) -> Value {
    let records = outcome.records.iter().map(|record| {
        json!({
            "name": record.name.as_str(),
            "sobject": record.sobject.as_str(),
            "result": match record.result {
                RecordResult::Created => "created",
                RecordResult::Updated => "updated",
                RecordResult::Unchanged => "unchanged",
                RecordResult::Found => "found",
                RecordResult::Skipped => "skipped",
                RecordResult::Ambiguous => "ambiguous",
                RecordResult::Failed => "failed",
                RecordResult::Unknown => "unknown",
            },
            "id": id(record.id.as_ref()),
            "candidates": ids(&record.candidates),
            "error": error(record.error.as_ref()),
        })
    });
    let mut log = json!({
        "status": status(outcome.status),
        "records": records.collect::<Value>(),
        "files": outcome.files.iter().map(file).collect::<Value>(),
        "variables": outcome.variables.keys().map(String::as_str).collect::<Value>(),
        "requests": outcome.requests,
        "retryAfterSeconds": outcome.retry_after_seconds,
        "apiUsage": api_usage(outcome.api_usage),
        "findings": findings(&outcome.findings),
    });
    add_response(&mut log, outcome.response.as_ref());
    log
}

/// Of the mode `api-request`.
fn add_response(log: &mut Value, response: Option<&ApiResponse>) {
    if let Some(response) = response {
        add(log, "request", target(&response.target));
        let answer = json!({ "httpStatus": response.http_status, "error": error(response.error.as_ref()) });
        add(log, "response", answer);
    }
}

fn target(target: &RequestTarget) -> Value {
    json!({ "method": target.method, "path": target.path })
}

fn add(log: &mut Value, name: &str, value: Value) {
    if let Value::Object(members) = log {
        members.insert(name.to_owned(), value);
    }
}

fn file(file: &FileOutcome) -> Value {
    let result = match file.result {
        FileResult::Created => "created",
        FileResult::Failed => "failed",
        FileResult::Unknown => "unknown",
        FileResult::Skipped => "skipped",
    };
    json!({
        "record": file.record.as_str(),
        "result": result,
        "id": id(file.id.as_ref()),
        "error": error(file.error.as_ref()),
    })
}

fn planned(record: &PlannedRecord) -> Value {
    let names = |fields: &mut dyn Iterator<Item = String>| fields.map(Value::String).collect::<Value>();
    json!({
        "name": record.name().as_str(),
        "sobject": record.sobject().as_str(),
        "approach": match &record.approach {
            Approach::Create => "create",
            Approach::LookUp => "look-up",
            Approach::UpsertByKey(_) => "upsert-by-key",
            Approach::UpdateById(_) => "update-by-id",
            Approach::Skip { .. } => "skip",
            Approach::Fail(_) => "fail",
        },
        "keys": names(&mut record.keys().map(|key| key.path.to_string())),
        "fields": names(&mut record.fields.iter().map(|field| field.path.to_string())),
        "links": names(&mut record.links.iter().map(|link| link.field.to_string())),
        "readBack": names(&mut record.fields_read()),
        "error": match &record.approach {
            Approach::Fail(failure) => error(Some(failure)),
            _ => Value::Null,
        },
    })
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
    json!({ "code": error.code, "fields": error.fields, "retry": retry })
}

fn api_usage(usage: Option<ApiUsage>) -> Value {
    usage.map_or(Value::Null, |usage| json!({ "used": usage.used, "limit": usage.limit }))
}

fn findings(findings: &[Finding]) -> Value {
    let finding = |finding: &Finding| {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        json!({ "severity": severity, "code": finding.code.word(), "path": finding.path })
    };
    findings.iter().map(finding).collect()
}
