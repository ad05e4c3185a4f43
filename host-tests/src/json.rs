//! The component's answers as JSON, with the names that `chat-host --json` promises.

mod discovery;
mod handover;
mod many;

use serde_json::{Map, Value, json};

use crate::host::bindings::exports::chat_flow::salesforce::types::{
    Ambiguity, ApiUsage, Approach, Decision, DuplicateAlert, FileOutcome, FileResult, Finding, HttpRequest, Lookup,
    NoneMatches, Outcome, Overwrite, PlannedField, PlannedFile, PlannedLink, PlannedRecord, Prepared, PreviewedRecord,
    Problem, RecordError, RecordOutcome, RecordResult, RetryAdvice, RunPlan, RunPreview, SeveralMatch, Severity,
    Status,
};

use crate::host::{ModuleManifest, SettingsForm, Tool};
pub use discovery::{fields, key_use, objects};
pub use handover::{chat_event, handed, phase, prepared_handover, received};
pub use many::many_outcome;

/// `{"findings": […]}`, the answer of `check` and of every call that bad input ends.
pub fn findings(findings: &[Finding]) -> Value {
    json!({ "findings": list(findings, finding) })
}

/// The answer of `run`. `correlation` is there where one was given, and `response` is there in the mode `api-request` only, as are `request` and `error` elsewhere.
pub fn outcome(outcome: &Outcome) -> Value {
    let mut json = json!({
        "status": status(outcome.status),
        "records": list(&outcome.records, record_outcome),
        "variables": document(&outcome.variables),
        "requests": outcome.requests,
        "retryAfterSeconds": outcome.retry_after_seconds,
        "apiUsage": outcome.api_usage.map_or(Value::Null, api_usage),
        "findings": list(&outcome.findings, finding),
    });
    if let Some(correlation) = &outcome.correlation {
        json["correlation"] = correlation.as_str().into();
    }
    if let Some(response) = &outcome.response {
        json["response"] = json!({
            "httpStatus": response.http_status,
            "error": response.error.as_ref().map_or(Value::Null, error),
        });
    }
    with_files(json, &outcome.files, file_outcome)
}

/// The answer of `plan`.
pub fn plan(plan: &RunPlan) -> Value {
    let mut json = json!({
        "records": list(&plan.records, planned_record),
        "lookups": list(&plan.lookups, lookup),
        "requests": { "atLeast": plan.requests_at_least, "atMost": plan.requests_at_most },
        "hash": plan.hash,
        "findings": list(&plan.findings, finding),
    });
    if plan.request.is_some() || plan.error.is_some() {
        json["request"] = plan.request.as_ref().map_or(Value::Null, http_request);
        json["error"] = plan.error.as_ref().map_or(Value::Null, error);
    }
    with_files(json, &plan.files, planned_file)
}

/// The answer of `preview`.
pub fn preview(preview: &RunPreview) -> Value {
    let mut json = json!({
        "status": status(preview.status),
        "records": list(&preview.records, previewed_record),
        "writes": list(&preview.writes, http_request),
        "hash": preview.hash,
        "requests": preview.requests,
        "retryAfterSeconds": preview.retry_after_seconds,
        "apiUsage": preview.api_usage.map_or(Value::Null, api_usage),
        "findings": list(&preview.findings, finding),
    });
    if let Some(failure) = &preview.error {
        json["error"] = error(failure);
    }
    with_files(json, &preview.files, planned_file)
}

/// The answer of a `prepare` that has no settings to give.
pub fn unprepared(prepared: &Prepared) -> Value {
    json!({
        "status": status(prepared.status),
        "requests": prepared.requests,
        "retryAfterSeconds": prepared.retry_after_seconds,
        "findings": list(&prepared.findings, finding),
    })
}

/// The same without any text, for a log, in the form of the component's own lines.
pub fn prepared_for_log(prepared: &Prepared) -> Value {
    let finding = |finding: &Finding| json!({ "severity": severity(finding.severity), "code": finding.code, "path": finding.path });
    json!({
        "status": status(prepared.status),
        "requests": prepared.requests,
        "retryAfterSeconds": prepared.retry_after_seconds,
        "findings": list(&prepared.findings, finding),
    })
}

/// The answer of `manifest`.
pub fn manifest(manifest: &ModuleManifest) -> Value {
    json!({
        "name": manifest.name,
        "version": manifest.version,
        "modes": manifest.modes,
        "settingsSchema": document(&manifest.settings_schema),
    })
}

