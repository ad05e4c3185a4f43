//! `/jobs/query`: a query whose rows are fetched as CSV, page by page.

use std::sync::Arc;

use serde_json::Value;

use super::job::{self, invalid, wrong_state};
use super::table;
use crate::http::{ApiError, Call, Reply};
use crate::org::{Org, Rows};
use crate::soql::{self, Plan, World};

const MEMBERS: &[&str] = &["operation", "query", "contentType", "lineEnding", "columnDelimiter"];
/// Rows of a page where the client does not say how many; a real org decides for itself.
const PAGE: usize = 50_000;
/// Every locator begins with it, so that no client takes one for a number to count with.
const LOCATOR: &str = "MTA";

/// Answers what is below `/jobs/query`.
pub fn run(org: &mut Org, call: &Call, rest: &[&str]) -> Result<Reply, ApiError> {
    match (rest, call.method.as_str()) {
        ([], "GET") => Ok(job::list(org, true)),
        ([], "POST") => make(org, call),
        ([], method) => Err(ApiError::method_not_allowed(method, "GET,HEAD,POST")),
        ([id], "GET") => Ok(Reply::ok(job::info(job::find(org, true, id)?, true))),
        ([id], "PATCH") => {
            job::wanted_state(call, &["Aborted"])?;
            let job = job::find(org, true, id)?;
            Err(wrong_state(&format!("a job that is {} cannot become Aborted", job.state)))
        }
        ([id], "DELETE") => job::delete(org, true, id),
        ([_], method) => Err(ApiError::method_not_allowed(method, "DELETE,GET,HEAD,PATCH")),
        ([id, "results"], "GET") => results(org, call, id),
        _ => Err(ApiError::not_found()),
    }
}

fn make(org: &mut Org, call: &Call) -> Result<Reply, ApiError> {
    let members = call.json_object()?;
    job::only(&members, MEMBERS)?;
    let operation = job::word(&members, "operation", &["query", "queryAll"])?;
    let text = job::text(&members, "query")?.ok_or_else(|| invalid("query must be specified"))?;
    let schema = Arc::clone(&org.schema);
    let plan = soql::prepare(text, &schema)?;
    check(&plan)?;
    let mut job = job::open(org, call, &members, (true, operation, plan.sobject))?;
    let reply = Reply::ok(job::info(&job, false));
    let sobject = schema.object(plan.sobject).ok_or_else(ApiError::not_found)?;
    let world = World { source: org.source(), schema: &schema, now: call.now };
    let cells = |row| plan.columns.iter().map(|column| cell(world.value(sobject, row, column))).collect();
    let rows = soql::run(world, &plan, operation == "queryAll").into_iter().map(cells).collect();
    let head = plan.columns.iter().map(|column| {
        let parents = column.parents.iter().map(|parent| parent.relationship);
        parents.chain([column.field.name]).collect::<Vec<_>>().join(".")
    });
    job.done = Rows { head: head.collect(), rows };
    job.state = "JobComplete";
    org.bulk.jobs.insert(job.id.clone(), job);
    Ok(reply)
}

/// What a query of this API cannot have. Source: Bulk API 2.0 guide, "SOQL considerations"; the codes as clients met them.
fn check(plan: &Plan) -> Result<(), ApiError> {
    if plan.count || plan.groups.is_some() {
        return Err(ApiError::bad("API_ERROR", "Aggregate functions and GROUP BY are not supported in Bulk Query"));
    }
    if !plan.children.is_empty() {
        let message = "Aggregate Relationships not supported in Bulk Query with CSV content type";
        return Err(ApiError::bad("API_ERROR", message));
    }
    if plan.offset > 0 {
        return Err(ApiError::bad("API_ERROR", "OFFSET is not supported in Bulk Query"));
    }
    match plan.columns.iter().any(|column| column.field.kind.is_compound()) {
        true => Err(ApiError::bad("FUNCTIONALITY_NOT_ENABLED", "Selecting compound data not supported in Bulk Query")),
        false => Ok(()),
    }
}

fn cell(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        scalar => scalar.to_string(),
    }
}

fn results(org: &mut Org, call: &Call, id: &str) -> Result<Reply, ApiError> {
    let job = job::find(org, true, id)?;
    let start = match call.parameter("locator").filter(|locator| *locator != "null") {
        None => 0,
        Some(locator) => {
            let start = locator.strip_prefix(LOCATOR).and_then(|start| start.parse().ok());
            start
                .filter(|start| *start < job.done.rows.len())
                .ok_or_else(|| invalid("the locator is not one of this job"))?
        }
    };
    let size = call.parameter("maxRecords").map_or(Ok(PAGE), str::parse::<usize>);
    let size = size.ok().filter(|size| *size > 0).ok_or_else(|| invalid("maxRecords must be a number above 0"))?;
    let rows = job.done.rows.iter().skip(start).take(size);
    let (count, end) = (rows.len(), start + rows.len());
    let next = if end < job.done.rows.len() { format!("{LOCATOR}{end}") } else { "null".to_owned() };
    let mut reply = table::answer(job, &job.done.head, rows);
    reply.headers.extend([("Sforce-Locator", next), ("Sforce-NumberOfRecords", count.to_string())]);
    Ok(reply)
}
