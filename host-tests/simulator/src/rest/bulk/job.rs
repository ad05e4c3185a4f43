//! What a job is asked for, and what is told of it.

use serde_json::{Map, Value, json};

use crate::http::{ApiError, Call, Reply};
use crate::oauth::integration_user;
use crate::org::{Job, Org, Rows};
use crate::rest::composite::unrecognised;
use crate::schema::id;
use crate::schema::temporal::datetime_text;

/// Of what is uploaded and of results.
pub const MEDIA_TYPE: &str = "text/csv";

const DELIMITERS: &[(&str, u8)] =
    &[("COMMA", b','), ("BACKQUOTE", b'`'), ("CARET", b'^'), ("PIPE", b'|'), ("SEMICOLON", b';'), ("TAB", b'\t')];
const LINE_ENDINGS: &[&str] = &["LF", "CRLF"];

/// A member that is a text; absent and null are the same.
pub fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, ApiError> {
    match members.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(invalid(&format!("{name} must be a text"))),
    }
}

/// One of the words that a member may have, in any case; the first if there is none.
pub fn word(members: &Map<String, Value>, name: &str, words: &[&'static str]) -> Result<&'static str, ApiError> {
    let Some(given) = text(members, name)? else { return Ok(words.first().copied().unwrap_or_default()) };
    let known = words.iter().find(|word| word.eq_ignore_ascii_case(given));
    known.copied().ok_or_else(|| invalid(&format!("{name} must be one of {}", words.join(", "))))
}

/// Refuses members that no job of this kind has.
pub fn only(members: &Map<String, Value>, known: &[&str]) -> Result<(), ApiError> {
    match members.keys().find(|name| !known.contains(&name.as_str())) {
        Some(unknown) => Err(unrecognised(unknown)),
        None => Ok(()),
    }
}

/// A job with what both kinds of jobs say.
pub fn open(
    org: &mut Org,
    call: &Call,
    members: &Map<String, Value>,
    (is_query, operation, sobject): (bool, &'static str, &'static str),
) -> Result<Job, ApiError> {
    word(members, "contentType", &["CSV"])?;
    let names: Vec<&str> = DELIMITERS.iter().map(|(name, _)| *name).collect();
    let delimiter = word(members, "columnDelimiter", &names)?;
    let delimiter = DELIMITERS.iter().find(|(name, _)| *name == delimiter).map_or(b',', |(_, byte)| *byte);
    let crlf = word(members, "lineEnding", LINE_ENDINGS)? == "CRLF";
    org.bulk.opened += 1;
    Ok(Job {
        id: id::numbered("750", org.bulk.opened),
        is_query,
        operation,
        sobject,
        state: if is_query { "UploadComplete" } else { "Open" },
        key: None,
        assignment_rule: None,
        delimiter,
        crlf,
        created: call.now,
        changed: call.now,
        version: call.version,
        content: None,
        error: None,
        done: Rows::default(),
        failed: Rows::default(),
        left: Rows::default(),
    })
}

/// The job of that kind and id, in either form of the id.
pub fn find<'a>(org: &'a mut Org, is_query: bool, given: &str) -> Result<&'a mut Job, ApiError> {
    let job = id::to_18(given).and_then(|id| org.bulk.jobs.get_mut(&id)).filter(|job| job.is_query == is_query);
    job.ok_or_else(ApiError::not_found)
}

/// What is told of it; `full` where the client asks for it, and not when it makes or changes the job.
pub fn info(job: &Job, full: bool) -> Value {
    let delimiter = DELIMITERS.iter().find(|(_, byte)| *byte == job.delimiter).map_or("COMMA", |(name, _)| *name);
    let mut info = json!({
        "id": job.id,
        "operation": job.operation,
        "object": job.sobject,
        "createdById": integration_user(),
        "createdDate": datetime_text(job.created),
        "systemModstamp": datetime_text(job.changed),
        "state": job.state,
        "concurrencyMode": "Parallel",
        "contentType": "CSV",
        "apiVersion": f64::from(job.version),
        "lineEnding": if job.crlf { "CRLF" } else { "LF" },
        "columnDelimiter": delimiter,
    });
    let Some(members) = info.as_object_mut() else { return info };
    let mut more = |name: &str, value: Value| drop(members.insert(name.to_owned(), value));
    if let Some(key) = job.key {
        more("externalIdFieldName", key.into());
    }
    if let Some(rule) = &job.assignment_rule {
        more("assignmentRuleId", rule.as_str().into());
    }
    if job.state == "Open" {
        more("contentUrl", format!("services/data/v{}.0/jobs/ingest/{}/batches", job.version, job.id).into());
    }
    if let Some(error) = &job.error {
        more("errorMessage", error.as_str().into());
    }
    if full {
        more("jobType", if job.is_query { "V2Query" } else { "V2Ingest" }.into());
        more("numberRecordsProcessed", (job.done.rows.len() + job.failed.rows.len()).into());
        for name in ["retries", "totalProcessingTime"] {
            more(name, 0.into());
        }
        if !job.is_query {
            more("numberRecordsFailed", job.failed.rows.len().into());
            for name in ["apiActiveProcessingTime", "apexProcessingTime"] {
                more(name, 0.into());
            }
        }
    }
    info
}

/// `GET` of all jobs of a kind, on one page.
pub fn list(org: &Org, is_query: bool) -> Reply {
    let jobs = org.bulk.jobs.values().filter(|job| job.is_query == is_query);
    let records: Vec<Value> = jobs.map(|job| info(job, false)).collect();
    Reply::ok(json!({ "done": true, "nextRecordsUrl": null, "records": records }))
}

/// `DELETE`: only of a job that is not under way.
pub fn delete(org: &mut Org, is_query: bool, given: &str) -> Result<Reply, ApiError> {
    let job = find(org, is_query, given)?;
    if job.state == "Open" {
        return Err(wrong_state("an open job cannot be deleted: abort it first"));
    }
    let id = job.id.clone();
    org.bulk.jobs.remove(&id);
    Ok(Reply::no_content())
}

/// What a `PATCH` wants the job to become.
pub fn wanted_state(call: &Call, states: &[&'static str]) -> Result<&'static str, ApiError> {
    let members = call.json_object()?;
    only(&members, &["state"])?;
    match members.contains_key("state") {
        true => word(&members, "state", states),
        false => Err(invalid("state must be specified")),
    }
}

/// The job cannot do that now. Source of the code: Bulk API 2.0 guide, "Errors".
pub fn wrong_state(message: &str) -> ApiError {
    ApiError::bad("INVALIDJOBSTATE", message)
}

pub fn invalid(message: &str) -> ApiError {
    ApiError::bad("INVALIDJOB", format!("InvalidJob : {message}"))
}