/// The answer of `form`.
pub fn form(form: &SettingsForm) -> Value {
    json!({
        "schema": document(&form.schema),
        "uiSchema": document(&form.ui_schema),
        "data": document(&form.data),
    })
}

/// The answer of `describe`.
pub fn tool(tool: &Tool) -> Value {
    json!({
        "name": tool.name,
        "title": tool.title,
        "description": tool.description,
        "variables": document(&tool.variables),
        "results": document(&tool.results),
        "examples": list(&tool.examples, |example| document(example)),
    })
}

/// Adds `files`, where there are any.
fn with_files<T>(mut json: Value, files: &[T], file: fn(&T) -> Value) -> Value {
    if !files.is_empty() {
        json["files"] = list(files, file);
    }
    json
}

fn file_outcome(file: &FileOutcome) -> Value {
    json!({
        "record": file.record,
        "variable": file.variable,
        "index": file.index,
        "result": file_result(file.result),
        "id": file.id,
        "error": file.error.as_ref().map_or(Value::Null, error),
    })
}

fn planned_file(file: &PlannedFile) -> Value {
    json!({
        "record": file.record,
        "variable": file.variable,
        "index": file.index,
        "name": file.name,
        "size": file.size,
    })
}

/// What became of a file, as it is written.
pub fn file_result(result: FileResult) -> &'static str {
    match result {
        FileResult::Created => "created",
        FileResult::Failed => "failed",
        FileResult::Unknown => "unknown",
        FileResult::Skipped => "skipped",
    }
}

fn api_usage(usage: ApiUsage) -> Value {
    json!({ "used": usage.used, "limit": usage.limit })
}

/// A status as it is written.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Done => "done",
        Status::Ambiguous => "ambiguous",
        Status::Failed => "failed",
        Status::Deferred => "deferred",
        Status::SessionExpired => "session-expired",
    }
}

/// A result as it is written.
pub fn result(result: RecordResult) -> &'static str {
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

/// A severity as it is written.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// A decision as it is written.
pub fn decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Create => "create",
        Decision::Update => "update",
        Decision::Upsert => "upsert",
        Decision::Unchanged => "unchanged",
        Decision::Found => "found",
        Decision::Skip => "skip",
        Decision::Ambiguous => "ambiguous",
        Decision::Fail => "fail",
    }
}

/// An approach as it is written.
pub fn approach(approach: Approach) -> &'static str {
    match approach {
        Approach::Create => "create",
        Approach::LookUp => "look-up",
        Approach::UpsertByKey => "upsert-by-key",
        Approach::UpdateById => "update-by-id",
        Approach::Skip => "skip",
        Approach::Fail => "fail",
    }
}

fn finding(finding: &Finding) -> Value {
    let texts = finding
        .texts
        .iter()
        .map(|texts| (texts.language.clone(), json!({ "message": texts.message, "remedy": texts.remedy })));
    json!({
        "severity": severity(finding.severity),
        "code": finding.code,
        "path": finding.path,
        "message": finding.message,
        "remedy": finding.remedy,
        "texts": texts.collect::<Map<_, _>>(),
    })
}

fn record_outcome(record: &RecordOutcome) -> Value {
    let mut json = json!({ "name": record.name, "sobject": record.sobject, "result": result(record.result) });
    (json["id"], json["url"]) = (record.id.clone().into(), record.url.clone().into());
    add_details(&mut json, &record.candidates, record.error.as_ref());
    add_questions(&mut json, &record.problems, record.ambiguity.as_ref());
    json
}

fn previewed_record(record: &PreviewedRecord) -> Value {
    let mut json = json!({ "name": record.name, "sobject": record.sobject, "decision": decision(record.decision) });
    (json["id"], json["url"]) = (record.id.clone().into(), record.url.clone().into());
    add_details(&mut json, &record.candidates, record.error.as_ref());
    add_questions(&mut json, &record.problems, record.ambiguity.as_ref());
    json
}

fn add_details(json: &mut Value, candidates: &[String], failure: Option<&RecordError>) {
    json["candidates"] = candidates.into();
    json["error"] = failure.map_or(Value::Null, error);
}

/// What the visitor can be asked.
fn add_questions(json: &mut Value, problems: &[Problem], ambiguity: Option<&Ambiguity>) {
    json["problems"] = list(problems, problem);
    json["ambiguity"] =
        ambiguity.map_or(Value::Null, |ambiguity| json!({ "keys": ambiguity.keys, "differIn": ambiguity.differ_in }));
}

