//! What an ingest job makes of each record. One that is refused fails alone.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::table;
use crate::http::{ApiError, Options};
use crate::org::{Job, Org, Rows};
use crate::rest::one::{self, With};
use crate::schema::{Field, Kind, SObject, convert};

/// What empties a field; an empty cell leaves it as it is.
const NULL: &str = "#N/A";

/// A column of the upload.
enum Column<'a> {
    Field(&'a Field),
    /// A parent by one of its keys: the relationship and the key.
    Parent(String, String),
}

/// Carries the whole upload out.
pub fn out(org: &mut Org, job: &mut Job, content: &[u8], now: Timestamp) {
    job.changed = now;
    let schema = std::sync::Arc::clone(&org.schema);
    let (rows, read) = match table::read(content, job.delimiter) {
        Ok(rows) => (rows, Ok(())),
        Err(error) => (Rows::default(), Err(error)),
    };
    let found = read.and_then(|()| {
        let unknown = || format!("InvalidBatch : Unable to find object: {}", job.sobject);
        let sobject = schema.object(job.sobject).ok_or_else(unknown)?;
        Ok((sobject, columns(job, sobject, &rows.head)?))
    });
    let (sobject, columns) = match found {
        Ok(found) => found,
        Err(error) => {
            (job.state, job.error, job.left) = ("Failed", Some(error), rows);
            return;
        }
    };
    let Rows { head, rows } = rows;
    let led_by = |second: &str| ["sf__Id", second].into_iter().map(str::to_owned).chain(head.iter().cloned()).collect();
    (job.done.head, job.failed.head) = (led_by("sf__Created"), led_by("sf__Error"));
    job.left.head = head;
    let auto_assign = job.assignment_rule.clone();
    let options = Options { auto_assign, version: job.version, ..Options::default() };
    for cells in rows {
        let before = org.store.idempotency_key();
        let written =
            record(&columns, &cells).and_then(|body| write(org, job, With { options: &options, now }, sobject, body));
        match written {
            Ok((id, created)) => {
                job.done.rows.push([id, created.to_string()].into_iter().chain(cells).collect());
            }
            Err(error) => {
                org.store.roll_back(before);
                job.failed.rows.push([given_id(&columns, &cells), said(&error)].into_iter().chain(cells).collect());
            }
        }
    }
    job.state = "JobComplete";
}

fn write(
    org: &mut Org,
    job: &Job,
    with: With<'_>,
    sobject: &SObject,
    body: Map<String, Value>,
) -> Result<(String, bool), ApiError> {
    match (job.operation, job.key.and_then(|key| sobject.field(key))) {
        ("update", _) => Ok((one::update(org, with, sobject, body)?, false)),
        ("upsert", Some(key)) => {
            crate::rules::keys::check_permission(org, key)?;
            one::upsert(org, with, (sobject, key), body)
        }
        ("delete", _) => {
            let id = body.get("Id").and_then(Value::as_str);
            let id = id.ok_or_else(|| ApiError::bad("MISSING_ARGUMENT", "Id not specified in a delete call"))?;
            Ok((one::delete(org, with, sobject, id)?, false))
        }
        _ => Ok((one::create(org, with, sobject, &body)?, true)),
    }
}

/// What the header names; the whole job fails by a name that is none.
fn columns<'a>(job: &Job, sobject: &'a SObject, head: &[String]) -> Result<Vec<Column<'a>>, String> {
    let missing = |name: &str| format!("InvalidBatch : Field name not found : {name}");
    let columns = head.iter().map(|name| {
        if let Some(field) = sobject.field(name) {
            return Ok(Column::Field(field));
        }
        let (relationship, key) = name.split_once('.').ok_or_else(|| missing(name))?;
        // `Owner:User.Username` says which of several objects the parent is of.
        let relationship = relationship.split_once(':').map_or(relationship, |(relationship, _)| relationship);
        sobject.relationship(relationship).ok_or_else(|| missing(name))?;
        Ok(Column::Parent(relationship.to_owned(), key.to_owned()))
    });
    let columns: Vec<Column<'_>> = columns.collect::<Result<_, String>>()?;
    let is_id = |column: &Column<'_>| matches!(column, Column::Field(field) if field.kind == Kind::Id);
    match job.operation {
        "delete" if columns.len() != 1 || !columns.iter().all(is_id) => {
            Err("InvalidBatch : The 'delete' batch must contain only ids".to_owned())
        }
        "update" if !columns.iter().any(is_id) => Err("InvalidBatch : The 'update' batch must contain ids".to_owned()),
        _ => Ok(columns),
    }
}

/// A row as the body of a write.
fn record(columns: &[Column<'_>], cells: &[String]) -> Result<Map<String, Value>, ApiError> {
    let mut body = Map::new();
    for (place, (column, cell)) in columns.iter().zip(cells).enumerate().filter(|(_, (_, cell))| !cell.is_empty()) {
        let value = if cell == NULL { Value::Null } else { Value::from(cell.as_str()) };
        match column {
            Column::Field(field) => drop(body.insert(field.name.to_owned(), typed(field, value, place, cell)?)),
            Column::Parent(relationship, _) if value.is_null() => drop(body.insert(relationship.clone(), value)),
            Column::Parent(relationship, key) => {
                drop(body.insert(relationship.clone(), json!({ key.as_str(): value })))
            }
        }
    }
    Ok(body)
}

/// A cell as JSON has it; what does not fit says where it stands. Source: a recorded `failedResults`.
fn typed(field: &Field, value: Value, place: usize, cell: &str) -> Result<Value, ApiError> {
    let value = match (&field.kind, cell.to_ascii_lowercase().as_str()) {
        (Kind::Boolean, "true" | "1") => true.into(),
        (Kind::Boolean, "false" | "0") => false.into(),
        _ => value,
    };
    match convert::value(field, &value) {
        Err(error) if error.code == "JSON_PARSER_ERROR" => {
            let kind = match field.kind.name() {
                "datetime" => "dateTime",
                "currency" | "percent" => "double",
                name => name,
            };
            let message = format!(
                "Failed to deserialize field at col {place}. Due to, '{cell}' is not a valid value for the type xsd:{kind}"
            );
            Err(ApiError::bad("INVALID_FIELD", message).with_fields([field.name]))
        }
        _ => Ok(value),
    }
}

/// The id in the upload, which the failure of an update repeats.
fn given_id(columns: &[Column<'_>], cells: &[String]) -> String {
    let mut ids = columns
        .iter()
        .zip(cells)
        .filter(|(column, _)| matches!(column, Column::Field(field) if field.kind == Kind::Id));
    ids.next().map(|(_, cell)| cell.clone()).unwrap_or_default()
}

/// `CODE:message:fields --`
fn said(error: &ApiError) -> String {
    let fields = error.fields.as_deref().unwrap_or_default().join(", ");
    let space = if fields.is_empty() { "" } else { " " };
    format!("{}:{}:{fields}{space}--", error.code, error.message)
}
