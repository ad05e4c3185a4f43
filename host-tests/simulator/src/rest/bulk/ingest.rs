//! `/jobs/ingest`: a job is made, gets its records in one upload, and is carried out when the client says that this was all.

use serde_json::{Map, Value};

use super::job::{self, MEDIA_TYPE, invalid, wrong_state};
use super::{carry, table};
use crate::http::{ApiError, Body, Call, Reply, check_media_type};
use crate::org::{Job, Org};

const MEMBERS: &[&str] = &[
    "object",
    "operation",
    "externalIdFieldName",
    "contentType",
    "lineEnding",
    "columnDelimiter",
    "assignmentRuleId",
    "concurrencyMode",
];
const OPERATIONS: &[&str] = &["insert", "update", "upsert", "delete", "hardDelete"];

/// Answers what is below `/jobs/ingest`.
pub fn run(org: &mut Org, call: &Call, rest: &[&str]) -> Result<Reply, ApiError> {
    match (rest, call.method.as_str()) {
        ([], "GET") => Ok(job::list(org, false)),
        ([], "POST") => {
            let made = make(org, call, &call.json_object()?)?;
            let reply = Reply::ok(job::info(&made, false));
            org.bulk.jobs.insert(made.id.clone(), made);
            Ok(reply)
        }
        ([], method) => Err(ApiError::method_not_allowed(method, "GET,HEAD,POST")),
        ([id], "GET") => Ok(Reply::ok(job::info(job::find(org, false, id)?, true))),
        ([id], "PATCH") => change(org, call, id),
        ([id], "DELETE") => job::delete(org, false, id),
        ([_], method) => Err(ApiError::method_not_allowed(method, "DELETE,GET,HEAD,PATCH")),
        ([id, "batches"], "PUT") => upload(org, call, id),
        ([_, "batches"], method) => Err(ApiError::method_not_allowed(method, "PUT")),
        ([id, which], "GET") => results(org, id, which),
        _ => Err(ApiError::not_found()),
    }
}

fn make(org: &mut Org, call: &Call, members: &Map<String, Value>) -> Result<Job, ApiError> {
    job::only(members, MEMBERS)?;
    let name = job::text(members, "object")?.ok_or_else(|| invalid("object must be specified"))?;
    if job::text(members, "operation")?.is_none() {
        return Err(invalid("operation must be specified"));
    }
    let operation = job::word(members, "operation", OPERATIONS)?;
    if operation == "hardDelete" {
        // It needs a permission that no fresh org gives anybody.
        return Err(ApiError::not_simulated("hardDelete"));
    }
    let sobject = org.schema.object(name).ok_or_else(|| invalid(&format!("Unable to find object: {name}")))?;
    let key = match (operation, job::text(members, "externalIdFieldName")?) {
        ("upsert", Some(key)) => {
            let field = sobject.field(key).filter(|field| field.is_key());
            Some(
                field
                    .ok_or_else(|| {
                        invalid(&format!("Field name provided, {key} does not match an External ID for {name}"))
                    })?
                    .name,
            )
        }
        ("upsert", None) => return Err(invalid("External ID was blank for upsert operation")),
        (_, Some(_)) => return Err(invalid("externalIdFieldName is for upsert")),
        (_, None) => None,
    };
    let sobject = sobject.name;
    let assignment_rule = job::text(members, "assignmentRuleId")?.map(str::to_owned);
    let made = job::open(org, call, members, (false, operation, sobject))?;
    Ok(Job { key, assignment_rule, ..made })
}

fn upload(org: &mut Org, call: &Call, id: &str) -> Result<Reply, ApiError> {
    let Body::Bytes { content_type, bytes } = &call.body else { return Err(ApiError::not_found()) };
    check_media_type(content_type.as_deref(), MEDIA_TYPE)?;
    let job = job::find(org, false, id)?;
    if job.state != "Open" {
        return Err(wrong_state("the job is not open any more"));
    }
    if job.content.is_some() {
        let message = format!(
            "Found multiple contents for job: <{}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a \
             new Job and make sure you only do 'PUT' once on a given Job.",
            job.id
        );
        return Err(wrong_state(&message));
    }
    job.content = Some(bytes.clone());
    job.changed = call.now;
    Ok(Reply { status: 201, ..Reply::no_content() })
}

fn change(org: &mut Org, call: &Call, id: &str) -> Result<Reply, ApiError> {
    let state = job::wanted_state(call, &["UploadComplete", "Aborted"])?;
    let job = job::find(org, false, id)?;
    if job.state != "Open" {
        return Err(wrong_state(&format!("a job that is {} cannot become {state}", job.state)));
    }
    (job.state, job.changed) = (state, call.now);
    let (reply, id) = (Reply::ok(job::info(job, false)), job.id.clone());
    let Some(mut job) = org.bulk.jobs.remove(&id) else { return Ok(reply) };
    let content = job.content.take().unwrap_or_default();
    if state == "UploadComplete" {
        carry::out(org, &mut job, &content, call.now);
    }
    org.bulk.jobs.insert(id, job);
    Ok(reply)
}

fn results(org: &mut Org, id: &str, which: &str) -> Result<Reply, ApiError> {
    let job = job::find(org, false, id)?;
    let rows = match which {
        name if name.eq_ignore_ascii_case("successfulResults") => &job.done,
        name if name.eq_ignore_ascii_case("failedResults") => &job.failed,
        name if name.eq_ignore_ascii_case("unprocessedrecords") => &job.left,
        _ => return Err(ApiError::not_found()),
    };
    if matches!(job.state, "Open" | "Aborted") {
        return Err(wrong_state(&format!("a job that is {} has no results", job.state)));
    }
    Ok(table::answer(job, &rows.head, &rows.rows))
}
