//! `/query` and `/queryAll`: from a `q` parameter to pages of records.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::simulator::http::{ApiError, Call, Reply};
use crate::simulator::org::{Cursor, Org, Row, read};
use crate::simulator::schema::{SObject, id};
use crate::simulator::soql;
use crate::simulator::soql::{Child, Column, Plan, World};

/// Rows of one page, unless the client asks for fewer.
const PAGE: usize = 2000;

/// Fewest rows of a page that a client gets, however few it asks for.
const SMALLEST_PAGE: usize = 200;

/// `GET /query?q=…`
pub fn run(org: &mut Org, call: &Call, deleted_too: bool) -> Result<Reply, ApiError> {
    let text = call.parameter("q").map(str::trim).filter(|text| !text.is_empty());
    let text = text.ok_or_else(|| ApiError::bad("MALFORMED_QUERY", "A query string has to be specified"))?;
    let plan = soql::prepare(text, &org.schema)?;
    answer(org, call, &plan, deleted_too)
}

/// The first page of what a plan finds.
pub fn answer(org: &mut Org, call: &Call, plan: &Plan, deleted_too: bool) -> Result<Reply, ApiError> {
    let schema = Arc::clone(&org.schema);
    let world = World { source: org.source(), schema: &schema, now: call.now };
    if let Some(groups) = &plan.groups {
        let records = soql::groups(world, plan, groups, deleted_too);
        if records.len() > PAGE {
            let message =
                "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch";
            return Err(ApiError::bad("EXCEEDED_ID_LIMIT", message));
        }
        return Ok(page(call, records.len(), records, None));
    }
    let rows = soql::run(world, plan, deleted_too);
    if plan.count {
        return Ok(Reply::ok(json!({ "totalSize": rows.len(), "done": true, "records": [] })));
    }
    let sobject = schema.object(plan.sobject).ok_or_else(ApiError::not_found)?;
    let records: Vec<Value> = rows.into_iter().map(|row| record(world, call, sobject, row, plan)).collect();
    let size = call.options.batch_size.map_or(PAGE, |size| size.clamp(SMALLEST_PAGE, PAGE));
    if records.len() <= size {
        return Ok(page(call, records.len(), records, None));
    }
    org.cursors.opened += 1;
    let locator = id::numbered("0r8", org.cursors.opened);
    let first = records.iter().take(size).cloned().collect();
    let total = records.len();
    org.cursors.open.insert(locator.clone(), Cursor { records, page: size });
    Ok(page(call, total, first, Some(format!("{locator}-{size}"))))
}

/// `GET /query/<locator>`
pub fn next_page(org: &Org, call: &Call, locator: &str) -> Result<Reply, ApiError> {
    let unknown = || ApiError::bad("INVALID_QUERY_LOCATOR", "invalid query locator");
    let (cursor, start) = locator.split_once('-').ok_or_else(unknown)?;
    let Cursor { records, page: size } = org.cursors.open.get(cursor).ok_or_else(unknown)?;
    let start: usize = start.parse().ok().filter(|start| *start < records.len()).ok_or_else(unknown)?;
    let rows: Vec<Value> = records.iter().skip(start).take(*size).cloned().collect();
    let end = start + rows.len();
    let next = (end < records.len()).then(|| format!("{cursor}-{end}"));
    Ok(page(call, records.len(), rows, next))
}

fn page(call: &Call, total: usize, records: Vec<Value>, next: Option<String>) -> Reply {
    let mut body = json!({ "totalSize": total, "done": next.is_none(), "records": records });
    if let (Some(next), Some(members)) = (next, body.as_object_mut()) {
        members.insert("nextRecordsUrl".into(), format!("{}/query/{next}", call.base()).into());
    }
    Reply::ok(body)
}

/// A row as an answer shows it.
pub fn record(world: World<'_>, call: &Call, sobject: &SObject, row: &Row, plan: &Plan) -> Value {
    let mut record = read::attributes(call, sobject, &row.id);
    for column in &plan.columns {
        insert(world, call, &mut record, (sobject, row), column, 0);
    }
    for child in &plan.children {
        record.insert(child.name.into(), children(world, call, row, child));
    }
    Value::Object(record)
}

/// The records that point to a row, as a result of their own; null if there are none. All of them are on one page: a locator
/// of a subquery is not simulated.
fn children(world: World<'_>, call: &Call, parent: &Row, child: &Child) -> Value {
    let Some(sobject) = world.schema.object(child.plan.sobject) else { return Value::Null };
    let rows = soql::children(world, child, &parent.id);
    if rows.is_empty() {
        return Value::Null;
    }
    let records: Vec<Value> = rows.into_iter().map(|row| record(world, call, sobject, row, &child.plan)).collect();
    json!({ "totalSize": records.len(), "done": true, "records": records })
}

/// Puts a column into its record, or into the nested record of its parent; a missing parent is null as a whole.
fn insert(
    world: World<'_>,
    call: &Call,
    record: &mut Map<String, Value>,
    (sobject, row): (&SObject, &Row),
    column: &Column,
    depth: usize,
) {
    let Some(step) = column.parents.get(depth) else {
        let field = sobject.field(column.field.name);
        let value = field.map_or(Value::Null, |field| read::shown(world.source, call, sobject, row, field));
        record.insert(column.field.name.into(), value);
        return;
    };
    let Some((target, parent)) = world.step(row, step.lookup) else {
        record.insert(step.relationship.into(), Value::Null);
        return;
    };
    let nested = record.entry(step.relationship).or_insert_with(|| {
        let mut attributes = read::attributes(call, target, &parent.id);
        if step.polymorphic
            && let Some(kind) = attributes.get_mut("attributes").and_then(|attributes| attributes.get_mut("type"))
        {
            *kind = "Name".into();
        }
        Value::Object(attributes)
    });
    if let Value::Object(nested) = nested {
        insert(world, call, nested, (target, parent), column, depth + 1);
    }
}
