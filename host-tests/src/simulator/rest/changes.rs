//! `/sobjects/X/updated` and `/sobjects/X/deleted`: which records changed in a span of time, for clients that replicate.
//!
//! Source: REST API guide, Get Updated and Get Deleted; recorded answers. Seconds count as they are; the real resource looks at
//! minutes. What a record was when a span ended is not kept: a record is among the updated ones by its last change.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::simulator::http::{ApiError, Call, Reply};
use crate::simulator::org::{Org, Row};
use crate::simulator::schema::{SObject, temporal};

/// How far back deleted records are known. Source: SOAP API guide, getDeleted().
const KEPT: SignedDuration = SignedDuration::from_hours(15 * 24);

/// `GET /sobjects/X/updated?start=…&end=…`
pub fn updated(org: &Org, call: &Call, sobject: &SObject) -> Result<Reply, ApiError> {
    let span = span(call, sobject)?;
    let rows = org.store.living(sobject.name).filter(|row| changed(row).is_some_and(|at| span.contains(at)));
    let ids: Vec<Value> = rows.map(|row| row.id.as_str().into()).collect();
    Ok(Reply::ok(json!({ "ids": ids, "latestDateCovered": temporal::datetime_text(span.end) })))
}

/// `GET /sobjects/X/deleted?start=…&end=…`
pub fn deleted(org: &Org, call: &Call, sobject: &SObject) -> Result<Reply, ApiError> {
    let span = span(call, sobject)?;
    let rows = org.store.all(sobject.name).filter(|row| row.deleted);
    let rows = rows.filter_map(|row| Some((row, changed(row).filter(|at| span.contains(*at))?)));
    let records: Vec<Value> =
        rows.map(|(row, at)| json!({ "id": row.id, "deletedDate": temporal::datetime_text(at) })).collect();
    let earliest = call.now.checked_sub(KEPT).unwrap_or(call.now);
    Ok(Reply::ok(json!({
        "deletedRecords": records,
        "earliestDateAvailable": temporal::datetime_text(earliest),
        "latestDateCovered": temporal::datetime_text(span.end),
    })))
}

struct Span {
    start: Timestamp,
    end: Timestamp,
}

impl Span {
    fn contains(&self, moment: Timestamp) -> bool {
        (self.start..=self.end).contains(&moment)
    }
}

fn span(call: &Call, sobject: &SObject) -> Result<Span, ApiError> {
    if !sobject.retrieveable {
        return Err(ApiError::not_found());
    }
    let moment = |name: &str| {
        let text = call
            .parameter(name)
            .ok_or_else(|| ApiError::bad("MISSING_ARGUMENT", format!("{name} must be specified")))?;
        temporal::datetime(text)
            .ok_or_else(|| ApiError::bad("INVALID_REPLICATION_DATE", format!("{name} is no date and time")))
    };
    let (start, end) = (moment("start")?, moment("end")?);
    if start >= end {
        let message = "start date cannot be equal to or after end date";
        return Err(ApiError::bad("INVALID_REPLICATION_DATE", message));
    }
    Ok(Span { start, end: end.min(call.now) })
}

fn changed(row: &Row) -> Option<Timestamp> {
    row.text("SystemModstamp").and_then(temporal::datetime)
}