fn problem(problem: &Problem) -> Value {
    let texts = problem.texts.iter().map(|text| (text.language.clone(), Value::from(text.text.as_str())));
    json!({
        "variable": problem.variable,
        "field": problem.field,
        "code": problem.code,
        "texts": texts.collect::<Map<_, _>>(),
    })
}

fn error(error: &RecordError) -> Value {
    let retry = match error.retry {
        RetryAdvice::Never => "never",
        RetryAdvice::RenewSession => "renew-session",
        RetryAdvice::Later => "later",
        RetryAdvice::Verify => "verify",
    };
    let texts = error.texts.iter().map(|texts| {
        (texts.language.clone(), json!({ "visitor": texts.visitor, "administrator": texts.administrator }))
    });
    json!({
        "code": error.code,
        "message": error.message,
        "fields": error.fields,
        "retry": retry,
        "texts": texts.collect::<Map<_, _>>(),
    })
}

fn planned_record(record: &PlannedRecord) -> Value {
    let mut json = json!({
        "name": record.name,
        "sobject": record.sobject,
        "approach": approach(record.approach),
        "whenNoneMatches": match record.when_none_matches {
            NoneMatches::Create => "create",
            NoneMatches::Clear => "clear",
            NoneMatches::Skip => "skip",
            NoneMatches::Fail => "fail",
        },
        "whenSeveralMatch": match record.when_several_match {
            SeveralMatch::Stop => "stop",
            SeveralMatch::MostRecentlyModified => "most-recently-modified",
            SeveralMatch::List => "list",
        },
        "whenDuplicate": match record.when_duplicate {
            DuplicateAlert::Refuse => "refuse",
            DuplicateAlert::Allow => "allow",
            DuplicateAlert::Adopt => "adopt",
        },
        "fields": list(&record.fields, planned_field),
        "links": list(&record.links, planned_link),
        "idempotency": record.idempotency.as_ref().map_or(Value::Null, planned_field),
        "readBack": record.read_back,
        "error": record.error.as_ref().map_or(Value::Null, error),
        "problems": list(&record.problems, problem),
    });
    if !record.look_in.is_empty() {
        json["lookIn"] = record.look_in.as_slice().into();
    }
    json
}

fn planned_field(field: &PlannedField) -> Value {
    let json = json!({
        "field": field.field,
        "value": document(&field.value),
        "key": field.key,
        "overwrite": overwrite(field.overwrite),
    });
    with_flags(json, &[("onlyFinds", field.only_finds)])
}

/// Members that are there only where they are true.
fn with_flags(mut json: Value, flags: &[(&str, bool)]) -> Value {
    for (name, _) in flags.iter().filter(|(_, is_set)| *is_set) {
        json[*name] = true.into();
    }
    json
}

fn planned_link(link: &PlannedLink) -> Value {
    let json = json!({ "field": link.field, "record": link.record, "overwrite": overwrite(link.overwrite) });
    with_flags(json, &[("key", link.key), ("onlyFinds", link.only_finds)])
}

fn overwrite(overwrite: Overwrite) -> &'static str {
    match overwrite {
        Overwrite::Always => "always",
        Overwrite::IfEmpty => "if-empty",
        Overwrite::OnCreate => "on-create",
        Overwrite::Append => "append",
    }
}

fn lookup(lookup: &Lookup) -> Value {
    json!({ "sobject": lookup.sobject, "soql": lookup.soql, "records": lookup.records })
}

fn http_request(request: &HttpRequest) -> Value {
    // Without a body there is none, not an empty text.
    let body = if request.body.is_empty() { Value::Null } else { document(&request.body) };
    json!({ "method": request.method, "path": request.path, "body": body })
}

fn list<T>(items: &[T], json: impl Fn(&T) -> Value) -> Value {
    items.iter().map(json).collect()
}

/// A document inside an answer, or one of a file. What the component wrote is JSON; anything else is shown as the text it is. A byte
/// order mark in front of a file carries nothing, as it does for the component.
pub fn document(text: &str) -> Value {
    let json = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(json).unwrap_or_else(|_| Value::String(text.to_owned()))
}

/// The org that settings name; empty if they name none. Whether it is a name, the component says.
pub fn deployment_domain(settings: &str) -> String {
    members(settings).get("deploymentDomain").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The members of a JSON object; none if it is something else.
pub fn members(text: &str) -> Map<String, Value> {
    match document(text) {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
